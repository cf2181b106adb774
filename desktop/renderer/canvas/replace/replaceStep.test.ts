import { blankDocument, newNode, nodeKinds } from '@rondo/shared/oas/create.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { expect, test } from 'vitest';
import { loadTexts } from '../../messages/language.ts';
import { declare, feed } from '../dataGestures.ts';
import { addStep } from '../drawing.ts';
import { draftGesture } from '../gesture.ts';
import { replaceStep } from './replaceStep.ts';

await loadTexts(['editor']);

function start() {
  const tree = blankDocument('Drawing');
  const view = openFlow(tree);
  const draft = draftGesture(tree, view.id);
  declare(draft, view.startId, 'inputs', [{ title: 'text', type: 'string' }]);
  const ai = addStep(draft, newNode('ai', { name: 'Write' }), {
    at: { x: 320, y: 8 },
    after: { node: view.startId, branch: 'next' },
  });
  feed(draft, ai, 'text', { node: view.startId, output: 'text' });
  return { draft, ai, startId: view.startId };
}

const errors = (draft: ReturnType<typeof start>['draft']) =>
  validate(draft.tree).filter((problem) => problem.severity === 'error');

test('a step of another kind keeps its name, place, lines, text and the values that it asks for', () => {
  const { draft, ai, startId } = start();
  replaceStep(draft, ai, 'message');
  const node = draft.node(ai);
  expect(node).toMatchObject({ type: 'OutputMessageNode', name: 'Write', position: { x: 320, y: 8 } });
  expect(node?.component.message).toBe('Summarise in two sentences: {{ text }}');
  expect(draft.view().dataEdges.map((edge) => [edge.source, edge.output, edge.input])).toEqual([
    [startId, 'text', 'text'],
  ]);
  expect(draft.view().controlEdges.map((edge) => [edge.from === ai, edge.to === ai])).toEqual(
    expect.arrayContaining([
      [true, false],
      [false, true],
    ]),
  );
  expect(errors(draft)).toEqual([]);
  replaceStep(draft, ai, 'agent');
  expect(draft.node(ai)?.inputs.map((input) => input.title)).toEqual(['text']);
  expect(errors(draft)).toEqual([]);
});

test('a decision takes the one way out over, and gives it back', () => {
  const { draft, ai } = start();
  replaceStep(draft, ai, 'decide');
  expect(draft.view().controlEdges.filter((edge) => edge.from === ai)).toHaveLength(1);
  replaceStep(draft, ai, 'wait');
  expect(
    draft
      .view()
      .controlEdges.filter((edge) => edge.from === ai)
      .map((edge) => edge.branch),
  ).toEqual(['next']);
});

test('a step can become every kind, and the document stays sound', () => {
  for (const kind of nodeKinds) {
    if (kind === 'start' || kind === 'end') continue;
    const { draft, ai } = start();
    replaceStep(draft, ai, kind);
    expect(draft.node(ai)?.name, kind).toBe('Write');
    expect(new Set(draft.view().dataEdges.map((edge) => edge.destination)).size, kind).toBeLessThan(2);
  }
});
