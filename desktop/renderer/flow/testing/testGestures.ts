import { rootFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { type PinnedTest, testsJson, testsOf } from '@rondo/shared/runs/pinnedTests.ts';
import type { GestureDraft } from '../../canvas/gesture.ts';
import { placeOf, setRondo } from '../../canvas/gesture.ts';

/** The pinned tests of a document's own flow. */
export function testsIn(tree: JsonObject): PinnedTest[] {
  const flow = rootFlow(tree);
  return flow ? testsOf(flow) : [];
}

/** Adds a test, or puts it in place of the one with its id. */
export function keepTest(draft: GestureDraft, test: PinnedTest): void {
  const tests = testsIn(draft.tree);
  const at = tests.findIndex((one) => one.id === test.id);
  write(draft, at === -1 ? [...tests, test] : tests.with(at, test));
}

/** Takes a test away. */
export function removeTest(draft: GestureDraft, id: string): void {
  write(
    draft,
    testsIn(draft.tree).filter((test) => test.id !== id),
  );
}

function write(draft: GestureDraft, tests: readonly PinnedTest[]): void {
  const flow = rootFlow(draft.tree);
  if (flow) draft.run(setRondo(placeOf(flow), 'tests', tests.length === 0 ? undefined : testsJson(tests)));
}
