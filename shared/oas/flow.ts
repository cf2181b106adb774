import { componentTypes } from './componentTypes.ts';
import { branchesOf, inputsOf, outputsOf } from './inference.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { toPointer } from './pointer.ts';
import type { Property } from './properties.ts';
import { findComponent, referenceId, resolveReference, walk } from './references.ts';

/** A read-only view of one flow of a document. */
export interface FlowView {
  id: string;
  name: string;
  component: JsonObject;
  pointer: string;
  nodes: NodeView[];
  nodeById: ReadonlyMap<string, NodeView>;
  controlEdges: ControlEdgeView[];
  dataEdges: DataEdgeView[];
  startId: string | undefined;
  inputs: Property[];
  outputs: Property[];
}

export interface NodeView {
  id: string;
  type: string;
  name: string;
  description: string;
  /** false: a type of a plugin or of a later version; it is kept and shown as it is */
  known: boolean;
  component: JsonObject;
  pointer: string;
  inputs: Property[];
  outputs: Property[];
  branches: string[];
  position: { x: number; y: number } | null;
  /** `metadata.__metadata_info__.rondo` */
  rondo: JsonObject;
}

export interface ControlEdgeView {
  id: string;
  name: string;
  from: string;
  branch: string;
  to: string;
  pointer: string;
}

export interface DataEdgeView {
  id: string;
  name: string;
  source: string;
  output: string;
  destination: string;
  input: string;
  pointer: string;
  /** true: not written in the document, connected by name */
  inferred: boolean;
}

/** What the canvas keeps on a component. */
export function rondoOf(component: JsonObject): JsonObject {
  const metadata = component.metadata;
  const info = isObject(metadata) ? metadata.__metadata_info__ : undefined;
  const rondo = isObject(info) ? info.rondo : undefined;
  return isObject(rondo) ? rondo : {};
}

/** The flow of a document: its root, or the first flow that stands in it. Undefined where there is none. */
export function rootFlow(tree: JsonObject): JsonObject | undefined {
  const root = resolveReference(tree, tree);
  if (root?.component_type === 'Flow') return root;
  let first: JsonObject | undefined;
  walk(tree, [], (component) => {
    if (component.component_type === 'Flow') first ??= component;
  });
  return first;
}

const cache = new WeakMap<JsonObject, Map<string, FlowView | undefined>>();

/** Opens the root flow, or the flow with an id. Undefined where there is none. Views are kept per tree. */
export function openFlow(tree: JsonObject, flowId?: string): FlowView | undefined {
  const views = cache.get(tree) ?? new Map<string, FlowView | undefined>();
  cache.set(tree, views);
  const key = flowId ?? '';
  if (!views.has(key)) views.set(key, makeView(tree, flowId));
  return views.get(key);
}

function makeView(tree: JsonObject, flowId: string | undefined): FlowView | undefined {
  const component = flowId === undefined ? rootFlow(tree) : findComponent(tree, flowId)?.component;
  if (component?.component_type !== 'Flow') return undefined;
  return viewOf(tree, component);
}

/** The view of a flow component, wherever in the document it stands. */
export function viewOf(tree: JsonObject, component: JsonObject): FlowView {
  const id = textAt(component, 'id');
  const pointer = (id === '' ? undefined : findComponent(tree, id)?.pointer) ?? '';
  const nodes = nodeViews(tree, component, pointer);
  const nodeById = new Map(nodes.map((node) => [node.id, node]));
  return {
    id,
    name: textAt(component, 'name'),
    component,
    pointer,
    nodes,
    nodeById,
    controlEdges: controlEdges(tree, component, pointer),
    dataEdges: dataEdges(tree, component, pointer, nodes),
    startId: nodeId(tree, component.start_node),
    inputs: inputsOf(tree, component),
    outputs: outputsOf(tree, component),
  };
}

function textAt(component: JsonObject, field: string): string {
  const value = component[field];
  return typeof value === 'string' ? value : '';
}

