import type { zoneOf } from '@rondo/shared/runs/timetable/zone.ts';
import { type ScheduleTimes, timeColumns, timetableOfRow } from '../work/scheduleSpec.ts';
import { contracts as c } from './contract/index.ts';
import type { ScheduleHealth } from './contract/schedule.ts';
import { readTimetable } from './cron.ts';
import { defineRead } from './defineOperation.ts';
import { OperationError } from './errors.ts';
import type { Services } from './services.ts';

/** A fire that is not made so long after it should be is late. */
const lateSeconds = 30;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const longest = 62;
const mostDaysByHour = 7;
const mostSchedules = 2000;

interface Row {
  id: string;
  name: string;
  flow_id: string;
  flow_name: string;
  enabled: boolean;
  next_fire_at: Date | null;
  overdue: number | null;
  due_at: Date | null;
  done_at: Date | null;
  outcome: 'run' | 'skipped' | 'caught_up' | null;
  kind: 'due' | 'manual' | null;
  run_id: string | null;
  reason: string | null;
  run_state: string | null;
  fires: number;
  skipped: number;
  caught_up: number;
  lag: number | null;
}

export const scheduleHealth = defineRead(c.schedule.health, async ({ services }) => {
  const { rows } = await services.store.pool.query<Row>(
    `SELECT schedule.id, schedule.name, schedule.flow_id, flow.name AS flow_name, enabled, next_fire_at,
       extract(epoch FROM now() - next_make_at)::float AS overdue,
       last.due_at, last.done_at, last.outcome, last.kind, last.run_id, last.reason, run.state AS run_state,
       week.fires, week.skipped, week.caught_up, week.lag
     FROM schedule JOIN flow ON flow.id = schedule.flow_id
     LEFT JOIN LATERAL (SELECT * FROM schedule_fire WHERE schedule_id = schedule.id ORDER BY due_at DESC LIMIT 1) AS last
       ON true
     LEFT JOIN run ON run.id = last.run_id
     LEFT JOIN LATERAL (
       SELECT count(*) FILTER (WHERE outcome <> 'skipped')::int AS fires,
         count(*) FILTER (WHERE outcome = 'skipped')::int AS skipped,
         count(*) FILTER (WHERE outcome = 'caught_up')::int AS caught_up,
         max(extract(epoch FROM done_at - due_at)) FILTER (WHERE outcome = 'run' AND fire.kind = 'due')::float AS lag
       FROM schedule_fire AS fire WHERE schedule_id = schedule.id AND due_at > now() - interval '7 days'
     ) AS week ON true
     ORDER BY enabled DESC, next_fire_at NULLS LAST LIMIT ${mostSchedules}`,
  );
  return { schedules: rows.map(healthOf) };
});

function healthOf(row: Row): ScheduleHealth {
  return {
    id: row.id,
    name: row.name,
    flowId: row.flow_id,
    flowName: row.flow_name,
    state: stateOf(row),
    nextFireAt: row.enabled ? (row.next_fire_at?.toISOString() ?? null) : null,
    lastFire:
      row.due_at && row.done_at && row.outcome && row.kind
        ? {
            dueAt: row.due_at.toISOString(),
            doneAt: row.done_at.toISOString(),
            outcome: row.outcome,
            kind: row.kind,
            runId: row.run_id,
            reason: row.reason,
          }
        : null,
    lastRunState: row.run_state,
    fires: row.fires,
    skipped: row.skipped,
    caughtUp: row.caught_up,
    lagSeconds: row.lag,
  };
}

function stateOf(row: Row): ScheduleHealth['state'] {
  if (!row.enabled) return 'paused';
  if (row.next_fire_at === null) return 'ended';
  if (row.overdue !== null && row.overdue > lateSeconds) return 'late';
  if (row.run_state === 'failed') return 'failing';
  return row.outcome === 'skipped' ? 'skipping' : 'fine';
}

/** Past days come from the ledger, days to come from the timetables; today is both. */
export const scheduleCalendar = defineRead(c.schedule.calendar, async ({ services }, input) => {
  const zone = readZone(input.timeZone);
  const days: string[] = [];
  for (let at = Date.parse(input.from); at <= Date.parse(input.to) && days.length <= longest; at += dayMs)
    days.push(new Date(at).toISOString().slice(0, 10));
  if (days.length === 0 || days.length > longest)
    throw new OperationError('INVALID', `A calendar shows 1 to ${longest} days.`);
  const starts = [...days, nextDay(days.at(-1) ?? input.to)].map((one) => zone.startOfDay(one));
  const counts = await countFires(services, starts);
  const shown = days.map((one, n) => ({ day: one, ...(counts[n] ?? none()) }));
  if (days.length > mostDaysByHour) return { days: shown, hours: [] };
  const hours: number[] = [];
  for (let at = starts[0] ?? 0; at <= (starts.at(-1) ?? 0); at += hourMs) hours.push(at);
  const perHour = await countFires(services, hours);
  return { days: shown, hours: perHour.map((one, n) => ({ at: new Date(hours[n] ?? 0).toISOString(), ...one })) };
});

interface Counts {
  run: number;
  skipped: number;
  caughtUp: number;
  planned: number;
}
const none = (): Counts => ({ run: 0, skipped: 0, caughtUp: 0, planned: 0 });

/** Counts the fires of all schedules between each of these moments and the next. */
async function countFires({ store, now }: Services, starts: readonly number[]): Promise<Counts[]> {
  const { rows } = await store.pool.query<{ n: number; outcome: string; count: number }>(
    `SELECT width_bucket(due_at, $1::timestamptz[]) - 1 AS n, outcome, count(*)::int AS count
     FROM schedule_fire WHERE due_at >= ($1::timestamptz[])[1] AND due_at < ($1::timestamptz[])[array_length($1, 1)]
     GROUP BY 1, 2`,
    [starts.map((at) => new Date(at))],
  );
  const counts = starts.slice(1).map(none);
  for (const { n, outcome, count } of rows) {
    const one = counts[n];
    if (one) one[outcome === 'skipped' ? 'skipped' : outcome === 'caught_up' ? 'caughtUp' : 'run'] += count;
  }
  const schedules = await store.pool.query<ScheduleTimes>(
    `SELECT ${timeColumns} FROM schedule
     WHERE enabled AND next_fire_at IS NOT NULL LIMIT ${mostSchedules}`,
  );
  const begin = now().getTime();
  for (const row of schedules.rows) {
    const timetable = timetableOfRow(row);
    const [first, last] = [Math.max(starts[0] ?? 0, begin), starts.at(-1) ?? 0];
    if (last <= first || timetable.count(new Date(first), new Date(last)) === 0) continue;
    for (const [n, one] of counts.entries()) {
      const from = Math.max(starts[n] ?? 0, begin);
      const until = starts[n + 1] ?? 0;
      if (until > from) one.planned += timetable.count(new Date(from), new Date(until));
    }
  }
  return counts;
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);
}

/** @throws {OperationError} INVALID when there is no such zone */
function readZone(timeZone: string): ReturnType<typeof zoneOf> {
  const rest = { cron: '', everySeconds: null, firstDay: null, lastDay: null };
  return readTimetable({ kind: 'once', anchorAt: new Date(), timeZone, ...rest }).zone;
}
