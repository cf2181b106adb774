import { blankDocument, newNode } from '@rondo/shared/oas/create.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import { expect, test } from 'vitest';
import { addStep, connectSteps } from '../canvas/drawing.ts';
import { groupsOf, notesOf, removeFrames, writeGroup, writeNote } from '../canvas/frames/frames.ts';
import { draftGesture, findFlow, partOf, placeOf, setIn } from '../canvas/gesture.ts';
import { english } from '../messages/testing/wholeCatalogue.ts';
import { makeWords } from '../messages/useT.ts';
import { changedSteps, changesBetween } from './changes.ts';
import { groupSentence } from './changeWords.ts';
import { drawnDiff, withRoom } from './drawnDiff.ts';
import { drawnFrames } from './drawnFrames.ts';
import { spreadMetadata } from './spreadMetadata.ts';
import { textPieces } from './textDiff.ts';
import { timeline } from './timeline.ts';

const t = makeWords('en', english);

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

const words = (...of: Parameters<typeof changesBetween>) => {
  const changes = changesBetween(...of);
  return changes.groups.map((group) => groupSentence(group, changes.names, t));
};

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
    'Renamed “Write” to “Draft”: Prompt is “Be brief: {{ text }}”, was “Summarise in two sentences: {{ text }}”; Model name of “Practice model” is “other”, was “practice”',
    'Changed “Start”: Goes (next) to “End”, went to “Draft”',
  ]);
});

test('a removed step is named', () => {
  const { draft, ai, before } = drawn();
  draft.run({ type: 'remove', flow: draft.view().id, node: ai });
  expect(words(before, draft.tree)).toEqual(['Removed “Write”']);
});

test('the two are drawn as one: what went stands where it stood, and hides behind nothing', () => {
  const { draft, ai, before, first } = drawn();
  draft.run({ type: 'remove', flow: draft.view().id, node: ai });
  const end = draft.view().nodes.find((other) => other.type === 'EndNode')?.id ?? '';
  connectSteps(draft, first, 'next', end);
  draft.run({ type: 'move', node: end, x: 8, y: 8 });
  const changes = changesBetween(before, draft.tree);
  const both = drawnDiff(findFlow(before, null), findFlow(draft.tree, null), changes.known);
  expect(both.view.nodes.map((node) => [node.name, both.sideOf.get(node.id)])).toEqual([
    ['Start', 'after'],
    ['End', 'after'],
    ['Write', 'before'],
  ]);
  expect(both.edges.map(({ from, to, state }) => [from === first, to, state])).toEqual([
    [true, end, 'added'],
    [true, ai, 'removed'],
    [false, end, 'removed'],
  ]);
  expect(new Set(both.edges.map((edge) => edge.id)).size).toBe(3);
  expect(Object.fromEntries(changedSteps(changes))).toEqual({ [first]: 'changed', [end]: 'moved', [ai]: 'removed' });
  const positions = withRoom(
    both,
    new Map(both.view.nodes.map((node) => [node.id, node.position ?? { x: 500, y: 0 }])),
  );
  const at = positions.get(ai);
  expect(at?.x).toBe(0);
  expect(at?.y).toBeGreaterThanOrEqual(8 + 62);
});

test('a step that was put between others is one line; its connections come with it', () => {
  const { draft, ai, before } = drawn();
  addStep(draft, newNode('message', { name: 'Tell' }), { at: { x: 400, y: 0 }, after: { node: ai, branch: 'next' } });
  expect(words(before, draft.tree)).toEqual(['Added “Tell”']);
});

test('texts are compared word by word', () => {
  expect(
    textPieces('Be very brief.', 'Be brief, please.')
      .filter(({ kind }) => kind !== 'same')
      .map(({ kind, text }) => `${kind}:${text.trim()}`),
  ).toEqual(['removed:very', 'added:, please']);
  expect(textPieces('same', 'same')).toEqual([{ kind: 'same', text: 'same' }]);
});

test('gestures stand below the version that holds them', () => {
  const version = (number: number, publishedAt: string) => ({
    number,
    publishedAt,
    note: '',
    publishedByName: '',
    hash: '',
  });
  const gesture = (seq: number, at: string) => ({ seq, at, actorName: '', label: '', kind: 'edit' as const });
  const found = timeline(
    [version(2, '2026-01-03T00:00:00Z'), version(1, '2026-01-01T00:00:00Z')],
    [gesture(3, '2026-01-04T00:00:00Z'), gesture(2, '2026-01-02T00:00:00Z'), gesture(1, '2025-12-31T00:00:00Z')],
  );
  expect(found.map((stretch) => [stretch.version?.number ?? null, stretch.gestures.map(({ seq }) => seq)])).toEqual([
    [null, [3]],
    [2, [2]],
    [1, [1]],
  ]);
});

