import { blankDocument, blankFlow, newNode } from '@rondo/shared/oas/create.ts';
import { applyCommands } from '@rondo/shared/oas/edit.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { expect, test } from 'vitest';
import { addStep } from '../drawing.ts';
import { writeNote } from '../frames/frames.ts';
import { draftGesture } from '../gesture.ts';
import { findInFlow } from './findInFlow.ts';
import { replaceInFlow } from './replaceInFlow.ts';

/** A flow that says “order” in a name, a prompt, an address, a note, a flow inside, and in wiring. */
function orders() {
  const tree = blankDocument('Orders');
  const flow = openFlow(tree).id;
  const draft = draftGesture(tree, flow);
  const ai = {
    ...newNode('ai', { name: 'Check the order' }),
    inputs: [{ title: 'order', type: 'string' }],
    prompt_template: 'Is this Order fine? {{ order }} An order is fine when it is paid.',
  };
  const api = { ...newNode('api', { name: 'Send' }), url: 'https://example.com/order' };
  const inner = blankFlow('Inside');
  const at = { x: 0, y: 0 };
  for (const node of [ai, api, newNode('flow', { name: 'Rest', subflow: inner })]) addStep(draft, node, { at });
  const within = draftGesture(draft.tree, String(inner.id));
  addStep(within, { ...newNode('message', { name: 'Tell' }), message: 'Your order is on its way' }, { at });
  const last = draftGesture(within.tree, flow);
  writeNote(last, { id: 'n1', text: 'order of steps?', color: 'grey', x: 0, y: 0, width: 200, height: 100 });
  return { tree: last.tree, flow };
}

test('names, texts, prompts, addresses and notes are found, in flows inside too; wiring is told apart', () => {
  const { tree, flow } = orders();
  const found = findInFlow(tree, flow, { text: 'order', matchCase: false });
  expect(found.map(({ pointer, places }) => [pointer.split('/').at(-1), places.map(({ wired }) => wired)])).toEqual([
    ['name', [false]],
    ['prompt_template', [false, true, false]],
    ['url', [false]],
    ['text', [false]],
    ['message', [false]],
  ]);
  expect(findInFlow(tree, flow, { text: 'Order', matchCase: true })).toHaveLength(1);
  expect(findInFlow(tree, flow, { text: '', matchCase: false })).toEqual([]);
});

test('replacing all is one list of commands that leaves wiring alone and can be taken back', () => {
  const { tree, flow } = orders();
  const found = findInFlow(tree, flow, { text: 'order', matchCase: false });
  const commands = replaceInFlow(
    tree,
    found.map((each) => ({ found: each })),
    5,
    'invoice',
  );
  const { tree: changed, inverse } = applyCommands(tree, commands);
  const ai = openFlow(changed, flow).nodes.find((node) => node.type === 'LlmNode');
  expect(ai?.name).toBe('Check the invoice');
  expect(ai?.component.prompt_template).toBe('Is this invoice fine? {{ order }} An invoice is fine when it is paid.');
  expect(ai?.inputs.map((input) => input.title)).toEqual(['order']);
  expect(findInFlow(changed, flow, { text: 'invoice', matchCase: true })).toHaveLength(5);
  expect(applyCommands(changed, inverse).tree).toEqual(tree);
});

test('a new text that asks for other values settles the inputs', () => {
  const { tree, flow } = orders();
  const [, prompt] = findInFlow(tree, flow, { text: 'paid', matchCase: true }).concat(
    findInFlow(tree, flow, { text: 'it is paid', matchCase: true }),
  );
  if (!prompt) throw new Error('not found');
  const commands = replaceInFlow(tree, [{ found: prompt }], 'it is paid'.length, '{{ payer }} paid');
  const { tree: changed } = applyCommands(tree, commands);
  const ai = openFlow(changed, flow).nodes.find((node) => node.type === 'LlmNode');
  expect(ai?.inputs.map((input) => input.title)).toEqual(['order', 'payer']);
  expect(validate(changed).filter(({ code }) => code === 'OAS-INPUT-UNDECLARED')).toEqual([]);
});

test('the title and the words of a review are found and replaced; names of its values and decisions are not touched', () => {
  const tree = blankDocument('Claims');
  const flow = openFlow(tree).id;
  const draft = draftGesture(tree, flow);
  const review = newNode('review', { name: 'Look' });
  addStep(draft, review, { at: { x: 0, y: 0 } });
  const found = findInFlow(draft.tree, flow, { text: 'reject', matchCase: false });
  expect(found.map(({ text }) => text)).toContain('Reject');
  const all = found.map((each) => ({ found: each }));
  const after = applyCommands(draft.tree, replaceInFlow(draft.tree, all, 'reject'.length, 'Send back')).tree;
  const text = JSON.stringify(after);
  expect(text).toContain('"text":"Send back"');
  expect(text).toContain('"name":"reject"');
  expect(validate(after).filter(({ severity }) => severity === 'error')).toEqual(
    validate(draft.tree).filter(({ severity }) => severity === 'error'),
  );
});
