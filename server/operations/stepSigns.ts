import { type FlowView, openFlow, rondoOf, rootFlow } from '@rondo/shared/oas/flow.ts';
import { isObject, type JsonObject, ownText } from '@rondo/shared/oas/json.ts';
import { resolveReference } from '@rondo/shared/oas/references.ts';

/** What a list draws of a step: the type of its node and, for a ToolNode, what its tool is. */
export interface StepSign {
  type: string;
  /** `review`, the `tool_type` of a built-in tool, or empty */
  tool: string;
}

/** The steps of a document's flow in the order in which they are reached; empty when it has no flow. */
export function stepSigns(tree: JsonObject): StepSign[] {
  if (!rootFlow(tree)) return [];
  const view = openFlow(tree);
  return inOrder(view).map((node) => ({ type: node.type, tool: toolSign(tree, node.component) }));
}

function inOrder(view: FlowView): FlowView['nodes'] {
  const seen = new Set<string>(view.startId === '' ? [] : [view.startId]);
  // a set goes on over what is added while it is walked
  for (const id of seen) for (const edge of view.controlEdges) if (edge.from === id) seen.add(edge.to);
  const reached = [...seen].flatMap((id) => view.nodeById.get(id) ?? []);
  const nodes = [...reached, ...view.nodes.filter((node) => !seen.has(node.id))];
  const ends = nodes.filter((node) => node.type === 'EndNode');
  return [...nodes.filter((node) => node.type !== 'EndNode'), ...ends];
}

function toolSign(tree: JsonObject, component: JsonObject): string {
  const tool = resolveReference(tree, component.tool ?? null);
  if (!isObject(tool)) return '';
  if (Array.isArray(rondoOf(tool).surface)) return 'review';
  return ownText(tool, 'tool_type') ?? '';
}
