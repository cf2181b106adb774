import { rootFlow } from '@rondo/shared/oas/flow.ts';
import { type JsonObject, sameJson } from '@rondo/shared/oas/json.ts';
import type { RunStarted } from '@rondo/shared/runs/events.ts';
import { fold } from '@rondo/shared/runs/fold.ts';
import { judge, type PinnedTest, testsOf } from '@rondo/shared/runs/pinnedTests.ts';
import type { Transaction } from '../store/store.ts';
import { OperationError } from './errors.ts';
import { checkedInputs } from './runInputs.ts';
import type { Services } from './services.ts';

/** Runs of tests of one draft that are looked at, the newest first. */
const mostLookedAt = 500;

/**
 * Pinned tests of a draft that have not passed on exactly this text of it: the newest run of each counts.
 * @param hash of the draft's text
 */
export async function testsNotPassed(
  services: Services,
  tx: Transaction,
  { flowId, hash, document }: { flowId: string; hash: string; document: JsonObject },
): Promise<PinnedTest[]> {
  const flow = rootFlow(document);
  const open = new Map((flow ? testsOf(flow) : []).map((test) => [test.id, test]));
  const failed: PinnedTest[] = [];
  if (open.size === 0) return failed;
  const runs = await tx.run.findMany({
    where: { flowId, documentHash: hash, trigger: 'check' },
    orderBy: { id: 'desc' },
    take: mostLookedAt,
    select: { id: true },
  });
  for (const { id } of runs) {
    if (open.size === 0) break;
    const events = await services.large.restored(id, await services.runs.events(id, 0));
    const started = events[0];
    if (started?.kind !== 'run_started') continue;
    const test = open.get(started.partial?.test?.id ?? '');
    if (!test || !isRunOf(document, test, started)) continue;
    open.delete(test.id);
    if (judge(test, fold(events)).state !== 'passed') failed.push(test);
  }
  return [...open.values(), ...failed];
}

/** Was exactly this test run: its inputs, all of the flow, and nothing taken as given but what it says? */
function isRunOf(document: JsonObject, test: PinnedTest, { inputs, partial }: RunStarted): boolean {
  if (!partial || partial.flow !== undefined || partial.from !== undefined || partial.to !== undefined) return false;
  if (!sameJson((partial.given ?? {}) as unknown as JsonObject, test.given as unknown as JsonObject)) return false;
  try {
    return sameJson(checkedInputs(document, test.inputs), inputs);
  } catch (error) {
    if (error instanceof OperationError) return false;
    throw error;
  }
}

/** “A”, “B” and 3 more. */
export function namesOf(tests: readonly PinnedTest[]): string {
  const shown = tests.slice(0, 3).map((test) => `“${test.name}”`);
  const rest = tests.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
