import { blankDocument, blankFlow, newNode } from '@rondo/shared/oas/create.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import { expect, test } from 'vitest';
import { addStep } from '../drawing.ts';
import { draftGesture } from '../gesture.ts';
import { innerFlows, wayTo } from './innerFlows.ts';

test('the way to a flow inside leads over the flows that hold it', () => {
  const deep = blankFlow('Deep');
  const middle = blankFlow('Middle');
  const tree = blankDocument('Outer');
  const draft = draftGesture(tree, openFlow(tree).id);
  addStep(draft, newNode('each', { subflow: middle, name: 'Loop' }), { at: { x: 0, y: 0 } });
  const within = draftGesture(draft.tree, String(middle.id));
  const step = addStep(within, newNode('parallel', { subflow: deep, name: 'Side by side' }), { at: { x: 0, y: 0 } });
  expect(wayTo(within.tree, String(deep.id)).map(({ name }) => name)).toEqual(['Middle', 'Deep']);
  expect(wayTo(within.tree, openFlow(within.tree).id)).toEqual([]);
  const node = within.node(step);
  expect(node && innerFlows(within.tree, node.component)).toEqual([{ id: deep.id, name: 'Deep' }]);
});
