import type { Actor } from '@rondo/shared/runs/events.ts';
import { TimetableError } from '@rondo/shared/runs/timetable/timetableError.ts';
import { zoneOf } from '@rondo/shared/runs/timetable/zone.ts';
import { inEnglish, said } from '@rondo/shared/words/said.ts';
import type { PoolClient } from 'pg';
import { inTransaction } from '../store/inTransaction.ts';
import { isLostConnection } from '../store/lostConnection.ts';
import { requestCancel } from './cancel.ts';
import { type DueFires, dueFires, type MissedPolicy } from './dueFires.ts';
import { readObject, type WorkOptions } from './options.ts';
import { type RunRules, rulesOf } from './rules.ts';
import { inputsOfFire, madeAt, type ScheduleTimes, timeColumns, timetableOfRow } from './scheduleSpec.ts';
import { startAllInside, startInside } from './startInside.ts';
import type { StartRequest } from './startRequest.ts';

/** Schedules of one transaction. */
const batch = 100;

export interface FiringSchedule extends ScheduleTimes, MissedPolicy {
  flow_id: string;
  flow_name: string;
  name: string;
  overlap: string;
  inputs: string;
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
  /** earlier runs that were to be stopped; `asked`: their holders must break them off */
  stopped: { runId: string; flowId: string; done: 'cancelled' | 'asked' }[];
}

/** What the fires of a transaction share. */
interface Batch {
  client: PoolClient;
  now: Date;
  rules: Map<string, RunRules>;
  stopped: Tick['stopped'];
}

/** A schedule's row with what its fires need of the flow. */
export const firingColumns = `schedule.id, flow_id, flow.name AS flow_name, schedule.name, ${timeColumns},
  jitter_seconds, overlap, missed, missed_most, inputs, next_fire_at,
  flow.archived_at IS NOT NULL AS archived, flow.published_number,
  (SELECT document_hash FROM flow_version
   WHERE flow_version.flow_id = flow.id AND number = flow.published_number) AS document_hash`;

/**
 * Makes the fires that are due. Each is written into the ledger exactly once, in the transaction that creates its run
 * and moves the schedule on (G4), however many processes tick: they take different schedules, and the ledger's key
 * refuses a second fire of the same moment. A schedule whose fire goes wrong is recorded as skipped with the reason and
 * keeps no other from firing. What is due is said by the clock of the database, which all processes share: one whose own
 * clock is wrong makes no fire too early.
 *
 * @param at another time than the present
 */
export async function tick({ store, log }: WorkOptions, at?: Date): Promise<Tick> {
  const done: Tick = { runs: [], schedules: [], stopped: [] };
  // Savepoints cost as much as the fires themselves: they are set only after something has gone wrong.
  let careful = false;
  for (;;) {
    try {
      const some = await inTransaction(store.pool, (client) => fireSome(client, at, careful ? log : undefined));
      done.runs.push(...some.runs);
      done.schedules.push(...some.schedules);
      done.stopped.push(...some.stopped);
      if (some.schedules.length < batch) return done;
    } catch (error) {
      if (careful || isPassing(error)) throw error;
      careful = true;
    }
  }
}

/**
 * Makes the fires of the schedules that are due for longest, in a transaction.
 * @param log set: what goes wrong with one schedule leaves the others alone, and is told here
 */
async function fireSome(client: PoolClient, at: Date | undefined, log: WorkOptions['log'] | undefined): Promise<Tick> {
  const { rows } = await client.query<FiringSchedule & { now: Date }>({
    name: 'rondo_due_schedules',
    text: `SELECT ${firingColumns}, coalesce($1::timestamptz, now()) AS now FROM schedule JOIN flow ON flow.id = schedule.flow_id
           WHERE enabled AND next_make_at <= coalesce($1::timestamptz, now()) ORDER BY next_make_at LIMIT ${batch}
           FOR UPDATE OF schedule SKIP LOCKED`,
    values: [at ?? null],
  });
  const now = rows[0]?.now ?? new Date(Number.NaN); // nothing is due: nobody asks
  const shared: Batch = { client, now, rules: new Map(), stopped: [] };
  const runs: string[] = [];
  if (!log) runs.push(...(await fireAll(shared, rows)));
  else for (const schedule of rows) runs.push(...(await guarded(shared, schedule, log)));
  const schedules = rows.map((schedule) => ({ id: schedule.id, flowId: schedule.flow_id }));
  return { runs, schedules, stopped: shared.stopped };
}

/** Did it fail for a reason that may be gone at the next tick: a deadlock, a lock, a lost connection, no resources? */
function isPassing(error: unknown): boolean {
  if (isLostConnection(error)) return true;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /^(40|53|55|57|58)/.test(code);
}

