import { blankDocument, newNode } from '@rondo/shared/oas/create.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import { expect, test } from 'vitest';
import {
  addValue,
  declare,
  feed,
  feedPlaceholder,
  placeholderFor,
  settleInputs,
  sourcesOf,
  unfeed,
} from './dataGestures.ts';
import { addStep, connectSteps, earlierSteps, removeSteps, whyNotConnect } from './drawing.ts';
import { draftGesture, placeOf, setIn, titleOf } from './gesture.ts';

function start() {
  const tree = blankDocument('Drawing');
  const view = openFlow(tree);
  if (!view) throw new Error('no flow');
  const end = view.nodes.find((node) => node.type === 'EndNode')?.id ?? '';
  return { draft: draftGesture(tree, view.id), first: view.startId, end };
}

const ways = (draft: ReturnType<typeof start>['draft']) => {
  const view = draft.view();
  const name = (id: string) => view.nodeById.get(id)?.name;
  return view.controlEdges.map((edge) => `${name(edge.from)} ${edge.branch} ${name(edge.to)}`);
};

test('a step that is added on an edge stands between its ends', () => {
  const { draft } = start();
  const into = draft.view().controlEdges[0];
  addStep(draft, newNode('message', { name: 'Tell' }), { at: { x: 1, y: 2 }, into });
  expect(ways(draft)).toEqual(['Start next Tell', 'Tell next End']);
});

test('a step that is added after a branch goes on where the branch led', () => {
  const { draft, first } = start();
  addStep(draft, newNode('decide', { name: 'Size' }), { at: { x: 0, y: 0 }, after: { node: first, branch: 'next' } });
  expect(ways(draft).sort()).toEqual(
    [`Size ${draft.view().nodes.find((node) => node.name === 'Size')?.branches[0]} End`, 'Start next Size'].sort(),
  );
});

test('two steps never get the same name, and stand on the grid', () => {
  const { draft } = start();
  for (let count = 0; count < 2; count += 1) addStep(draft, newNode('wait', { name: 'Wait' }), { at: { x: 3, y: 5 } });
  const names = draft.view().nodes.map((node) => node.name);
  expect(names).toEqual(['Start', 'End', 'Wait', 'Wait 2']);
  expect(draft.view().nodes.at(-1)?.position).toEqual({ x: 0, y: 8 });
});

test('deleting a step joins its neighbours, deleting a fork does not guess', () => {
  const { draft, first, end } = start();
  const one = addStep(draft, newNode('message', { name: 'One' }), {
    at: { x: 0, y: 0 },
    after: { node: first, branch: 'next' },
  });
  expect(removeSteps(draft, [one])).toEqual([]);
  expect(ways(draft)).toEqual(['Start next End']);
  const fork = addStep(draft, newNode('decide', { name: 'Fork' }), {
    at: { x: 0, y: 0 },
    after: { node: first, branch: 'next' },
  });
  const other = addStep(draft, newNode('end', { name: 'Other end' }), { at: { x: 0, y: 0 } });
  connectSteps(draft, fork, 'yes', end);
  connectSteps(draft, fork, 'default', other);
  removeSteps(draft, [fork]);
  expect(ways(draft)).toEqual([]);
  expect(removeSteps(draft, [first])).toEqual(['Start']);
});

test('a branch leads to one step only', () => {
  const { draft, first, end } = start();
  const other = addStep(draft, newNode('end', { name: 'Other' }), { at: { x: 0, y: 0 } });
  connectSteps(draft, first, 'next', other);
  expect(ways(draft)).toEqual(['Start next Other']);
  expect(whyNotConnect(draft.view(), end, other)).toBe('fromEnd');
  expect(whyNotConnect(draft.view(), other, first)).toBe('toStart');
  expect(whyNotConnect(draft.view(), first, first)).toBe('toItself');
});

