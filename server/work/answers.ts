import type { Actor, WaitAnswer } from '@rondo/shared/runs/events.ts';
import type { PoolClient } from 'pg';
import type { KeptWait } from '../journal/rowChange.ts';
import { type Sql, sqlIn, sqlOn } from '../store/sql.ts';
import type { Transaction } from '../store/store.ts';

export interface GivenAnswer {
  runId: string;
  waitId: string;
  answer: WaitAnswer;
  actor: Actor;
}

/**
 * Puts the answer to a wait on record, in the caller's transaction; the next segment takes it into the journal. Call
 * `Work.wake` after the commit.
 *
 * @returns false when that wait was answered already, is not open, or its run has ended
 */
export function answerWait(tx: Transaction, given: GivenAnswer): Promise<boolean> {
  return answer(sqlIn(tx), given);
}

/** The same in a transaction of a connection. */
export function answerInside(client: PoolClient, given: GivenAnswer): Promise<boolean> {
  return answer(sqlOn(client), given);
}

async function answer(sql: Sql, given: GivenAnswer): Promise<boolean> {
  const { runId, waitId, actor } = given;
  // The lock puts answers and the segment's letting go in one order: whoever is second sees the first.
  const [run] = await sql<{ state: string; waits: string | null }>(
    'SELECT state, waits FROM run WHERE id = $1::uuid FOR UPDATE',
    [runId],
  );
  if (!run || !['queued', 'running', 'waiting'].includes(run.state)) return false;
  if (run.state === 'waiting') {
    const waits: KeptWait[] = JSON.parse(run.waits ?? '[]');
    if (!waits.some((wait) => wait.id === waitId)) return false;
  }
  const written = await sql(
    `INSERT INTO run_answer (run_id, wait_id, answer, actor_kind, actor_id, actor_name)
     VALUES ($1::uuid, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING run_id`,
    [runId, waitId, JSON.stringify(given.answer), actor.kind, actor.id, actor.name],
  );
  if (written.length === 0) return false;
  await sql(
    `UPDATE run SET woken = true, wake_at = NULL,
       state = CASE WHEN state = 'waiting' THEN 'queued' ELSE state END,
       queued_at = CASE WHEN state = 'waiting' THEN now() ELSE queued_at END
     WHERE id = $1::uuid`,
    [runId],
  );
  return true;
}
