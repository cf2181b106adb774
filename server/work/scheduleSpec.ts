import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { type Timetable, type TimetableKind, timetableOf } from '@rondo/shared/runs/timetable/timetable.ts';

/** What of a schedule's row says when it fires. */
export interface ScheduleTimes {
  kind: string;
  cron: string;
  every_seconds: number | null;
  anchor_at: Date | null;
  time_zone: string;
  first_day: string | null;
  last_day: string | null;
}

/** The columns of `ScheduleTimes`. */
export const timeColumns = 'kind, cron, every_seconds, anchor_at, time_zone, first_day, last_day';

/** The timetable of a schedule's row. @throws {TimetableError} */
export function timetableOfRow(row: ScheduleTimes): Timetable {
  return timetableOf({
    kind: row.kind as TimetableKind,
    cron: row.cron,
    everySeconds: row.every_seconds,
    anchorAt: row.anchor_at,
    timeZone: row.time_zone,
    firstDay: row.first_day,
    lastDay: row.last_day,
  });
}

/** When a fire is made: up to so many seconds after it is due, the same in every process that asks. */
export function madeAt(scheduleId: string, due: Date, jitterSeconds: number): Date {
  if (jitterSeconds <= 0) return due;
  const hash = createHash('sha256').update(`${scheduleId} ${due.toISOString()}`).digest();
  return new Date(due.getTime() + Math.floor((hash.readUInt32BE(0) / 2 ** 32) * jitterSeconds * 1000));
}

/** The inputs of a fire: `{{ due }}`, `{{ due_date }}` and `{{ caught_up }}` in its texts are filled in. */
export function inputsOfFire(inputs: JsonObject, due: Date, day: string, caughtUp: boolean): JsonObject {
  const values: Record<string, string> = {
    due: due.toISOString(),
    due_date: day,
    caught_up: caughtUp ? 'true' : 'false',
  };
  const fill = (value: Json): Json => {
    if (typeof value === 'string')
      return value.replace(/\{\{\s*(due|due_date|caught_up)\s*\}\}/g, (_whole, name: string) => values[name] ?? '');
    if (Array.isArray(value)) return value.map(fill);
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item)])) : value;
  };
  return fill(inputs) as JsonObject;
}
