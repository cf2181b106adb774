import type { DataEdgeView, FlowView } from '../flow.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, own, ownList, ownText } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import {
  findComponent,
  idOf,
  isReferredTo,
  reference,
  referenceOf,
  resolveReference,
  standsFor,
  targetNamed,
} from '../references.ts';
import type { Applied, ConnectCommand, DisconnectCommand, EditCommand } from './commands.ts';
import { EditError } from './editError.ts';
import { changedTree, flowNamed, hasStep, withItem, withoutItem } from './places.ts';

const controlList = 'control_flow_connections';
const dataList = 'data_flow_connections';

/** Adds an edge. A flow that connected its data by name gets the list, with those connections kept. */
export function connect(tree: JsonObject, command: ConnectCommand): Applied {
  const flow = flowNamed(tree, command.flow);
  const { edge } = command;
  const type = ownText(edge, 'component_type');
  if (type !== 'ControlFlowEdge' && type !== 'DataFlowEdge') {
    throw new EditError('EDIT-VALUE.edge', '/component_type');
  }
  const name = ownText(edge, 'id') ?? ownText(edge, 'name');
  if (!name) throw new EditError('EDIT-VALUE.edgeId', '/id');
  const field = type === 'ControlFlowEdge' ? controlList : dataList;
  if (hasEdge(tree, flow, field, name) || (ownText(edge, 'id') !== undefined && findComponent(tree, name))) {
    throw new EditError('EDIT-EXISTS.edge', flow.pointer, { id: name });
  }
  const ends = type === 'ControlFlowEdge' ? ['from_node', 'to_node'] : ['source_node', 'destination_node'];
  for (const end of ends) {
    const id = idOf(tree, own(edge, end));
    if (id === undefined || !hasStep(tree, flow, id)) {
      throw new EditError('EDIT-MISSING.step', `/${end}`, { id: id ?? '' });
    }
  }
  const back: EditCommand = { type: 'disconnect', flow: command.flow, edge: name };
  const list = pointerTo(flow.pointer, field);
  if (type === 'ControlFlowEdge' || Array.isArray(own(flow.component, dataList))) {
    return { tree: withItem(tree, list, command.index, edge), inverse: [back] };
  }
  const written = writtenEdges(flow);
  return {
    tree: changedTree(tree, list, () => [...written, edge]),
    inverse: [back, ...byName(flow, command.flow)],
  };
}

/** Is there an edge of that id (of that name where it has none)? The lists are read, no view of the flow is made. */
function hasEdge(tree: JsonObject, flow: FlowView, field: string, name: string): boolean {
  if (field === dataList && !Array.isArray(own(flow.component, dataList)))
    return flow.dataEdges.some((edge) => edge.id === name);
  return ownList(flow.component, field).some((item) => {
    const edge = edgeAt(tree, item);
    return edge !== undefined && (ownText(edge, 'id') ?? ownText(edge, 'name') ?? '') === name;
  });
}

/** Takes an edge away. @throws {EditError} EDIT-MISSING */
export function disconnect(tree: JsonObject, command: DisconnectCommand): Applied {
  const flow = flowNamed(tree, command.flow);
  for (const field of [controlList, dataList]) {
    const list = ownList(flow.component, field);
    const index = list.findIndex((item) => {
      const edge = edgeAt(tree, item);
      return edge !== undefined && (ownText(edge, 'id') ?? ownText(edge, 'name')) === command.edge;
    });
    if (index < 0) continue;
    const item = list[index];
    const edge = resolveReference(tree, item) as JsonObject;
    const ref = referenceOf(item);
    const place = ref === undefined ? undefined : targetNamed(tree, ref)?.pointer;
    let changed = withoutItem(tree, pointerTo(flow.pointer, field), index);
    if (place !== undefined && ref !== undefined && !isReferredTo(changed, new Set([ref]))) {
      changed = changedTree(changed, place, () => undefined);
    }
    return { tree: changed, inverse: [{ type: 'connect', flow: command.flow, edge, index }] };
  }
  const inferred = flow.dataEdges.find((edge) => edge.inferred && edge.id === command.edge);
  if (inferred === undefined) {
    throw new EditError('EDIT-MISSING.edge', flow.pointer, { id: command.edge });
  }
  const written = writtenEdges(flow, inferred);
  return {
    tree: changedTree(tree, pointerTo(flow.pointer, dataList), () => written),
    inverse: byName(flow, command.flow),
  };
}

/** The command that lets a flow connect its data by name again. */
function byName(flow: FlowView, id: string): EditCommand[] {
  const was = own(flow.component, dataList);
  const pointer = pointerTo('', dataList);
  const component = id === '' ? flow.id : id;
  return [was === undefined ? { type: 'set', component, pointer } : { type: 'set', component, pointer, value: was }];
}

/** The connections by name, written out. Their ids follow from what they connect: two editors make the same ones. */
function writtenEdges(flow: FlowView, except?: DataEdgeView): JsonObject[] {
  return flow.dataEdges
    .filter((edge) => edge !== except)
    .map((edge) => ({
      component_type: 'DataFlowEdge',
      id: steadyId(`${flow.id}|${edge.id}`),
      name: `${edge.output}_to_${edge.input}`,
      description: null,
      metadata: {},
      source_node: reference(edge.source),
      source_output: edge.output,
      destination_node: reference(edge.destination),
      destination_input: edge.input,
    }));
}

/** A UUID (version 8) that follows from a text: four rounds of FNV-1a with different seeds. */
function steadyId(text: string): string {
  let hex = '';
  for (const seed of [0x811c9dc5, 0x01000193, 0x9e3779b9, 0x85ebca6b]) {
    let hash = seed;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hex += ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0');
  }
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The edge that an item of a list is, or refers to. */
function edgeAt(tree: JsonObject, item: Json): JsonObject | undefined {
  return isObject(item) && item.$component_ref === undefined ? item : resolveReference(tree, item);
}

/** The edges that begin or end at a step, with their places, in the order of the lists. */
export function edgesTouching(
  tree: JsonObject,
  flow: FlowView,
  node: string,
): { list: string; index: number; component: JsonObject | undefined }[] {
  const isNode = standsFor(tree, node);
  const touching: { list: string; index: number; component: JsonObject | undefined }[] = [];
  for (const field of [controlList, dataList]) {
    const list = pointerTo(flow.pointer, field);
    for (const [index, item] of ownList(flow.component, field).entries()) {
      const edge = edgeAt(tree, item);
      if (edge === undefined) continue;
      const { from_node, to_node, source_node, destination_node } = edge;
      if (isNode(from_node) || isNode(to_node) || isNode(source_node) || isNode(destination_node))
        touching.push({ list, index, component: edge });
    }
  }
  return touching;
}
