import { blankDocument, newNode } from '@rondo/shared/oas/create.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import { expect, test } from 'vitest';
import { addStep, connectSteps } from '../canvas/drawing.ts';
import { draftGesture, partOf, placeOf, setIn } from '../canvas/gesture.ts';
import { makeWords } from '../messages/useT.ts';
import { changeWords } from './ChangeList.tsx';
import { changesBetween } from './changes.ts';

const t = makeWords('en');

function drawn() {
  const tree = blankDocument('Changes');
  const view = openFlow(tree);
  if (!view) throw new Error('no flow');
  const draft = draftGesture(tree, view.id);
  const ai = addStep(draft, newNode('ai', { name: 'Write' }), {
    at: { x: 0, y: 0 },
    after: { node: view.startId, branch: 'next' },
  });
  return { draft, ai, before: draft.tree, first: view.startId };
}

const words = (...of: Parameters<typeof changesBetween>) =>
  changesBetween(...of).map((change) => changeWords(change, t));

test('the first version lists every step', () => {
  const { before } = drawn();
  expect(words(undefined, before)).toEqual(['Added “Start”', 'Added “End”', 'Added “Write”']);
});

test('moving and noting is no change', () => {
  const { draft, ai, before } = drawn();
  draft.run({ type: 'move', node: ai, x: 999, y: 3 });
  expect(words(before, draft.tree)).toEqual([]);
});

test('changes are said in words: fields with their values, also of the model inside, names, ways', () => {
  const { draft, ai, before, first } = drawn();
  const node = draft.node(ai);
  const model = node && partOf(draft.tree, node.component, 'llm_config');
  if (!node || !model) throw new Error('gone');
  draft.run(setIn(model, 'model_id', 'other'), { type: 'rename', component: ai, name: 'Draft' });
  draft.run(setIn(placeOf(node.component), 'prompt_template', 'Be brief: {{ text }}'));
  const end = draft.view().nodes.find((other) => other.type === 'EndNode')?.id ?? '';
  connectSteps(draft, first, 'next', end);
  expect(words(before, draft.tree)).toEqual([
    'Renamed “Write” to “Draft”',
    'Changed “Draft”: model id is “other”, was “practice”; prompt template is “Be brief: {{ text }}”, was “Summarise in two sentences: {{ text }}”',
    'Connected “Start” (next) to “End”',
    'Disconnected “Start” (next) from “Write”',
  ]);
});

test('a removed step is named', () => {
  const { draft, ai, before } = drawn();
  draft.run({ type: 'remove', flow: draft.view().id, node: ai });
  expect(words(before, draft.tree)).toEqual(['Removed “Write”']);
});
