import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { PoolClient } from 'pg';
import { insertQueuedRun, runOfKey } from '../journal/journal.ts';
import { LargeValues } from '../journal/largeValues.ts';
import { keepContent } from './newContent.ts';
import { newRun } from './newRun.ts';
import { type RunRules, rulesOf } from './rules.ts';
import type { StartRequest } from './startRequest.ts';

/**
 * Starts a run in a transaction of the caller's, so that what started it (a fire of a schedule, a webhook's delivery)
 * and the run stand or fall together. The run is queued, or held back by the limits of its flow; call
 * `Work.wake(runId)` after the commit.
 *
 * @param taken events that it takes over from the run that it tries again
 * @param known the flow's rules, where they were read already
 * @returns `created: false` names the run that the same start key has started before
 */
export async function startInside(
  client: PoolClient,
  request: StartRequest,
  taken: readonly RunEvent[] = [],
  known?: RunRules,
): Promise<{ runId: string; created: boolean }> {
  const rules = known ?? (await rulesOf(client, request.flowId));
  for (;;) {
    const { run, started } = newRun(request, rules);
    const kept = await keepContent(new LargeValues(client), run, [started, ...taken]);
    if (await insertQueuedRun(client, kept.run, kept.events)) return { runId: run.id, created: true };
    const existing = await runOfKey(client, run);
    if (existing) return { runId: existing.runId, created: false };
  }
}
