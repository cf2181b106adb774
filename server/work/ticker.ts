import type { Actor } from '@rondo/shared/runs/events.ts';
import type { PoolClient } from 'pg';
import { insertQueuedRun } from '../journal/journal.ts';
import { CronError, readCron } from './cron.ts';
import { readObject, type WorkOptions } from './options.ts';
import { newRunId } from './runId.ts';

/** A fire that is later than this was missed: nobody was there to make it. */
const lateMs = 30_000;
/** Missed fires that are recorded one by one. */
const mostRecorded = 1000;

interface DueSchedule {
  id: string;
  flow_id: string;
  flow_name: string;
  name: string;
  cron: string;
  time_zone: string;
  inputs: string;
  next_fire_at: Date;
  archived: boolean;
  published_number: number | null;
  document_hash: string | null;
}

/** What a tick came to. */
export interface Tick {
  /** runs that were made, queued */
  runs: string[];
  /** schedules whose ledger has grown */
  schedules: { id: string; flowId: string }[];
}

/**
 * Makes the fires that are due. Each is written into the ledger exactly once, in the transaction that creates its run
 * and moves the schedule on (G4), however many processes tick: they take different schedules, and the ledger's key
 * refuses a second fire of the same moment.
 */
export async function tick({ store, log }: WorkOptions, now: Date = new Date()): Promise<Tick> {
  const done: Tick = { runs: [], schedules: [] };
  const client = await store.pool.connect();
  try {
    for (;;) {
      await client.query('BEGIN');
      const { rows } = await client.query<DueSchedule>({
        name: 'rondo_due_schedule',
        text: `SELECT schedule.id, flow_id, flow.name AS flow_name, schedule.name, cron, time_zone, inputs,
                 next_fire_at, flow.archived_at IS NOT NULL AS archived, flow.published_number,
                 (SELECT document_hash FROM flow_version
                  WHERE flow_version.flow_id = flow.id AND number = flow.published_number) AS document_hash
               FROM schedule JOIN flow ON flow.id = schedule.flow_id
               WHERE enabled AND next_fire_at <= $1
               ORDER BY next_fire_at LIMIT 1 FOR UPDATE OF schedule SKIP LOCKED`,
        values: [now],
      });
      const schedule = rows[0];
      if (!schedule) {
        await client.query('COMMIT');
        return done;
      }
      const runs = await fire(client, schedule, now);
      await client.query('COMMIT');
      done.runs.push(...runs);
      done.schedules.push({ id: schedule.id, flowId: schedule.flow_id });
    }
  } catch (error) {
    await client.query('ROLLBACK').catch((failure) => log.warn({ error: String(failure) }, 'A tick was cut off.'));
    throw error;
  } finally {
    client.release();
  }
}

/** Makes all fires of one schedule that are due, and moves it on. @returns the runs */
async function fire(client: PoolClient, schedule: DueSchedule, now: Date): Promise<string[]> {
  let due: DueFires;
  try {
    due = dueFires(schedule, now);
  } catch (error) {
    if (!(error instanceof CronError)) throw error;
    await record(client, schedule, schedule.next_fire_at, 'skipped', null, error.message);
    await moveOn(client, schedule.id, null);
    return [];
  }
  if (due.unrecorded) {
    const { first, until } = due.unrecorded;
    const reason = `the server was off; the fires from then until ${until.toISOString()} were skipped, too`;
    await record(client, schedule, first, 'skipped', null, reason);
  }
  await client.query(
    `INSERT INTO schedule_fire (schedule_id, due_at, outcome, reason)
     SELECT $1, at, 'skipped', 'the server was off' FROM unnest($2::timestamptz[]) AS at ON CONFLICT DO NOTHING`,
    [schedule.id, due.missed],
  );
  const runs: string[] = [];
  for (const { at, outcome } of due.made) {
    const obstacle = obstacleOf(schedule);
    if (obstacle) {
      await record(client, schedule, at, 'skipped', null, obstacle);
      continue;
    }
    const runId = newRunId();
    const reason = outcome === 'caught_up' ? 'the server was off when it was due' : null;
    if (!(await record(client, schedule, at, outcome, runId, reason))) continue;
    const actor: Actor = { kind: 'schedule', id: schedule.id, name: schedule.name || 'Schedule' };
    const run = {
      id: runId,
      flowId: schedule.flow_id,
      flowName: schedule.flow_name,
      versionNumber: schedule.published_number,
      documentHash: schedule.document_hash ?? '',
      actor,
      trigger: 'schedule' as const,
      startKey: `schedule ${schedule.id} ${at.toISOString()}`,
      inputs: readObject(schedule.inputs),
      createdAt: new Date(),
    };
    const started = {
      kind: 'run_started' as const,
      at: run.createdAt.toISOString(),
      actor,
      trigger: run.trigger,
      inputs: readObject(schedule.inputs),
    };
    await insertQueuedRun(client, run, [started]);
    runs.push(runId);
  }
  await moveOn(client, schedule.id, due.next);
  return runs;
}

function obstacleOf(schedule: DueSchedule): string | undefined {
  if (schedule.archived) return 'the flow is archived';
  if (schedule.published_number === null || schedule.document_hash === null) return 'the flow is not published';
  return undefined;
}

interface DueFires {
  made: { at: Date; outcome: 'run' | 'caught_up' }[];
  /** oldest first */
  missed: Date[];
  /** more were missed than are recorded one by one */
  unrecorded: { first: Date; until: Date } | undefined;
  next: Date | null;
}

/** Splits the fires since the schedule's mark into those to make and those that were missed. @throws {CronError} */
function dueFires(schedule: DueSchedule, now: Date): DueFires {
  const pattern = readCron(schedule.cron, schedule.time_zone);
  const next = pattern.nextRun(now);
  const mark = schedule.next_fire_at;
  // Backwards from now, so that a server that was off for a year need not count a year of fires; a few at first,
  // because nearly always there is none.
  const until = new Date(now.getTime() + 2000);
  let before = pattern.previousRuns(4, until);
  if (before.every((at) => at > mark)) before = pattern.previousRuns(mostRecorded + 4, until);
  const earlier = before.filter((at) => at > mark && at <= now).sort((a, b) => a.getTime() - b.getTime());
  const all = [mark, ...earlier];
  const onTime = all.filter((at) => now.getTime() - at.getTime() <= lateMs);
  const late = all.filter((at) => now.getTime() - at.getTime() > lateMs);
  const made: DueFires['made'] = onTime.map((at) => ({ at, outcome: 'run' }));
  const latest = late.at(-1);
  if (onTime.length === 0 && latest) {
    late.pop();
    made.push({ at: latest, outcome: 'caught_up' });
  }
  const tooMany = earlier.length > mostRecorded;
  const first = late[0];
  const second = late[1];
  if (!tooMany || !first || !second) return { made, missed: late, unrecorded: undefined, next };
  return { made, missed: late.slice(1), unrecorded: { first, until: second }, next };
}

/** A row of the ledger. @returns false when that fire is on record already */
async function record(
  client: PoolClient,
  schedule: DueSchedule,
  at: Date,
  outcome: 'run' | 'skipped' | 'caught_up',
  runId: string | null,
  reason: string | null,
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'rondo_record_fire',
    text: `INSERT INTO schedule_fire (schedule_id, due_at, outcome, run_id, reason)
           VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    values: [schedule.id, at, outcome, runId, reason],
  });
  return rowCount === 1;
}

async function moveOn(client: PoolClient, scheduleId: string, next: Date | null): Promise<void> {
  await client.query('UPDATE schedule SET next_fire_at = $2 WHERE id = $1', [scheduleId, next]);
}
