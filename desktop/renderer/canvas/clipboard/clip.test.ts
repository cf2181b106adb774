import { blankDocument, newNode } from '@rondo/shared/oas/create.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { expect, test } from 'vitest';
import { feed } from '../dataGestures.ts';
import { addStep } from '../drawing.ts';
import { groupsOf, notesOf, writeGroup, writeNote } from '../frames/frames.ts';
import { draftGesture } from '../gesture.ts';
import { copySteps, pasteSteps } from './clip.ts';
import { clipText, readClip } from './clipText.ts';

function start(name = 'Drawing') {
  const tree = blankDocument(name);
  const view = openFlow(tree);
  return { draft: draftGesture(tree, view.id), first: view.startId };
}

const ways = (draft: ReturnType<typeof start>['draft']) => {
  const view = draft.view();
  const name = (id: string) => view.nodeById.get(id)?.name;
  return view.controlEdges.map((edge) => `${name(edge.from)} ${edge.branch} ${name(edge.to)}`);
};
const errors = (tree: JsonObject) => validate(tree).filter((problem) => problem.severity === 'error');

/** Two steps in a row whose model stands among the referenced components, used by both. */
function withSharedModel() {
  const { draft, first } = start();
  const model = {
    component_type: 'OllamaConfig',
    id: 'model-1',
    name: 'Ours',
    model_id: 'small',
    url: 'http://m.test',
  };
  draft.run({ type: 'set', component: '', pointer: '/$referenced_components/model-1', value: model });
  const ref = { $component_ref: 'model-1' };
  const ids = ['Write', 'Check'].map((name, index) => {
    const node = { ...newNode('ai', { name }), llm_config: ref };
    return addStep(draft, node, { at: { x: 320 * index, y: 0 }, after: { node: first, branch: 'next' } });
  });
  const [write = '', check = ''] = ids.toReversed();
  feed(draft, check, 'text', { node: write, output: 'generated_text' });
  return { draft, write, check };
}

test('a copy inside a flow shares what is referred to and has its own of what stands inside', () => {
  const { draft, first } = start();
  const ai = addStep(draft, newNode('ai', { name: 'Write' }), {
    at: { x: 0, y: 0 },
    after: { node: first, branch: 'next' },
  });
  const tell = addStep(draft, newNode('message', { name: 'Tell' }), {
    at: { x: 320, y: 0 },
    after: { node: ai, branch: 'next' },
  });
  const { steps: ids } = pasteSteps(draft, copySteps(draft.tree, draft.view(), new Map(), [ai, tell, first]), {
    x: 40,
    y: 40,
  });
  expect(ids).toHaveLength(2);
  expect(ways(draft)).toContain('Write 2 next Tell 2');
  const models = draft
    .view()
    .nodes.filter((node) => node.type === 'LlmNode')
    .map((node) => (node.component.llm_config as JsonObject).id);
  expect(new Set(models).size).toBe(2);
});

test('steps go through text into another flow, with the parts that they refer to', () => {
  const { draft, write, check } = withSharedModel();
  const text = clipText(copySteps(draft.tree, draft.view(), new Map(), [write, check]), 'Copied');
  expect(JSON.parse(text)).toMatchObject({ component_type: 'Flow', agentspec_version: '26.1.2' });
  const pasted = readClip(text);
  if (!('clip' in pasted)) throw new Error(pasted.problem);
  const other = start('Other').draft;
  pasteSteps(other, pasted.clip, { x: 0, y: 0 });
  expect(ways(other)).toContain('Check next Write');
  expect(other.view().dataEdges.filter((edge) => edge.input === 'text')).toHaveLength(1);
  expect((other.tree.$referenced_components as JsonObject)['model-1']).toMatchObject({ url: 'http://m.test' });
  expect(errors(other.tree)).toEqual([]);
  // a second time: nothing is added twice
  pasteSteps(other, pasted.clip, { x: 0, y: 200 });
  const parts = Object.values(other.tree.$referenced_components as JsonObject) as JsonObject[];
  expect(parts.filter((part) => part.component_type === 'OllamaConfig')).toHaveLength(1);
});

