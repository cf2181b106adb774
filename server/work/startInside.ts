import type { RunStarted } from '@rondo/shared/runs/events.ts';
import type { PoolClient } from 'pg';
import { insertQueuedRun } from '../journal/journal.ts';
import { newRunId } from './runId.ts';
import type { StartRequest } from './startRequest.ts';

/**
 * Starts a run in a transaction of the caller's, so that what started it (a fire of a schedule, a webhook's delivery)
 * and the run stand or fall together. The run is queued; call `Work.wake(runId)` after the commit.
 *
 * @returns `created: false` names the run that the same start key has started before
 */
export async function startInside(
  client: PoolClient,
  request: StartRequest,
): Promise<{ runId: string; created: boolean }> {
  const createdAt = new Date();
  const run = { ...request, id: newRunId(), createdAt };
  const started: RunStarted = {
    kind: 'run_started',
    at: createdAt.toISOString(),
    actor: request.actor,
    trigger: request.trigger,
    inputs: request.inputs,
    ...(request.messages?.length ? { messages: request.messages } : {}),
  };
  if (await insertQueuedRun(client, run, [started])) return { runId: run.id, created: true };
  const { rows } = await client.query<{ id: string }>('SELECT id FROM run WHERE flow_id = $1 AND start_key = $2', [
    request.flowId,
    request.startKey,
  ]);
  const existing = rows[0];
  if (!existing) throw new Error('The run with this start key was made and removed.');
  return { runId: existing.id, created: false };
}
