import { blankDocument, newEdge, newNode } from '@rondo/shared/oas/create.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { expect, test } from 'vitest';
import { configurationOf } from '../componentParts.ts';
import { addStep } from '../drawing.ts';
import { draftGesture, titleOf } from '../gesture.ts';
import { configure } from './configuration.ts';
import { branchOnTimeOut } from './timeOut.ts';

/** Start → wait → end, and a gesture that has just put the wait in. */
function withWait() {
  const tree = blankDocument('Waits');
  const view = openFlow(tree);
  const draft = draftGesture(tree, view.id);
  const id = addStep(draft, newNode('wait'), { at: { x: 300, y: 0 }, into: view.controlEdges[0] });
  return { draft, id };
}

test('texts of a configuration declare the inputs that they ask for; other inputs stay', () => {
  const { draft, id } = withWait();
  const inputs = () => draft.node(id)?.inputs.map(titleOf);
  configure(draft, id, { mode: 'event', event: 'paid.{{ order }}', key: '{{ order }} {{ customer }}' });
  expect(inputs()).toEqual(['order', 'customer']);
  configure(draft, id, { key: undefined });
  expect(inputs()).toEqual(['order']);
  const node = draft.node(id);
  expect(configurationOf(draft.tree, node?.component ?? {})).toEqual({
    seconds: 60,
    mode: 'event',
    event: 'paid.{{ order }}',
  });
});

test('the branch on a time-out takes over what came after the wait, in one gesture that is valid', () => {
  const { draft, id } = withWait();
  configure(draft, id, { mode: 'webhook', name: 'callback', seconds: undefined, timeoutSeconds: 60 });
  const wait = draft.node(id);
  const tool = wait?.component.tool;
  const outputs: JsonObject[] = [{ title: 'outcome', type: 'string' }, { title: 'payload' }];
  draft.run(
    { type: 'set', component: id, pointer: '/outputs', value: outputs },
    { type: 'set', component: (tool as { id: string }).id, pointer: '/outputs', value: outputs },
  );
  const after = draft.view().controlEdges.find((edge) => edge.from === id)?.to;
  const decide = branchOnTimeOut(draft, id, 'In time?', new Map());
  const view = draft.view();
  const edges = view.controlEdges.filter((edge) => edge.from === decide);
  expect(edges.map(({ branch, to }) => [branch, to])).toEqual([
    ['received', after],
    ['default', after],
  ]);
  expect(view.controlEdges.find((edge) => edge.from === id)?.to).toBe(decide);
  expect(view.dataEdges).toMatchObject([{ source: id, output: 'outcome', destination: decide, input: 'outcome' }]);
  draft.run({
    type: 'connect',
    flow: view.id,
    edge: newEdge({ from: decide, branch: 'timed_out', to: after ?? '' }),
  });
  expect(validate(draft.tree).filter((problem) => problem.severity === 'error')).toEqual([]);
});