/** The id of a node that is given inline or by reference. */
export function nodeId(tree: JsonObject, value: Json | undefined): string | undefined {
  const reference = referenceId(value);
  if (reference !== undefined) {
    const target = resolveReference(tree, value);
    return typeof target?.id === 'string' ? target.id : reference;
  }
  return isObject(value) && typeof value.id === 'string' ? value.id : undefined;
}

function nodeViews(tree: JsonObject, flow: JsonObject, pointer: string): NodeView[] {
  const list = Array.isArray(flow.nodes) ? flow.nodes : [];
  return list.flatMap((item, index) => {
    const component = resolveReference(tree, item);
    if (!component) return [];
    const id = nodeId(tree, item) ?? `${pointer}/nodes/${index}`;
    return [nodeView(tree, component, id, findComponent(tree, id)?.pointer ?? pointer + toPointer(['nodes', index]))];
  });
}

function nodeView(tree: JsonObject, component: JsonObject, id: string, pointer: string): NodeView {
  const type = textAt(component, 'component_type');
  const rondo = rondoOf(component);
  const at = isObject(rondo.position) ? rondo.position : undefined;
  return {
    id,
    type,
    name: textAt(component, 'name'),
    description: textAt(component, 'description'),
    known: componentTypes[type]?.group === 'node',
    component,
    pointer,
    inputs: inputsOf(tree, component),
    outputs: outputsOf(tree, component),
    branches: branchesOf(tree, component),
    position: at && typeof at.x === 'number' && typeof at.y === 'number' ? { x: at.x, y: at.y } : null,
    rondo,
  };
}

/** An edge's id; edges without one are known by their name, else by their place. */
export function edgeId(edge: JsonObject, index: number): string {
  return textAt(edge, 'id') || textAt(edge, 'name') || `#${index}`;
}

function edgesOf(tree: JsonObject, flow: JsonObject, field: string): { edge: JsonObject; index: number }[] {
  const list = flow[field];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item, index) => {
    const edge = resolveReference(tree, item);
    return edge ? [{ edge, index }] : [];
  });
}

function controlEdges(tree: JsonObject, flow: JsonObject, pointer: string): ControlEdgeView[] {
  return edgesOf(tree, flow, 'control_flow_connections').map(({ edge, index }) => ({
    id: edgeId(edge, index),
    name: textAt(edge, 'name'),
    from: nodeId(tree, edge.from_node) ?? '',
    branch: textAt(edge, 'from_branch') || 'next',
    to: nodeId(tree, edge.to_node) ?? '',
    pointer: pointer + toPointer(['control_flow_connections', index]),
  }));
}

function dataEdges(tree: JsonObject, flow: JsonObject, pointer: string, nodes: NodeView[]): DataEdgeView[] {
  if (!Array.isArray(flow.data_flow_connections)) return edgesByName(nodes, pointer);
  return edgesOf(tree, flow, 'data_flow_connections').map(({ edge, index }) => ({
    id: edgeId(edge, index),
    name: textAt(edge, 'name'),
    source: nodeId(tree, edge.source_node) ?? '',
    output: textAt(edge, 'source_output'),
    destination: nodeId(tree, edge.destination_node) ?? '',
    input: textAt(edge, 'destination_input'),
    pointer: pointer + toPointer(['data_flow_connections', index]),
    inferred: false,
  }));
}

/** Without data edges, every output feeds the inputs of the same name of all other nodes. */
function edgesByName(nodes: NodeView[], pointer: string): DataEdgeView[] {
  const edges: DataEdgeView[] = [];
  for (const source of nodes) {
    if (source.type === 'EndNode') continue;
    for (const output of source.outputs)
      for (const destination of nodes)
        if (destination !== source && destination.type !== 'StartNode')
          for (const input of destination.inputs)
            if (input.title === output.title)
              edges.push({
                id: `${source.id}.${output.title}→${destination.id}`,
                name: `${source.name}.${output.title} to ${destination.name}`,
                source: source.id,
                output: output.title,
                destination: destination.id,
                input: input.title,
                pointer: `${pointer}/data_flow_connections`,
                inferred: true,
              });
  }
  return edges;
}
