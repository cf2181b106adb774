import type { Actor, RunEvent, RunTrigger } from '@rondo/shared/runs/events.ts';
import { isTerminal, type RunState } from '@rondo/shared/runs/states.ts';
import type { Pool } from 'pg';
import { startedEvent } from './claims.ts';

interface Row {
  state: RunState;
  flow_id: string | null;
  next_seq: number;
  actor_kind: Actor['kind'];
  actor_id: string;
  actor_name: string;
  trigger: RunTrigger;
  inputs: string;
  created_at: Date;
}

export interface CancelResult {
  /** undefined = there is no such run */
  state: RunState | undefined;
  flowId: string | null;
  /** `asked`: the process that holds the run must break it off */
  done: 'cancelled' | 'asked' | 'nothing';
}

/**
 * Cancels a run that nobody holds at once, with its event in the journal; for a run that is under way, leaves word for
 * its holder. A run that has ended stays as it is (G3).
 */
export async function requestCancel(pool: Pool, runId: string, actor: Actor): Promise<CancelResult> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await decide();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }

  async function decide(): Promise<CancelResult> {
    const { rows } = await client.query<Row>(
      `SELECT state, flow_id, next_seq, actor_kind, actor_id, actor_name, trigger, inputs, created_at
       FROM run WHERE id = $1 FOR UPDATE`,
      [runId],
    );
    const run = rows[0];
    if (!run) return { state: undefined, flowId: null, done: 'nothing' };
    if (isTerminal(run.state)) return { state: run.state, flowId: run.flow_id, done: 'nothing' };
    if (run.state === 'running') {
      await client.query('UPDATE run SET cancel_requested = true, cancel_by = coalesce(cancel_by, $2) WHERE id = $1', [
        runId,
        JSON.stringify(actor),
      ]);
      return { state: 'running', flowId: run.flow_id, done: 'asked' };
    }
    const events: RunEvent[] = [{ kind: 'run_cancelled', at: new Date().toISOString(), actor }];
    if (run.next_seq === 0) {
      const starter: Actor = { kind: run.actor_kind, id: run.actor_id, name: run.actor_name };
      events.unshift(startedEvent({ ...run, actor: starter, createdAt: run.created_at }));
    }
    await client.query(
      `UPDATE run SET state = 'cancelled', finished_at = now(), waits = NULL, wake_at = NULL, queued_at = NULL,
         next_seq = next_seq + $2 WHERE id = $1`,
      [runId, events.length],
    );
    await client.query('INSERT INTO run_journal (run_id, first_seq, count, events) VALUES ($1, $2, $3, $4)', [
      runId,
      run.next_seq,
      events.length,
      JSON.stringify(events),
    ]);
    await client.query("UPDATE review SET state = 'withdrawn' WHERE run_id = $1 AND state = 'open'", [runId]);
    return { state: 'cancelled', flowId: run.flow_id, done: 'cancelled' };
  }
}