test('earlier steps are those from which a step can be reached', () => {
  const { draft, first, end } = start();
  const one = addStep(draft, newNode('message', { name: 'One' }), {
    at: { x: 0, y: 0 },
    after: { node: first, branch: 'next' },
  });
  addStep(draft, newNode('message', { name: 'Aside' }), { at: { x: 0, y: 0 } });
  expect(earlierSteps(draft.view(), end).map((node) => node.name)).toEqual(['One', 'Start']);
  expect(earlierSteps(draft.view(), one).map((node) => node.name)).toEqual(['Start']);
});

test('inputs of the start reach the flow, and a rename takes its edges along', () => {
  const { draft, first, end } = start();
  declare(draft, first, 'inputs', [{ title: 'amount', type: 'number' }]);
  expect(draft.view().inputs.map(titleOf)).toEqual(['amount']);
  addValue(draft, end, { node: first, output: 'amount' }, 'amount');
  expect(draft.view().outputs).toMatchObject([{ title: 'amount', type: 'number' }]);
  declare(draft, first, 'inputs', [{ title: 'total', type: 'number' }], [{ from: 'amount', to: 'total' }]);
  expect(sourcesOf(draft.view(), end, 'amount')).toMatchObject([{ source: first, output: 'total' }]);
  declare(draft, first, 'inputs', []);
  expect(sourcesOf(draft.view(), end, 'amount')).toEqual([]);
});

test('a value in a text becomes placeholder, input and edge; taking it out takes them off', () => {
  const { draft, first } = start();
  declare(draft, first, 'inputs', [{ title: 'name', type: 'string' }]);
  const tell = addStep(draft, newNode('message', { name: 'Tell' }), {
    at: { x: 0, y: 0 },
    after: { node: first, branch: 'next' },
  });
  const node = () => {
    const found = draft.node(tell);
    if (!found) throw new Error('gone');
    return found;
  };
  const name = placeholderFor(draft.view(), node(), { node: first, output: 'name' });
  draft.run(setIn(placeOf(node().component), 'message', `Hello {{ ${name} }}`));
  settleInputs(draft, tell);
  feed(draft, tell, name, { node: first, output: 'name' });
  expect(node().inputs.map(titleOf)).toEqual(['name']);
  expect(sourcesOf(draft.view(), tell, 'name')).toHaveLength(1);
  // the same value again has the same name; another value cannot take it
  expect(placeholderFor(draft.view(), node(), { node: first, output: 'name' })).toBe('name');
  expect(placeholderFor(draft.view(), node(), { node: 'elsewhere', output: 'name' })).toBe('name_2');
  draft.run(setIn(placeOf(node().component), 'message', 'Hello'));
  settleInputs(draft, tell);
  expect(node().inputs).toEqual([]);
  expect(draft.view().dataEdges).toEqual([]);
});

test('an edge by name is written out when one of them is taken off', () => {
  const { draft, first, end } = start();
  const view = draft.view();
  draft.run(setIn(placeOf(view.component), 'data_flow_connections', null));
  declare(draft, first, 'inputs', [
    { title: 'a', type: 'string' },
    { title: 'b', type: 'string' },
  ]);
  declare(draft, end, 'outputs', [
    { title: 'a', type: 'string' },
    { title: 'b', type: 'string' },
  ]);
  const edge = sourcesOf(draft.view(), end, 'a')[0];
  expect(edge?.inferred).toBe(true);
  if (edge) unfeed(draft, edge);
  expect(draft.view().dataEdges.map((other) => [other.output, other.inferred])).toEqual([['b', false]]);
});

test('a value put into the title of a review becomes an input of the review, and stays one', () => {
  const { draft, first } = start();
  declare(draft, first, 'outputs', [{ title: 'customer', type: 'string' }]);
  const review = newNode('review');
  addStep(draft, review, { at: { x: 0, y: 0 }, after: { node: first, branch: 'next' } });
  const id = String(review.id);
  feedPlaceholder(draft, id, 'customer', { node: first, output: 'customer' });
  settleInputs(draft, id);
  addValue(draft, id, { node: first, output: 'customer' }, 'again');
  expect(draft.node(id)?.inputs.map(({ title }) => title)).toEqual(['customer', 'again']);
  expect(draft.view().dataEdges.map((edge) => edge.input)).toEqual(['customer', 'again']);
});
