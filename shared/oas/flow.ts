import { isKnownNode } from './componentTypes.ts';
import { branchesOf, inputsOf, nextBranch, outputsOf } from './inference.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject, own, ownList, ownObject, ownText } from './json.ts';
import { pointerTo } from './pointer.ts';
import type { Property } from './properties.ts';
import { titleOf } from './properties.ts';
import { componentsOf, findComponent, idOf, pointerOf, resolveReference, rootComponent } from './references.ts';

/** A step as it stands in a document. Read-only. */
export interface NodeView {
  id: string;
  type: string;
  name: string;
  description: string;
  /** false: a type that this program does not know; it is kept and shown, not run */
  known: boolean;
  component: JsonObject;
  /** where the component stands (in the list of nodes, or among the referenced components) */
  pointer: string;
  inputs: Property[];
  outputs: Property[];
  branches: string[];
  position: { x: number; y: number } | null;
  /** canvas and form data: `metadata.__metadata_info__.rondo` */
  rondo: JsonObject;
}

export interface ControlEdgeView {
  id: string;
  name: string;
  from: string;
  /** `next` where the document names none */
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
  /** the document has no list of data connections: outputs meet inputs of the same name */
  inferred: boolean;
}

/** A flow as it stands in a document. Read-only. */
export interface FlowView {
  id: string;
  name: string;
  component: JsonObject;
  pointer: string;
  nodes: NodeView[];
  nodeById: ReadonlyMap<string, NodeView>;
  controlEdges: ControlEdgeView[];
  dataEdges: DataEdgeView[];
  /** empty when the document names no start */
  startId: string;
  inputs: Property[];
  outputs: Property[];
}

/**
 * The flow that a document is about: its root, or, in a file that has only referenced components, the first flow that
 * no other component uses. Undefined when it is about something else (an agent, a data store).
 */
export function rootFlow(tree: JsonObject): JsonObject | undefined {
  const root = rootComponent(tree);
  if (root !== undefined) return ownText(root, 'component_type') === 'Flow' ? root : undefined;
  const entries = Object.entries(ownObject(tree, '$referenced_components') ?? {});
  const flows = entries.filter(([, entry]) => isObject(entry) && ownText(entry, 'component_type') === 'Flow');
  const used = new Set(flows.flatMap(([, flow]) => usedFlows(tree, flow)));
  const free = flows.find(([key, flow]) => !used.has(key) && !used.has(ownText(flow as JsonObject, 'id') ?? key));
  return (free ?? flows[0])?.[1] as JsonObject | undefined;
}

function usedFlows(tree: JsonObject, flow: Json): string[] {
  if (!isObject(flow)) return [];
  return ownList(flow, 'nodes').flatMap((item) => {
    const node = resolveReference(tree, item);
    if (node === undefined) return [];
    const inner = [own(node, 'subflow'), ...ownList(node, 'subflows')];
    return inner.map((part) => idOf(tree, part)).filter((id) => id !== undefined);
  });
}

/** The canvas and form data of a component; an empty object when it has none. */
export function rondoOf(component: JsonObject): JsonObject {
  const info = ownObject(ownObject(component, 'metadata') ?? {}, '__metadata_info__');
  return (info === undefined ? undefined : ownObject(info, 'rondo')) ?? {};
}

const views = new WeakMap<JsonObject, Map<string, FlowView>>();

/**
 * A view of a flow of the document, by its id (default: {@link rootFlow}). Made once per tree (trees are never changed
 * in place). @throws {RangeError} when the document has no such flow
 */
export function openFlow(tree: JsonObject, flowId?: string): FlowView {
  const known = views.get(tree) ?? new Map<string, FlowView>();
  views.set(tree, known);
  const key = flowId ?? '';
  const view = known.get(key) ?? viewOf(tree, flowId);
  known.set(key, view);
  return view;
}

function viewOf(tree: JsonObject, flowId: string | undefined): FlowView {
  const component = flowId === undefined ? rootFlow(tree) : findComponent(tree, flowId)?.component;
  if (component === undefined || ownText(component, 'component_type') !== 'Flow') {
    throw new RangeError(flowId === undefined ? 'The document has no flow.' : `The document has no flow “${flowId}”.`);
  }
  const id = ownText(component, 'id') ?? '';
  const pointer = component === tree ? '' : placeOf(tree, component, id);
  let nodes: NodeView[] | undefined;
  let nodeById: FlowView['nodeById'] | undefined;
  let controlEdges: ControlEdgeView[] | undefined;
  let dataEdges: DataEdgeView[] | undefined;
  let inputs: Property[] | undefined;
  let outputs: Property[] | undefined;
  // each list when it is asked for first: a single edit of a large flow reads few of them
  return {
    id,
    name: ownText(component, 'name') ?? '',
    component,
    pointer,
    get nodes() {
      nodes ??= nodesOf(tree, component, pointer);
      return nodes;
    },
    get nodeById() {
      nodeById ??= new Map(this.nodes.map((node) => [node.id, node]));
      return nodeById;
    },
    get controlEdges() {
      controlEdges ??= controlEdgesOf(tree, component, pointer);
      return controlEdges;
    },
    get dataEdges() {
      dataEdges ??= dataEdgesOf(tree, component, pointer, this.nodes);
      return dataEdges;
    },
    startId: idOf(tree, own(component, 'start_node')) ?? '',
    get inputs() {
      inputs ??= inputsOf(tree, component);
      return inputs;
    },
    get outputs() {
      outputs ??= outputsOf(tree, component);
      return outputs;
    },
  };
}

