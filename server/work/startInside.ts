import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { PoolClient } from 'pg';
import { insertQueuedRun, insertQueuedRuns, runOfKey } from '../journal/journal.ts';
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

/**
 * Starts several runs so, in one statement.
 * @param rules of the flow of each
 * @returns the run of each, in their order; where a start key was used before, the run that it started
 */
export async function startAllInside(
  client: PoolClient,
  starts: readonly { request: StartRequest; rules: RunRules }[],
): Promise<string[]> {
  const large = new LargeValues(client);
  const made = [];
  for (const { request, rules } of starts) {
    const { run, started } = newRun(request, rules);
    made.push(await keepContent(large, run, [started]));
  }
  const created = await insertQueuedRuns(client, made);
  const runs: string[] = [];
  for (const [index, { run }] of made.entries()) {
    const start = starts[index];
    if (created.has(run.id) || !start) runs.push(run.id);
    else runs.push((await startInside(client, start.request, [], start.rules)).runId);
  }
  return runs;
}
