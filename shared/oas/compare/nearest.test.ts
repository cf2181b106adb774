import { expect, it } from 'vitest';
import { blankDocument, newNode } from '../create.ts';
import { applyCommands } from '../edit.ts';
import { openFlow } from '../flow.ts';
import type { JsonObject } from '../json.ts';
import { nearestState } from './nearest.ts';

it('finds the state that a file was made from, though it was edited since', () => {
  const first = blankDocument('Base');
  const { id: flow, startId } = openFlow(first);
  const states: JsonObject[] = [first];
  for (let i = 0; i < 4; i++) {
    const node = newNode('message', { name: `Say ${i}` });
    states.unshift(applyCommands(states[0] as JsonObject, [{ type: 'add', flow, node }]).tree);
  }
  for (const [index, state] of states.entries()) {
    expect(nearestState(states, state)).toBe(index);
    const file = applyCommands(state, [{ type: 'rename', component: startId, name: 'Begin' }]).tree;
    expect(nearestState(states, file)).toBe(index);
  }
  expect(nearestState(states, blankDocument('Another'))).toBeUndefined();
});
