import { blankDocument, newNode } from '@rondo/shared/oas/create.ts';
import { applyCommands } from '@rondo/shared/oas/edit.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';

/** A flow of messages in a row, each at its place. @param messages their texts by the names of their steps */
export function rowFlow(name: string, messages: Record<string, string>): JsonObject {
  const blank = blankDocument(name);
  const view = openFlow(blank);
  const end = view.nodes.find((node) => node.type === 'EndNode')?.id ?? '';
  const names = Object.keys(messages);
  const nodes = names.map((title, index) => ({
    ...newNode('message', { name: title, position: { x: 320 * (index + 1), y: 96 } }),
    message: messages[title] ?? '',
  }));
  const ids = [view.startId, ...nodes.map((node) => String((node as JsonObject).id)), end];
  return applyCommands(blank, [
    { type: 'disconnect', flow: view.id, edge: view.controlEdges[0]?.id ?? '' },
    { type: 'move', node: view.startId, x: 0, y: 96 },
    { type: 'move', node: end, x: 320 * (names.length + 1), y: 96 },
    ...nodes.map((node) => ({ type: 'add' as const, flow: view.id, node: node as JsonObject })),
    ...ids.slice(1).map((to, index) => ({
      type: 'connect' as const,
      flow: view.id,
      edge: {
        component_type: 'ControlFlowEdge',
        id: `edge-${name}-${index}`,
        name: `edge_${index}`,
        from_node: { $component_ref: ids[index] ?? '' },
        from_branch: null,
        to_node: { $component_ref: to },
      },
    })),
  ]).tree;
}
