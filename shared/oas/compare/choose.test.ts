import { expect, it } from 'vitest';
import { blankDocument, newNode } from '../create.ts';
import { applyCommands, type EditCommand } from '../edit.ts';
import { openFlow } from '../flow.ts';
import type { JsonObject } from '../json.ts';
import { findComponent } from '../references.ts';
import { mayChoose, withTheirs } from './choose.ts';
import { mergeDocuments } from './merge.ts';

const connected = (): { base: JsonObject; flow: string; ai: string; end: string } => {
  const tree = blankDocument('Merge');
  const view = openFlow(tree);
  const node = newNode('ai', { name: 'Write' });
  const end = view.nodes.find(({ type }) => type === 'EndNode')?.id ?? '';
  const edge = {
    component_type: 'ControlFlowEdge',
    id: 'edge',
    name: 'edge',
    from_node: { $component_ref: String(node.id) },
    from_branch: null,
    to_node: { $component_ref: end },
  };
  const base = applyCommands(tree, [
    { type: 'add', flow: view.id, node },
    { type: 'connect', flow: view.id, edge },
  ]).tree;
  return { base, flow: view.id, ai: String(node.id), end };
};
const after = (tree: JsonObject, ...commands: EditCommand[]) => applyCommands(tree, commands).tree;

it('takes theirs for a field, also of an input that goes by its name', () => {
  const { base, ai } = connected();
  const set = (pointer: string, value: string): EditCommand => ({ type: 'set', component: ai, pointer, value });
  const ours = after(base, set('/prompt_template', 'ours {{ text }}'), set('/inputs/0/description', 'ours'));
  const theirs = after(base, set('/prompt_template', 'theirs {{ text }}'), set('/inputs/0/description', 'theirs'));
  const { conflicts, tree } = mergeDocuments(base, ours, theirs);
  expect(conflicts.map(({ pointer }) => pointer).sort()).toEqual(['/inputs/text/description', '/prompt_template']);
  expect(conflicts.every(mayChoose)).toBe(true);
  const taken = conflicts.reduce((state, conflict) => withTheirs(state, theirs, conflict), tree);
  expect(taken).toEqual(theirs);
  const prompt = conflicts.filter(({ pointer }) => pointer === '/prompt_template');
  const one = prompt.reduce((state, conflict) => withTheirs(state, theirs, conflict), tree);
  expect(findComponent(one, ai)?.component).toMatchObject({
    prompt_template: 'theirs {{ text }}',
    inputs: [{ description: 'ours' }],
  });
});

it('takes a step back that ours removed, with its connections, and lets one go that theirs removed', () => {
  const { base, flow, ai } = connected();
  const changed = after(base, { type: 'rename', component: ai, name: 'Draft' });
  const removed = after(base, { type: 'remove', flow, node: ai });
  const back = mergeDocuments(base, removed, changed);
  expect(back.conflicts).toMatchObject([{ kind: 'removed-by-ours' }]);
  const restored = openFlow(withTheirs(back.tree, changed, back.conflicts[0] as never));
  expect(restored.nodeById.get(ai)?.name).toBe('Draft');
  expect(restored.controlEdges.map(({ from }) => from)).toContain(ai);
  const gone = mergeDocuments(base, changed, removed);
  expect(gone.conflicts).toMatchObject([{ kind: 'removed-by-theirs' }]);
  expect(openFlow(withTheirs(gone.tree, removed, gone.conflicts[0] as never)).nodeById.has(ai)).toBe(false);
});
