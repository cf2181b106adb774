import { errorAt } from '@rondo/shared/oas/problems.ts';
import { type Timetable, type TimetableSpec, timetableOf } from '@rondo/shared/runs/timetable/timetable.ts';
import { TimetableError } from '@rondo/shared/runs/timetable/timetableError.ts';
import type { TextOf } from '@rondo/shared/words/englishTexts.ts';
import { type SaidValues, said } from '@rondo/shared/words/said.ts';
import { cronWords } from './cronWords.ts';
import { OperationError } from './errors.ts';

/** A schedule's time, checked: what it is in words, and when it fires next. */
export interface SchedulePlan {
  words: string;
  nextFires: Date[];
  timetable: Timetable;
}

/**
 * Reads when a schedule fires.
 * @throws {OperationError} INVALID for a fault, named by its field, and when it never fires again
 */
export function planSchedule(spec: TimetableSpec, from: Date, count = 5): SchedulePlan {
  const timetable = readTimetable(spec);
  const nextFires = timetable.upcoming(from, count);
  if (nextFires.length === 0) throw refused('cron', 'CRON.never');
  return { words: wordsOf(spec), nextFires, timetable };
}

/** Fires whose distances are looked at. */
const lookedAt = 50;

/**
 * Jitter must not carry one fire past the next: each would wait for the one before it, and count as missed.
 * @throws {OperationError} INVALID
 */
export function checkJitter(spec: TimetableSpec, jitterSeconds: number, from: Date): void {
  if (jitterSeconds === 0) return;
  const fires = readTimetable(spec).upcoming(from, lookedAt);
  const gaps = fires.slice(1).map((at, index) => at.getTime() - (fires[index]?.getTime() ?? 0));
  const least = Math.min(...gaps) / 1000;
  if (jitterSeconds >= least) throw refused('jitterSeconds', 'CRON.jitter', { seconds: jitterSeconds, least });
}

/** @throws {OperationError} INVALID */
export function readTimetable(spec: TimetableSpec): Timetable {
  try {
    return timetableOf(spec);
  } catch (error) {
    if (!(error instanceof TimetableError)) throw error;
    throw refused(error.field, error.text, error.values);
  }
}

/** The same for a bare cron expression. */
export function planCron(cron: string, timeZone: string, from: Date, count = 5): SchedulePlan {
  const none = { everySeconds: null, anchorAt: null, firstDay: null, lastDay: null };
  return planSchedule({ kind: 'cron', cron, timeZone, ...none }, from, count);
}

const units: [seconds: number, one: string, many: string][] = [
  [86_400, 'day', 'days'],
  [3600, 'hour', 'hours'],
  [60, 'minute', 'minutes'],
  [1, 'second', 'seconds'],
];

/** “Every 2 hours”, “Once on 2026-12-24 at 18:00 (Europe/Berlin)”, or the words of a cron expression. */
export function wordsOf(spec: TimetableSpec): string {
  const days = [spec.firstDay && `from ${spec.firstDay}`, spec.lastDay && `until ${spec.lastDay}`].filter(Boolean);
  const within = days.length > 0 ? `, ${days.join(' ')}` : '';
  return `${barely(spec)}${within}`;
}

function barely({ kind, cron, everySeconds, anchorAt, timeZone }: TimetableSpec): string {
  if (kind === 'cron') return cronWords(cron, timeZone);
  if (kind === 'once') {
    const at = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
      anchorAt ?? 0,
    );
    return `Once on ${at.replace(' ', ' at ')} (${timeZone})`;
  }
  const seconds = everySeconds ?? 0;
  const [size, one, many] = units.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [1, 'second', 'seconds'];
  return seconds === size ? `Every ${one}` : `Every ${seconds / size} ${many}`;
}

function refused(field: string, text: TextOf<'CRON'>, values?: SaidValues): OperationError {
  return new OperationError('INVALID', said(text, values), [errorAt(text, `/${field}`, values)]);
}