function placeOf(tree: JsonObject, component: JsonObject, id: string): string {
  const found = findComponent(tree, id);
  if (found?.component === component) return found.pointer;
  for (const located of componentsOf(tree).values()) if (located.component === component) return located.pointer;
  return '';
}

function nodesOf(tree: JsonObject, flow: JsonObject, flowPointer: string): NodeView[] {
  const list = pointerTo(flowPointer, 'nodes');
  return ownList(flow, 'nodes').flatMap((item, i) => {
    const component = resolveReference(tree, item);
    const id = idOf(tree, item);
    if (component === undefined || id === undefined) return [];
    return [nodeView(tree, component, id, pointerOf(tree, item, pointerTo(list, i)))];
  });
}

function nodeView(tree: JsonObject, component: JsonObject, id: string, pointer: string): NodeView {
  const type = ownText(component, 'component_type') ?? '';
  const rondo = rondoOf(component);
  const position = ownObject(rondo, 'position') ?? {};
  const x = own(position, 'x');
  const y = own(position, 'y');
  return {
    id,
    type,
    name: ownText(component, 'name') ?? '',
    description: ownText(component, 'description') ?? '',
    known: isKnownNode(type),
    component,
    pointer,
    inputs: inputsOf(tree, component),
    outputs: outputsOf(tree, component),
    branches: branchesOf(tree, component),
    position: typeof x === 'number' && typeof y === 'number' ? { x, y } : null,
    rondo,
  };
}

/** How an edge is addressed: by its id, or by its name where it has none. */
function edgeId(edge: JsonObject): string {
  return ownText(edge, 'id') ?? ownText(edge, 'name') ?? '';
}

function controlEdgesOf(tree: JsonObject, flow: JsonObject, flowPointer: string): ControlEdgeView[] {
  const list = pointerTo(flowPointer, 'control_flow_connections');
  return ownList(flow, 'control_flow_connections').flatMap((item, i) => {
    const edge = resolveReference(tree, item);
    if (edge === undefined) return [];
    return [
      {
        id: edgeId(edge),
        name: ownText(edge, 'name') ?? '',
        from: idOf(tree, own(edge, 'from_node')) ?? '',
        branch: ownText(edge, 'from_branch') ?? nextBranch,
        to: idOf(tree, own(edge, 'to_node')) ?? '',
        pointer: pointerOf(tree, item, pointerTo(list, i)),
      },
    ];
  });
}

function dataEdgesOf(tree: JsonObject, flow: JsonObject, flowPointer: string, nodes: NodeView[]): DataEdgeView[] {
  const list = pointerTo(flowPointer, 'data_flow_connections');
  if (!Array.isArray(own(flow, 'data_flow_connections'))) return edgesByName(nodes, list);
  return ownList(flow, 'data_flow_connections').flatMap((item, i) => {
    const edge = resolveReference(tree, item);
    if (edge === undefined) return [];
    return [
      {
        id: edgeId(edge),
        name: ownText(edge, 'name') ?? '',
        source: idOf(tree, own(edge, 'source_node')) ?? '',
        output: ownText(edge, 'source_output') ?? '',
        destination: idOf(tree, own(edge, 'destination_node')) ?? '',
        input: ownText(edge, 'destination_input') ?? '',
        pointer: pointerOf(tree, item, pointerTo(list, i)),
        inferred: false,
      },
    ];
  });
}

/** No list of data connections: every output goes to every input of its name, but for a step's own. */
function edgesByName(nodes: NodeView[], pointer: string): DataEdgeView[] {
  const sources = new Map<string, string[]>();
  for (const node of nodes) {
    if (node.type === 'EndNode') continue;
    for (const output of node.outputs) {
      const title = titleOf(output);
      const known = sources.get(title);
      if (known) known.push(node.id);
      else sources.set(title, [node.id]);
    }
  }
  const edges: DataEdgeView[] = [];
  for (const node of nodes) {
    if (node.type === 'StartNode') continue;
    for (const input of node.inputs) {
      const title = titleOf(input);
      for (const source of sources.get(title) ?? []) {
        if (source === node.id) continue;
        const id = `${source}.${title}>${node.id}.${title}`;
        edges.push({
          id,
          name: id,
          source,
          output: title,
          destination: node.id,
          input: title,
          pointer,
          inferred: true,
        });
      }
    }
  }
  return edges;
}
