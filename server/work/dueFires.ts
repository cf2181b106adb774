import type { Timetable } from '@rondo/shared/runs/timetable/timetable.ts';
import { madeAt } from './scheduleSpec.ts';

/** A fire that is made later than this was missed: nobody was there to make it. */
const lateMs = 30_000;
/** Missed fires that are recorded one by one. */
const mostRecorded = 1000;

/** How a schedule treats what it missed. */
export interface MissedPolicy {
  id: string;
  /** when the first of the fires was due */
  next_fire_at: Date;
  jitter_seconds: number;
  missed: string;
  missed_most: number;
}

export interface DueFires {
  /** oldest first */
  made: { at: Date; outcome: 'run' | 'caught_up' }[];
  /** missed and given up, oldest first */
  missed: Date[];
  /** more were missed than are recorded one by one */
  unrecorded: { first: Date; until: Date } | undefined;
  /** the next one that is due; null = there is none any more */
  next: Date | null;
}

/** Splits the fires since a schedule's mark into those to make, those that were missed, and what comes next. */
export function dueFires(schedule: MissedPolicy, timetable: Timetable, now: Date): DueFires {
  const mark = schedule.next_fire_at;
  const { fires, more } = timetable.past(mark, now, mostRecorded);
  const due = [mark, ...fires];
  // Those whose time has come, jitter counted in; the first that has not is the next one.
  const made = (at: Date) => madeAt(schedule.id, at, schedule.jitter_seconds);
  const open = due.findIndex((at) => made(at) > now);
  const all = open === -1 ? due : due.slice(0, open);
  const next = open === -1 ? timetable.next(now) : (due[open] ?? null);
  const isLate = (at: Date) => now.getTime() - made(at).getTime() > lateMs;
  const onTime = all.filter((at) => !isLate(at));
  const late = all.filter(isLate);
  const caught = caughtUp(schedule, late, onTime.length > 0);
  const missed = late.slice(0, late.length - caught.length);
  const fire = (outcome: 'run' | 'caught_up') => (at: Date) => ({ at, outcome });
  const result = {
    made: [...caught.map(fire('caught_up')), ...onTime.map(fire('run'))],
    missed,
    unrecorded: undefined,
    next,
  };
  const [first, second] = missed;
  return more && first && second
    ? { ...result, missed: missed.slice(1), unrecorded: { first, until: second } }
    : result;
}

/** The late fires that are made all the same: the newest ones. */
function caughtUp({ missed, missed_most }: MissedPolicy, late: readonly Date[], hasOnTime: boolean): Date[] {
  if (missed === 'all') return missed_most > 0 ? late.slice(-missed_most) : [];
  // The one that is on time stands for those before it.
  return missed === 'latest' && !hasOnTime ? late.slice(-1) : [];
}
