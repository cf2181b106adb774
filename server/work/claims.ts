import type { Actor, RunStarted, RunTrigger } from '@rondo/shared/runs/events.ts';
import type { Pool } from 'pg';
import { type ActorColumns, actorOf } from './actorColumns.ts';
import { readObject } from './options.ts';

/** A run as its claim finds it. */
export interface ClaimedRun {
  id: string;
  flowId: string | null;
  documentHash: string;
  holder: string;
  stepsDone: number;
  actor: Actor;
  trigger: RunTrigger;
  /** JSON text */
  inputs: string;
  createdAt: Date;
  /** since when somebody was wanted to go on with it */
  queuedAt: Date | null;
  /** somebody asked for its end */
  cancelBy: Actor | null;
  deadlineAt: Date | null;
  /** the time of the database */
  claimedAt: Date;
  /** how often it was taken from a dead process since it last got on */
  takeovers: number;
}

interface Row extends ActorColumns {
  id: string;
  flow_id: string | null;
  document_hash: string;
  holder: string;
  steps_done: number;
  trigger: RunTrigger;
  inputs: string;
  created_at: Date;
  queued_since: Date | null;
  cancel_requested: boolean;
  cancel_by: string | null;
  deadline_at: Date | null;
  claimed_at: Date;
  takeovers: number;
}

const claimed = `
  SET state = 'running', holder = $2, woken = false, wake_at = NULL, queued_at = NULL,
    started_at = coalesce(started_at, now())`;
const columns = `run.id, flow_id, document_hash, holder, steps_done, actor_kind, actor_id, actor_name, trigger, inputs,
  created_at, cancel_requested, cancel_by, deadline_at, takeovers, was.queued_at AS queued_since, now() AS claimed_at`;

/** For a cancel whose actor is not on record. */
export const system: Actor = { kind: 'system', id: 'server', name: 'The server' };

function read(row: Row): ClaimedRun {
  return {
    id: row.id,
    flowId: row.flow_id,
    documentHash: row.document_hash,
    holder: row.holder,
    stepsDone: row.steps_done,
    actor: actorOf(row),
    trigger: row.trigger,
    inputs: row.inputs,
    createdAt: row.created_at,
    queuedAt: row.queued_since,
    cancelBy: row.cancel_requested ? (row.cancel_by === null ? system : JSON.parse(row.cancel_by)) : null,
    deadlineAt: row.deadline_at,
    claimedAt: row.claimed_at,
    takeovers: row.takeovers,
  };
}

/** A queued run that nothing keeps back: no limit, no pause of its own, of its flow or of the queue. */
const free = `state = 'queued' AND NOT gated AND paused_at IS NULL`;
const queueGoesOn = 'NOT EXISTS (SELECT 1 FROM workspace WHERE queue_paused_at IS NOT NULL)';
const flowGoesOn = 'NOT EXISTS (SELECT 1 FROM flow WHERE flow.id = run.flow_id AND flow.paused_at IS NOT NULL)';

/** Takes a queued run for a holder. Undefined = somebody else has it, it is kept back, or it waits or has ended. */
export async function claimRun(pool: Pool, runId: string, holder: string): Promise<ClaimedRun | undefined> {
  const { rows } = await pool.query<Row>({
    name: 'rondo_claim',
    text: `WITH was AS (
             SELECT id, queued_at FROM run
             WHERE id = $1 AND ${free} AND ${queueGoesOn} AND ${flowGoesOn} FOR UPDATE SKIP LOCKED
           ) UPDATE run ${claimed} FROM was WHERE run.id = was.id RETURNING ${columns}`,
    values: [runId, holder],
  });
  return rows[0] && read(rows[0]);
}

/** Flows that one claim looks at: with more, the claims go round. */
const flowsLookedAt = 50;

/**
 * Takes the queued runs whose turn it is: higher ranks first (a minute of waiting raises a rank by one, ten at most),
 * and among equals the flow that has the fewest runs under way, so that a flow with ten thousand of them does not keep
 * others waiting.
 *
 * @param after where the last claim stopped in its round over the flows; give back what `claimNext` answered
 * @param overdueMs only runs that have been queued for so long
 */
export async function claimNext(
  pool: Pool,
  holder: string,
  most: number,
  { after, overdueMs }: { after: string | null; overdueMs: number },
): Promise<{ runs: ClaimedRun[]; after: string | null }> {
  const { rows } = await pool.query<Row>({
    name: 'rondo_claim_next',
    text: `
WITH RECURSIVE flows AS (
  (SELECT flow_id, 1 AS n FROM run WHERE ${free} AND flow_id > $4 ORDER BY flow_id LIMIT 1)
  UNION ALL
  SELECT (SELECT flow_id FROM run WHERE ${free} AND flow_id > flows.flow_id ORDER BY flow_id LIMIT 1), n + 1
  FROM flows WHERE flow_id IS NOT NULL AND n < ${flowsLookedAt}
), again AS (
  (SELECT flow_id, 1 AS n FROM run WHERE ${free} AND flow_id IS NOT NULL ORDER BY flow_id LIMIT 1)
  UNION ALL
  SELECT (SELECT flow_id FROM run WHERE ${free} AND flow_id > again.flow_id ORDER BY flow_id LIMIT 1), n + 1
  FROM again WHERE flow_id IS NOT NULL AND n < ${flowsLookedAt}
), looked AS (
  SELECT flow_id FROM flows WHERE flow_id IS NOT NULL UNION SELECT flow_id FROM again WHERE flow_id IS NOT NULL
), busy AS (
  SELECT flow_id, count(*) AS live FROM run WHERE state = 'running' GROUP BY flow_id
), ranked AS (
  SELECT best.id, best.rank, best.queued_at, coalesce(busy.live, 0) + best.turn AS share
  FROM looked LEFT JOIN busy USING (flow_id), LATERAL (
    SELECT id, queued_at, row_number() OVER (ORDER BY priority DESC, queued_at) AS turn,
      priority + least(10, floor(extract(epoch FROM now() - queued_at) / 60)) AS rank
    FROM run WHERE run.flow_id = looked.flow_id AND ${free} AND queued_at <= now() - $3 * interval '1 millisecond'
      AND ${flowGoesOn}
    ORDER BY priority DESC, queued_at LIMIT $1
  ) AS best
  UNION ALL
  (SELECT id, priority, queued_at, 0 FROM run
   WHERE flow_id IS NULL AND ${free} AND queued_at <= now() - $3 * interval '1 millisecond'
   ORDER BY priority DESC, queued_at LIMIT $1)
), chosen AS (
  SELECT id FROM ranked ORDER BY rank DESC, share, queued_at LIMIT $1
), was AS (
  SELECT id, queued_at FROM run
  WHERE id IN (SELECT id FROM chosen) AND ${free} AND ${queueGoesOn} FOR UPDATE SKIP LOCKED
)
UPDATE run ${claimed} FROM was WHERE run.id = was.id RETURNING ${columns}`,
    values: [most, holder, overdueMs, after ?? '00000000-0000-0000-0000-000000000000'],
  });
  const runs = rows.map(read);
  return { runs, after: runs.at(-1)?.flowId ?? null };
}

/** The first event of a run that was made without one (the fire of a schedule). */
export function startedEvent(run: Pick<ClaimedRun, 'actor' | 'trigger' | 'inputs' | 'createdAt'>): RunStarted {
  return {
    kind: 'run_started',
    at: run.createdAt.toISOString(),
    actor: run.actor,
    trigger: run.trigger,
    inputs: readObject(run.inputs),
  };
}
