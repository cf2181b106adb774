import { blankDocument, newNode } from '@rondo/shared/oas/create.ts';
import { applyCommands } from '@rondo/shared/oas/edit.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { expect, test } from 'vitest';
import { addStep, removeSteps } from '../drawing.ts';
import { draftGesture } from '../gesture.ts';
import { controlLines } from '../steps.ts';
import { foldedLines } from './foldedLines.ts';
import { frameNodes } from './frameNodes.ts';
import { groupsOf, notesOf, removeFrames, writeGroup, writeNote } from './frames.ts';

function three() {
  const tree = blankDocument('Drawing');
  const draft = draftGesture(tree, openFlow(tree).id);
  let after = { node: openFlow(tree).startId, branch: 'next' };
  const ids = ['One', 'Two', 'Three'].map((name, index) => {
    const id = addStep(draft, newNode('message', { name }), { at: { x: 320 * (index + 1), y: 0 }, after });
    after = { node: id, branch: 'next' };
    return id;
  });
  return { draft, ids };
}

test('notes and groups live in the metadata of the flow, and undo leaves nothing of them', () => {
  const { draft, ids } = three();
  const before = JSON.stringify(draft.tree);
  const note = { id: 'n1', text: 'Ask Anna', color: 'blue', x: 10.4, y: 20, width: 200, height: 100 } as const;
  const gesture = draftGesture(draft.tree, draft.view().id);
  writeNote(gesture, note);
  writeGroup(gesture, { id: 'g1', name: 'First part', steps: ids.slice(0, 2), folded: false });
  expect(notesOf(gesture.view())).toEqual([{ ...note, x: 10 }]);
  expect(groupsOf(gesture.view())).toEqual([{ id: 'g1', name: 'First part', steps: ids.slice(0, 2), folded: false }]);
  expect(validate(gesture.tree).filter((problem) => problem.severity === 'error')).toEqual([]);
  const { inverse } = applyCommands(draft.tree, gesture.commands);
  expect(JSON.stringify(applyCommands(gesture.tree, inverse).tree)).toBe(before);
  removeFrames(gesture, ['n1', 'g1']);
  expect([notesOf(gesture.view()), groupsOf(gesture.view())]).toEqual([[], []]);
});

test('a step is in one group, and leaves it when it is deleted', () => {
  const { draft, ids } = three();
  const [one = '', two = '', last = ''] = ids;
  writeGroup(draft, { id: 'g1', name: 'A', steps: [one, two], folded: false });
  writeGroup(draft, { id: 'g2', name: 'B', steps: [two, last], folded: true });
  expect(groupsOf(draft.view()).map((group) => group.steps)).toEqual([[one], [two, last]]);
  removeSteps(draft, [one, two]);
  expect(groupsOf(draft.view()).map((group) => [group.name, group.steps])).toEqual([['B', [last]]]);
});

test('a folded group has the lines of its steps', () => {
  const { draft, ids } = three();
  const view = draft.view();
  writeGroup(draft, { id: 'g1', name: 'A', steps: ids.slice(0, 2), folded: true });
  const lines = foldedLines(controlLines(view, null, new Set()), groupsOf(draft.view()));
  expect(lines.map((line) => [line.source, line.target])).toEqual(
    expect.arrayContaining([
      [view.startId, 'g1'],
      ['g1', ids[2]],
    ]),
  );
  expect(lines).toHaveLength(3);
  const places = new Map(view.nodes.map((node) => [node.id, node.position ?? { x: 0, y: 0 }]));
  expect(frameNodes(draft.view(), places).groups[0]).toMatchObject({ width: 240, position: { x: 320, y: 0 } });
});