test('what has the name of something else gets a name of its own', () => {
  const { draft, write } = withSharedModel();
  const clip = copySteps(draft.tree, draft.view(), new Map(), [write]);
  const other = start('Other').draft;
  other.run({
    type: 'set',
    component: '',
    pointer: '/$referenced_components/model-1',
    value: { component_type: 'OllamaConfig', id: 'model-1', name: 'Theirs', model_id: 'large', url: 'http://t.test' },
  });
  const [id = ''] = pasteSteps(other, clip, { x: 0, y: 0 }).steps;
  const model = other.node(id)?.component.llm_config as { $component_ref: string };
  expect(model.$component_ref).not.toBe('model-1');
  expect((other.tree.$referenced_components as JsonObject)[model.$component_ref]).toMatchObject({
    name: 'Ours',
    id: model.$component_ref,
  });
});

test('a whole flow is its steps without the start; other texts are told apart', () => {
  const { draft } = withSharedModel();
  const pasted = readClip(JSON.stringify(draft.tree));
  if (!('clip' in pasted)) throw new Error(pasted.problem);
  expect(pasted.clip.nodes.map((node) => node.name).sort()).toEqual(['Check', 'End', 'Write']);
  expect(readClip('Dear all, please find attached')).toEqual({ problem: 'notOas' });
  expect(readClip('{"amount": 3}')).toEqual({ problem: 'notOas' });
  expect(readClip(JSON.stringify({ component_type: 'Agent', name: 'a' }))).toEqual({ problem: 'empty' });
  expect('clip' in readClip(JSON.stringify(newNode('message', { name: 'Tell' })))).toBe(true);
});

test('notes come along, and groups with all their steps; a group that is only partly copied does not', () => {
  const { draft, write, check } = withSharedModel();
  writeGroup(draft, { id: 'g1', name: 'Text', steps: [write, check], folded: false });
  writeNote(draft, { id: 'n1', text: 'Why?', color: 'blue', x: 10, y: -200, width: 200, height: 100 });
  const part = copySteps(draft.tree, draft.view(), new Map(), [write], ['n1']);
  expect([part.groups, part.notes.map(({ text }) => text)]).toEqual([[], ['Why?']]);
  // a chosen group brings its steps
  const clip = copySteps(draft.tree, draft.view(), new Map(), [], ['g1', 'n1']);
  expect(clip.nodes).toHaveLength(2);
  const pasted = readClip(clipText(clip, 'Copied'));
  if ('problem' in pasted) throw new Error(pasted.problem);
  const { draft: other } = start('Other');
  const put = pasteSteps(other, pasted.clip, { x: 100, y: 50 });
  expect(groupsOf(other.view()).map(({ name, steps }) => [name, new Set(steps)])).toEqual([
    ['Text', new Set(put.steps)],
  ]);
  expect(notesOf(other.view())).toMatchObject([{ id: put.notes[0], text: 'Why?', color: 'blue', x: 110, y: -150 }]);
  expect(put.notes[0]).not.toBe('n1');
  // beside the first ones, in the same flow
  pasteSteps(draft, clip, { x: 40, y: 40 });
  expect(groupsOf(draft.view()).map(({ name, steps }) => [name, steps.length])).toEqual([
    ['Text', 2],
    ['Text', 2],
  ]);
  const { draft: third } = start('Notes');
  const alone = readClip(clipText(copySteps(draft.tree, draft.view(), new Map(), [], ['n1']), 'A note'));
  if ('problem' in alone) throw new Error(alone.problem);
  expect(pasteSteps(third, alone.clip, { x: 0, y: 0 }).steps).toEqual([]);
  expect(notesOf(third.view())).toHaveLength(1);
});
