import { newEdge } from '../create.ts';
import type { EditCommand } from '../edit/commands.ts';
import type { ControlEdgeView, DataEdgeView, FlowView, NodeView } from '../flow.ts';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { valueAt } from '../pointer.ts';
import type { Property } from '../properties.ts';
import { propertyTitled, sameType, titleOf } from '../properties.ts';
import { Unable } from './whyNot.ts';

/** The commands that write out the data connections of a flow that connects by name; none where they are written. */
export function writtenOut(view: FlowView): EditCommand[] {
  if (Array.isArray(view.component.data_flow_connections)) return [];
  const value = view.dataEdges.map((edge) => newEdge(edge));
  return [{ type: 'set', component: view.id, pointer: '/data_flow_connections', value }];
}

/** The component of an edge, as it stands in the document. */
export function edgeComponent(tree: JsonObject, edge: ControlEdgeView | DataEdgeView): JsonObject {
  const found = valueAt(tree, edge.pointer);
  return isObject(found) && typeof found.component_type === 'string'
    ? found
    : newEdge('from' in edge ? { from: edge.from, branch: edge.branch, to: edge.to } : edge);
}

export function outputOf(node: NodeView | undefined, title: string): Property {
  return propertyTitled(node?.outputs ?? [], title) ?? { title };
}

export function inputOf(node: NodeView | undefined, title: string): Property {
  return propertyTitled(node?.inputs ?? [], title) ?? { title };
}

/** The one type that all have, under a title of its own. @throws {Unable} types */
export function commonType(properties: readonly Property[], title: string): Property {
  const [first, ...rest] = properties;
  if (first === undefined || rest.some((other) => !sameType(first, other))) throw new Unable('types', title);
  const { default: _default, ...shape } = first;
  return { ...shape, title };
}

/** A title that nothing else has. */
export function freeTitle(wanted: string, taken: readonly Property[]): string {
  const used = new Set(taken.map(titleOf));
  if (!used.has(wanted)) return wanted;
  for (let count = 2; ; count += 1) if (!used.has(`${wanted}_${count}`)) return `${wanted}_${count}`;
}

export interface End {
  node: string;
  title: string;
}

/** The sources of an input, in the order of the document. */
export function sourcesInto(edges: readonly DataEdgeView[], node: string, input: string): End[] {
  return edges
    .filter((edge) => edge.destination === node && edge.input === input)
    .map((edge) => ({ node: edge.source, title: edge.output }));
}

export const nodesOf = (ends: readonly End[]): Set<string> => new Set(ends.map((end) => end.node));
