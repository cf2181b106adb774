import { CronTimetable } from './cronTimetable.ts';
import { TimetableError } from './timetableError.ts';
import { type Zone, zoneOf } from './zone.ts';

export const timetableKinds = ['cron', 'every', 'once'] as const;
export type TimetableKind = (typeof timetableKinds)[number];

/** When a schedule fires, as it is kept. */
export interface TimetableSpec {
  kind: TimetableKind;
  /** five fields, for kind `cron` */
  cron: string;
  /** seconds of real time, for kind `every` */
  everySeconds: number | null;
  /** the moment of kind `once`; the first one of kind `every` */
  anchorAt: Date | null;
  timeZone: string;
  /** first and last day, both inclusive, YYYY-MM-DD in its zone */
  firstDay: string | null;
  lastDay: string | null;
}

/** Fires of a past time, the newest ones. */
export interface PastFires {
  /** ascending */
  fires: Date[];
  /** older ones were left out */
  more: boolean;
}

interface Times {
  next(after: number): number | null;
  count(from: number, until: number): number;
}

const secondMs = 1000;
const dayMs = 86_400_000;
/** How far back the first look for past fires goes, ms. */
const firstLookMs = 30 * 60_000;

/** The fires of a schedule. */
export class Timetable {
  readonly zone: Zone;
  readonly #times: Times;
  /** fires are in [from, until) */
  readonly #from: number;
  readonly #until: number;

  constructor(times: Times, zone: Zone, from: number, until: number) {
    this.#times = times;
    this.zone = zone;
    this.#from = from;
    this.#until = until;
  }

  /** The first fire after a moment; null = there is none any more. */
  next(after: Date): Date | null {
    const at = this.#times.next(Math.max(after.getTime(), this.#from - 1));
    return at === null || at >= this.#until ? null : new Date(at);
  }

  /** The next fires after a moment, at most so many. */
  upcoming(after: Date, most: number): Date[] {
    const fires: Date[] = [];
    for (let at = this.next(after); at !== null && fires.length < most; at = this.next(at)) fires.push(at);
    return fires;
  }

  /** The fires in (after, until]; of more than `most` the newest. */
  past(after: Date, until: Date, most: number): PastFires {
    // Backwards by longer and longer looks, so that a year of minutes need not be gone through.
    for (let look = firstLookMs; ; look *= 2) {
      const from = Math.max(after.getTime(), until.getTime() - look);
      const all = from === after.getTime();
      if (!all && this.count(new Date(from + 1), new Date(until.getTime() + 1)) <= most) continue;
      const fires: Date[] = [];
      for (let at = this.next(new Date(from)); at !== null && at <= until; at = this.next(at)) {
        fires.push(at);
        if (fires.length > 2 * most) fires.splice(0, fires.length - most - 1);
      }
      return { fires: fires.slice(-most), more: fires.length > most };
    }
  }

  /** How many fires there are in [from, until). */
  count(from: Date, until: Date): number {
    const first = Math.max(from.getTime(), this.#from);
    const last = Math.min(until.getTime(), this.#until);
    return last <= first ? 0 : this.#times.count(first, last);
  }
}

/** Fires of real time, every so many ms from an anchor on. */
function everyTimes(anchor: number, period: number): Times {
  const before = (moment: number) => Math.max(0, Math.ceil((moment - anchor) / period));
  return {
    next: (after) => anchor + Math.max(0, Math.floor((after - anchor) / period) + 1) * period,
    count: (from, until) => before(until) - before(from),
  };
}

function onceTimes(at: number): Times {
  return { next: (after) => (at > after ? at : null), count: (from, until) => (at >= from && at < until ? 1 : 0) };
}

/**
 * Reads a timetable.
 * @throws {TimetableError} when a part of it is missing or cannot be read
 */
export function timetableOf(spec: TimetableSpec): Timetable {
  const zone = zoneOf(spec.timeZone);
  const [from, until] = daysOf(spec, zone);
  return new Timetable(timesOf(spec, zone), zone, from, until);
}

function timesOf(spec: TimetableSpec, zone: Zone): Times {
  if (spec.kind === 'cron') return new CronTimetable(spec.cron, zone);
  if (!spec.anchorAt || Number.isNaN(spec.anchorAt.getTime())) throw new TimetableError('anchorAt', 'CRON.anchor');
  if (spec.kind === 'once') return onceTimes(spec.anchorAt.getTime());
  if (!spec.everySeconds || spec.everySeconds < 1) throw new TimetableError('everySeconds', 'CRON.every');
  return everyTimes(spec.anchorAt.getTime(), spec.everySeconds * secondMs);
}

function daysOf({ firstDay, lastDay }: TimetableSpec, zone: Zone): [number, number] {
  if (firstDay !== null && lastDay !== null && lastDay < firstDay) throw new TimetableError('lastDay', 'CRON.days');
  return [
    firstDay === null ? Number.NEGATIVE_INFINITY : zone.startOfDay(realDay('firstDay', firstDay)),
    lastDay === null ? Number.POSITIVE_INFINITY : zone.startOfDay(dayAfter(realDay('lastDay', lastDay))),
  ];
}

function realDay(field: string, day: string): string {
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(parsed) || new Date(parsed).toISOString().slice(0, 10) !== day)
    throw new TimetableError(field, 'CRON.day', { day });
  return day;
}

/** The day after a day, both YYYY-MM-DD. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
}