/** Makes the fires of one schedule; when that goes wrong, all of them are on record as skipped, with the reason. */
async function guarded(batched: Batch, schedule: FiringSchedule, log: WorkOptions['log']): Promise<string[]> {
  const { client, now } = batched;
  await client.query('SAVEPOINT fire');
  const stopped = batched.stopped.length;
  try {
    const runs = await fireDue(batched, schedule);
    await client.query('RELEASE SAVEPOINT fire');
    return runs;
  } catch (error) {
    if (isPassing(error)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT fire');
    batched.stopped.length = stopped;
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof TimetableError) {
      await settle(client, [{ schedule, rows: [skippedRow(schedule.next_fire_at, reason)], next: null }]);
      return [];
    }
    log.error({ schedule: schedule.id, error: reason }, 'A fire went wrong.');
    const due = dueFires(schedule, timetableOfRow(schedule), now);
    const rows = [...missedRows(due), ...due.made.map(({ at }) => skippedRow(at, reason))];
    await settle(client, [{ schedule, rows, next: due.next }]);
    return [];
  }
}

/** Makes all fires of some schedules that are due, in as few statements as there can be. @returns the runs */
async function fireAll(batched: Batch, schedules: readonly FiringSchedule[]): Promise<string[]> {
  const { client, now } = batched;
  const runs: string[] = [];
  const starts: { request: StartRequest; rules: RunRules; row: LedgerRow }[] = [];
  const settled: Settled[] = [];
  for (const schedule of schedules) {
    // What looks at earlier runs must see those of its own fires just before.
    if (schedule.overlap === 'skip' || schedule.overlap === 'stop') {
      runs.push(...(await fireDue(batched, schedule)));
      continue;
    }
    const due = dueFires(schedule, timetableOfRow(schedule), now);
    const rows = missedRows(due);
    const obstacle = obstacleOf(schedule);
    for (const { at, outcome } of due.made) {
      const row: LedgerRow = obstacle ? skippedRow(at, obstacle) : startedRow(at, outcome, null);
      rows.push(row);
      if (obstacle) continue;
      const rules = await rulesIn(batched, schedule.flow_id);
      starts.push({ request: requestOf(schedule, { at, caughtUp: outcome === 'caught_up' }), rules, row });
    }
    settled.push({ schedule, rows, next: due.next });
  }
  if (starts.length > 0) runs.push(...(await startAllInside(client, starts)));
  const first = runs.length - starts.length;
  for (const [index, { row }] of starts.entries()) row.runId = runs[first + index] ?? null;
  await settle(client, settled);
  return runs;
}

async function rulesIn({ client, rules }: Batch, flowId: string): Promise<RunRules> {
  const known = rules.get(flowId) ?? (await rulesOf(client, flowId));
  rules.set(flowId, known);
  return known;
}

function skippedRow(at: Date, reason: string): LedgerRow {
  return { at, outcome: 'skipped', runId: null, reason };
}

function startedRow(at: Date, outcome: 'run' | 'caught_up', runId: string | null): LedgerRow {
  return { at, outcome, runId, reason: outcome === 'caught_up' ? inEnglish(said('fire.late')) : null };
}

/** Makes all fires of one schedule that are due, and moves it on. @returns the runs */
async function fireDue(batched: Batch, schedule: FiringSchedule): Promise<string[]> {
  const due = dueFires(schedule, timetableOfRow(schedule), batched.now);
  const rows = missedRows(due);
  for (const { at, outcome } of due.made) rows.push(await makeFire(batched, schedule, at, outcome));
  await settle(batched.client, [{ schedule, rows, next: due.next }]);
  return rows.flatMap((row) => (row.runId === null ? [] : [row.runId]));
}

function missedRows(due: DueFires): LedgerRow[] {
  const rows = due.missed.map((at) => skippedRow(at, inEnglish(said('fire.off'))));
  if (!due.unrecorded) return rows;
  const { first, until } = due.unrecorded;
  return [skippedRow(first, inEnglish(said('fire.offUntil', { until: until.toISOString() }))), ...rows];
}

/** @returns its row for the ledger: the run, or why there is none */
async function makeFire(
  batched: Batch,
  schedule: FiringSchedule,
  at: Date,
  outcome: 'run' | 'caught_up',
): Promise<LedgerRow> {
  const obstacle = obstacleOf(schedule) ?? (await overlapOf(batched, schedule));
  if (obstacle) return skippedRow(at, obstacle);
  const request = requestOf(schedule, { at, caughtUp: outcome === 'caught_up' });
  const { runId } = await startInside(batched.client, request, [], await rulesIn(batched, schedule.flow_id));
  return startedRow(at, outcome, runId);
}

