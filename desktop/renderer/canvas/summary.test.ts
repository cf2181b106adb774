import type { NodeKind } from '@rondo/shared/oas/create.ts';
import { blankDocument, newNode, nodeKinds } from '@rondo/shared/oas/create.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { expect, test } from 'vitest';
import { english } from '../messages/testing/wholeCatalogue.ts';
import { makeWords } from '../messages/useT.ts';
import { addStep } from './drawing.ts';
import { draftGesture } from './gesture.ts';
import { kindOfNode } from './steps.ts';
import { durationWords, summaryOf } from './summary.ts';
import { stepTowards } from './walk.ts';

const t = makeWords('en', english);

test('every new step is known by its kind, and its card says what it does', () => {
  const tree = blankDocument('Kinds');
  const view = openFlow(tree);
  const draft = draftGesture(tree, view?.id ?? '');
  for (const kind of nodeKinds) {
    if (kind === 'start') continue;
    const id = addStep(draft, newNode(kind), { at: { x: 0, y: 0 } });
    const node = draft.node(id);
    if (!node) throw new Error(kind);
    expect(kindOfNode(draft.tree, node)).toBe(kind);
    expect(summaryOf(draft.tree, node, kind, t), kind).not.toBe('');
  }
});

test('summaries name the deciding value, the web call, the time', () => {
  const tree = blankDocument('Summaries');
  const draft = draftGesture(tree, openFlow(tree)?.id ?? '');
  const line = (component: ReturnType<typeof newNode>) => {
    const node = draft.node(addStep(draft, component, { at: { x: 0, y: 0 } }));
    return node ? summaryOf(draft.tree, node, kindOfNode(draft.tree, node), t) : '';
  };
  const mapping = { inputs: [{ title: 'status', type: 'string' }], mapping: { a: 'approved', r: 'rejected' } };
  expect(line({ ...newNode('decide'), ...mapping })).toBe('by status: approved, rejected');
  expect(line({ ...newNode('api'), url: 'https://api.example.com/orders', http_method: 'post' })).toBe(
    'POST api.example.com/orders',
  );
  expect(line(newNode('wait'))).toBe('1 minute');
  expect(line({ ...newNode('message'), message: 'Hello {{ name }}' })).toBe('“Hello name”');
  expect(durationWords(7_200, t)).toBe('2 hours');
  expect(durationWords(90, t)).toBe('90 seconds');
});

test('the arrows walk along edges, and up and down to the nearest', () => {
  const positions = new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 300, y: 0 }],
    ['c', { x: 300, y: 200 }],
    ['far', { x: 1200, y: 0 }],
  ]);
  const edges = [
    { from: 'a', to: 'far' },
    { from: 'a', to: 'c' },
  ];
  expect(stepTowards('a', 'right', positions, edges)).toBe('c');
  expect(stepTowards('far', 'left', positions, edges)).toBe('a');
  expect(stepTowards('b', 'down', positions, edges)).toBe('c');
  expect(stepTowards('c', 'up', positions, edges)).toBe('b');
  expect(stepTowards('a', 'up', positions, edges)).toBeUndefined();
});

test('a wait says what it waits for, and how long at most', () => {
  const tree = blankDocument('Waits');
  const draft = draftGesture(tree, openFlow(tree).id);
  const line = (configuration: JsonObject, kind: NodeKind = 'wait') => {
    const made = newNode(kind);
    const tool = { ...(made.tool as JsonObject), configuration };
    const node = draft.node(addStep(draft, { ...made, tool }, { at: { x: 0, y: 0 } }));
    return node ? summaryOf(draft.tree, node, kind, t) : '';
  };
  expect(line({ mode: 'for', seconds: 7200 })).toBe('2 hours');
  expect(line({ mode: 'until', until: '{{ due }}' })).toBe('until due');
  expect(line({ mode: 'event', event: 'paid', timeoutSeconds: 3600 })).toBe('for the event paid, 1 hour at most');
  expect(line({ mode: 'event' })).toBe('No event named');
  expect(line({ mode: 'webhook' })).toBe('for a call of “callback”');
  expect(line({ flow: 'invoices' }, 'runFlow')).toBe('Runs invoices');
  expect(line({ flow: 'invoices', detached: true }, 'runFlow')).toBe('Starts invoices, goes on at once');
});
