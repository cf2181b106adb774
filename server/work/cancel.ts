import type { Actor } from '@rondo/shared/runs/events.ts';
import { isTerminal, type RunState } from '@rondo/shared/runs/states.ts';
import type { PoolClient } from 'pg';
import { clock } from '../store/clock.ts';
import { sqlOn } from '../store/sql.ts';
import { endUnheld, lockRun } from './endUnheld.ts';

export interface CancelResult {
  /** undefined = there is no such run */
  state: RunState | undefined;
  flowId: string | null;
  /** `asked`: the process that holds the run must break it off */
  done: 'cancelled' | 'asked' | 'nothing';
}

/**
 * Cancels a run that nobody holds at once, with its event in the journal; for a run that is under way, leaves word for
 * its holder. A run that has ended stays as it is (G3). In the caller's transaction; its children are cancelled by who
 * acts on ended runs.
 */
export async function requestCancel(client: PoolClient, runId: string, actor: Actor): Promise<CancelResult> {
  const run = await lockRun(sqlOn(client), runId);
  if (!run) return { state: undefined, flowId: null, done: 'nothing' };
  if (isTerminal(run.state)) return { state: run.state, flowId: run.flow_id, done: 'nothing' };
  if (run.state === 'running') {
    await client.query('UPDATE run SET cancel_requested = true, cancel_by = coalesce(cancel_by, $2) WHERE id = $1', [
      runId,
      JSON.stringify(actor),
    ]);
    return { state: 'running', flowId: run.flow_id, done: 'asked' };
  }
  await endUnheld(sqlOn(client), run, { kind: 'run_cancelled', at: clock.now().toISOString(), actor });
  return { state: 'cancelled', flowId: run.flow_id, done: 'cancelled' };
}