test('canvas data that comes with its holder is told by itself', () => {
  const sample = { outputs: { a: 1 } };
  const change = { pointer: '/metadata', kind: 'added' as const, after: { __metadata_info__: { rondo: { sample } } } };
  const pointer = '/metadata/__metadata_info__/rondo/sample';
  expect(spreadMetadata(change)).toEqual([{ pointer, kind: 'added', after: sample }]);
  const mixed = { ...change, after: { author: 'Ada', __metadata_info__: { rondo: { sample } } } };
  expect(spreadMetadata(mixed)).toEqual([mixed]);
  expect(spreadMetadata({ pointer: '/url', kind: 'removed', before: 'x' })).toHaveLength(1);
});

test('notes and groups are told by themselves: what came, went, says something else, or only stands elsewhere', () => {
  const { draft, ai, first } = drawn();
  const box = { x: 0, y: 0, width: 200, height: 100 };
  const note = (id: string, text: string) => ({ id, text, color: 'yellow' as const, ...box });
  for (const [id, text] of [
    ['n1', 'Ask Anna'],
    ['n2', 'Too long?'],
    ['n3', 'Stays'],
  ] as const)
    writeNote(draft, note(id, text));
  writeGroup(draft, { id: 'g1', name: 'First part', steps: [first], folded: false });
  writeGroup(draft, { id: 'g2', name: 'Goes', steps: [ai], folded: false });
  const before = draft.tree;
  writeNote(draft, { ...note('n1', 'Ask Berta'), color: 'blue' });
  removeFrames(draft, ['n2', 'g2']);
  writeNote(draft, { ...note('n3', 'Stays'), x: 500 });
  writeNote(draft, note('n4', ''));
  writeGroup(draft, { id: 'g1', name: 'Beginning', steps: [first, ai], folded: true });
  writeGroup(draft, { id: 'g1', name: 'Beginning', steps: [first, ai], folded: false });
  expect(words(before, draft.tree)).toEqual([
    'Renamed the group “First part” to “Beginning”: Steps is “Start, Write”, was “Start”',
    'Removed the group “Goes”',
    'Changed the note “Ask Berta”: Text is “Ask Berta”, was “Ask Anna”; Colour is “Blue”, was “Yellow”',
    'Added the note “…”',
    'Removed the note “Too long?”',
  ]);
  const reordered = draftGesture(draft.tree, draft.view().id);
  writeGroup(reordered, { id: 'g1', name: 'Beginning', steps: [ai, first], folded: false });
  expect(words(draft.tree, reordered.tree)).toEqual([]);
  const changes = changesBetween(before, draft.tree);
  expect(changes.movedNotes).toEqual([expect.objectContaining({ id: 'n3', name: 'Stays' })]);
  expect(changedSteps(changes)).toEqual(
    new Map([
      ['g1', 'changed'],
      ['g2', 'removed'],
      ['n1', 'changed'],
      ['n2', 'removed'],
      ['n3', 'moved'],
      ['n4', 'added'],
    ]),
  );
  const [was, is] = [findFlow(before, null), findFlow(draft.tree, null)];
  const both = drawnDiff(was, is, changes.known);
  const places = new Map(both.view.nodes.map(({ id }, index) => [id, { x: index * 320, y: 0 }]));
  const shown = drawnFrames(both, was, is, changes.known, places);
  expect(shown.map(({ id }) => id).sort()).toEqual(['g1', 'g2', 'n1', 'n2', 'n3', 'n4']);
  // what the first of all notes and groups brought along is theirs, too
  const bare = drawn().before;
  expect([notesOf(openFlow(bare)), groupsOf(openFlow(bare))]).toEqual([[], []]);
  const noted = draftGesture(bare, openFlow(bare).id);
  writeNote(noted, note('n1', 'Ask Anna'));
  expect(words(bare, noted.tree)).toEqual(['Added the note “Ask Anna”']);
  expect(words(noted.tree, bare)).toEqual(['Removed the note “Ask Anna”']);
});