/** A fire to start a run for. */
export interface Fire {
  at: Date;
  caughtUp: boolean;
  /** who said “run now” */
  by?: Actor;
}

/** The run of a fire, to be started; the same fire is the same run, whoever asks and how often. */
export function requestOf(schedule: FiringSchedule, { at, caughtUp, by }: Fire): StartRequest {
  const day = zoneOf(schedule.time_zone).day(at.getTime());
  return {
    flowId: schedule.flow_id,
    flowName: schedule.flow_name,
    versionNumber: schedule.published_number,
    documentHash: schedule.document_hash ?? '',
    actor: by ?? { kind: 'schedule', id: schedule.id, name: schedule.name || 'Schedule' },
    trigger: 'schedule',
    startKey: `schedule ${schedule.id} ${by ? 'by hand ' : ''}${at.toISOString()}`,
    inputs: inputsOfFire(readObject(schedule.inputs), at, day, caughtUp),
    originId: schedule.id,
    behindOrigin: schedule.overlap === 'queue',
  };
}

/** Why a flow cannot be started at all. */
export function obstacleOf(schedule: FiringSchedule): string | undefined {
  if (schedule.archived) return inEnglish(said('fire.archived'));
  if (schedule.published_number === null || schedule.document_hash === null) return inEnglish(said('fire.unpublished'));
  return undefined;
}

/** What an earlier run that has not ended means for a fire. @returns the reason to skip it */
async function overlapOf({ client, stopped }: Batch, schedule: FiringSchedule): Promise<string | undefined> {
  if (schedule.overlap !== 'skip' && schedule.overlap !== 'stop') return undefined;
  const { rows } = await client.query<{ id: string; number: string }>(
    `SELECT id, number FROM run WHERE origin_id = $1 AND state IN ('queued', 'running', 'waiting') ORDER BY id`,
    [schedule.id],
  );
  if (schedule.overlap === 'skip') return rows[0] && inEnglish(said('fire.before', { number: rows[0].number }));
  const actor: Actor = { kind: 'schedule', id: schedule.id, name: schedule.name || 'Schedule' };
  for (const row of rows) {
    const { done } = await requestCancel(client, row.id, actor);
    if (done !== 'nothing') stopped.push({ runId: row.id, flowId: schedule.flow_id, done });
  }
  return undefined;
}

export interface LedgerRow {
  at: Date;
  outcome: 'run' | 'skipped' | 'caught_up';
  runId: string | null;
  reason: string | null;
}

/** Writes a fire that was made by hand into the ledger. */
export async function recordByHand(client: PoolClient, scheduleId: string, row: LedgerRow): Promise<void> {
  await client.query(
    `INSERT INTO schedule_fire (schedule_id, due_at, outcome, run_id, reason, kind)
     VALUES ($1, $2, $3, $4, $5, 'manual') ON CONFLICT DO NOTHING`,
    [scheduleId, row.at, row.outcome, row.runId, row.reason],
  );
}

/** What is written of a schedule whose fires were made: its rows in the ledger, and its next fire. */
interface Settled {
  schedule: FiringSchedule;
  rows: readonly LedgerRow[];
  next: Date | null;
}

/** Writes rows of the ledger (one that is there already stays) and moves the schedules on, in one statement. */
async function settle(client: PoolClient, settled: readonly Settled[]): Promise<void> {
  if (settled.length === 0) return;
  const rows = settled.flatMap(({ schedule, rows }) => rows.map((row) => ({ ...row, scheduleId: schedule.id })));
  await client.query({
    name: 'rondo_settle_schedules',
    text: `WITH written AS (
             INSERT INTO schedule_fire (schedule_id, due_at, outcome, run_id, reason)
             SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::uuid[], $5::text[])
             ON CONFLICT DO NOTHING
           ) UPDATE schedule SET next_fire_at = moved.due, next_make_at = moved.make
           FROM unnest($6::uuid[], $7::timestamptz[], $8::timestamptz[]) AS moved(id, due, make)
           WHERE schedule.id = moved.id`,
    values: [
      rows.map((row) => row.scheduleId),
      rows.map((row) => row.at),
      rows.map((row) => row.outcome),
      rows.map((row) => row.runId),
      rows.map((row) => row.reason),
      settled.map(({ schedule }) => schedule.id),
      settled.map(({ next }) => next),
      settled.map(({ schedule, next }) => next && madeAt(schedule.id, next, schedule.jitter_seconds)),
    ],
  });
}
