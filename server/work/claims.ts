import type { Actor, RunStarted, RunTrigger } from '@rondo/shared/runs/events.ts';
import type { Pool } from 'pg';
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
  /** somebody asked for its end */
  cancelBy: Actor | null;
}

interface Row {
  id: string;
  flow_id: string | null;
  document_hash: string;
  holder: string;
  steps_done: number;
  actor_kind: Actor['kind'];
  actor_id: string;
  actor_name: string;
  trigger: RunTrigger;
  inputs: string;
  created_at: Date;
  cancel_requested: boolean;
  cancel_by: string | null;
}

const claimed = `
  SET state = 'running', holder = $2, woken = false, wake_at = NULL, queued_at = NULL,
    started_at = coalesce(started_at, now())`;
const columns = `run.id, flow_id, document_hash, holder, steps_done, actor_kind, actor_id, actor_name, trigger, inputs,
  created_at, cancel_requested, cancel_by`;

/** For a cancel whose actor is not on record. */
export const system: Actor = { kind: 'system', id: 'server', name: 'The server' };

function read(row: Row): ClaimedRun {
  return {
    id: row.id,
    flowId: row.flow_id,
    documentHash: row.document_hash,
    holder: row.holder,
    stepsDone: row.steps_done,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    trigger: row.trigger,
    inputs: row.inputs,
    createdAt: row.created_at,
    cancelBy: row.cancel_requested ? (row.cancel_by === null ? system : JSON.parse(row.cancel_by)) : null,
  };
}

/** Takes a queued run for a holder. Undefined = somebody else has it, or it waits or has ended. */
export async function claimRun(pool: Pool, runId: string, holder: string): Promise<ClaimedRun | undefined> {
  const { rows } = await pool.query<Row>({
    name: 'rondo_claim',
    text: `UPDATE run ${claimed} WHERE id = (
             SELECT id FROM run WHERE id = $1 AND state = 'queued' FOR UPDATE SKIP LOCKED
           ) RETURNING ${columns}`,
    values: [runId, holder],
  });
  return rows[0] && read(rows[0]);
}

/** Takes queued runs that nobody took for a while: their hints were lost, or nobody had room. */
export async function claimOverdue(pool: Pool, holder: string, most: number, overdueMs: number): Promise<ClaimedRun[]> {
  const { rows } = await pool.query<Row>({
    name: 'rondo_claim_overdue',
    text: `UPDATE run ${claimed} WHERE id IN (
             SELECT id FROM run WHERE state = 'queued' AND queued_at <= now() - $3 * interval '1 millisecond'
             ORDER BY queued_at LIMIT $1 FOR UPDATE SKIP LOCKED
           ) RETURNING ${columns}`,
    values: [most, holder, overdueMs],
  });
  return rows.map(read);
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
