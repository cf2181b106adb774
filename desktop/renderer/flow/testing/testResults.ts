import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { fold, foldMore, type RunView } from '@rondo/shared/runs/fold.ts';
import { judge, type PinnedTest, type Verdict } from '@rondo/shared/runs/pinnedTests.ts';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { followRun, startRun } from '../flowApi.ts';

/** How a test stands on one state of the draft. */
export interface TestResult {
  /** the document that it ran on: of another one the result says nothing */
  tree: JsonObject;
  runId: string | null;
  verdict: Verdict | { state: 'error'; message: string };
}

type Results = { [testId: string]: TestResult };

/** The results of the flows that are open, by flow: the drawer and the publish dialog show the same. */
const results = createStore<{ [flowId: string]: Results }>(() => ({}));

/** Tests of one flow that ran on this state of its draft. */
export function useTestResults(flowId: string, tree: JsonObject): Results {
  const all = useStore(results, (state) => state[flowId]);
  return Object.fromEntries(Object.entries(all ?? {}).filter(([, result]) => result.tree === tree));
}

/** So many tests run at once. */
const atOnce = 3;

/**
 * Runs pinned tests of a draft that is saved; each result is shown as it comes.
 * @returns when all have passed or failed
 */
export async function runTests(flowId: string, tree: JsonObject, tests: readonly PinnedTest[]): Promise<void> {
  const tell = (test: PinnedTest, runId: string | null, verdict: TestResult['verdict']) =>
    results.setState((old) => ({ [flowId]: { ...old[flowId], [test.id]: { tree, runId, verdict } } }));
  for (const test of tests) tell(test, null, { state: 'running' });
  const queue = [...tests];
  const work = async () => {
    for (let test = queue.shift(); test; test = queue.shift()) await runOne(flowId, test, tell);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

async function runOne(
  flowId: string,
  test: PinnedTest,
  tell: (test: PinnedTest, runId: string | null, verdict: TestResult['verdict']) => void,
): Promise<void> {
  try {
    const partial = { given: test.given, test: { id: test.id, name: test.name } };
    const { runId } = await startRun({ flowId, version: 'draft', inputs: test.inputs, partial });
    tell(test, runId, { state: 'running' });
    tell(test, runId, await verdictOf(test, runId));
  } catch (error) {
    tell(test, null, { state: 'error', message: error instanceof Error ? error.message : String(error) });
  }
}

/** Follows a run until the test has its verdict. */
function verdictOf(test: PinnedTest, runId: string): Promise<Verdict> {
  return new Promise((resolve) => {
    let view: RunView | undefined;
    let seen = -1;
    const stop = followRun(
      runId,
      (batch) => {
        const fresh = batch.events.filter((event) => event.seq > seen);
        seen = fresh.reduce((last, event) => Math.max(last, event.seq), seen);
        view = view ? foldMore(view, fresh) : fold(fresh);
        const verdict = judge(test, view);
        if (verdict.state === 'running') return;
        queueMicrotask(() => stop());
        resolve(verdict);
      },
      // the subscription goes on by itself when the connection is back
      (error) => console.warn('The live view of the run was interrupted.', error),
    );
  });
}
