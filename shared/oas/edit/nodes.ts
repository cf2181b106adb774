import type { FlowView } from '../flow.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, ownList, ownText, withKeyBefore } from '../json.ts';
import { pointerTo, pointerTokens, valueAt } from '../pointer.ts';
import { findComponent, isReferredTo, reference, referenceOf, standsFor, targetNamed } from '../references.ts';
import type { AddCommand, Applied, ConnectCommand, EditCommand, RemoveCommand } from './commands.ts';
import { edgesTouching } from './edges.ts';
import { EditError } from './editError.ts';
import { changedTree, flowNamed, hasStep, withItem, withoutItem } from './places.ts';

const shared = '$referenced_components';

/**
 * Adds a step. It goes among the flow's `$referenced_components`, with a reference in the list of nodes: edges refer
 * to it by id, and the reference SDK finds only what stands there.
 */
export function addNode(tree: JsonObject, command: AddCommand): Applied {
  const flow = flowNamed(tree, command.flow);
  const id = ownText(command.node, 'id');
  if (!id) throw new EditError('EDIT-VALUE.stepId', '');
  if (!ownText(command.node, 'component_type')) throw new EditError('EDIT-VALUE.stepType', '');
  if (hasStep(tree, flow, id)) {
    throw new EditError('EDIT-EXISTS.step', pointerTo(flow.pointer, 'nodes'), { id });
  }
  const place = command.place ?? {};
  if (!place.kept) {
    for (const inner of idsInside(command.node)) {
      const taken = findComponent(tree, inner);
      if (taken) throw new EditError('EDIT-EXISTS', taken.pointer, { id: inner });
    }
  }
  const list = pointerTo(flow.pointer, 'nodes');
  const inverse: EditCommand[] = [{ type: 'remove', flow: command.flow, node: id }];
  if (place.inline) return { tree: withItem(tree, list, command.index, command.node), inverse };
  const holder = place.holder ?? (place.kept ? '' : holderOf(tree, flow));
  const at = isObject(valueAt(tree, holder)) ? holder : flow.pointer;
  const listed = withItem(tree, list, command.index, reference(place.key ?? id));
  if (place.kept) return { tree: listed, inverse };
  const entries = pointerTo(at, shared);
  const key = place.key ?? id;
  const put = (value: Json | undefined) => withKeyBefore(isObject(value) ? value : {}, key, command.node, place.before);
  const changed = changedTree(listed, entries, put, pointerTo(entries, key));
  return { tree: changed, inverse };
}

/** Where the flow's steps stand already, else the flow itself. */
function holderOf(tree: JsonObject, flow: FlowView): string {
  for (const item of ownList(flow.component, 'nodes')) {
    const ref = referenceOf(item);
    const pointer = ref === undefined ? undefined : targetNamed(tree, ref)?.pointer;
    const holder = pointer === undefined ? undefined : holderOfEntry(pointer);
    if (holder !== undefined) return holder;
  }
  return flow.pointer;
}

/** Pointer of the object in whose `$referenced_components` a pointer is an entry. */
function holderOfEntry(pointer: string): string | undefined {
  const tokens = pointerTokens(pointer);
  if (tokens.length < 2 || tokens[tokens.length - 2] !== shared) return undefined;
  return pointer.slice(0, pointer.lastIndexOf(`/${shared}/`));
}

function idsInside(value: Json, found: string[] = []): string[] {
  if (Array.isArray(value)) for (const item of value) idsInside(item, found);
  else if (isObject(value)) {
    const id = ownText(value, 'id');
    if (id !== undefined && ownText(value, 'component_type') !== undefined) found.push(id);
    for (const [key, item] of Object.entries(value)) if (key !== 'metadata') idsInside(item, found);
  }
  return found;
}

/**
 * Takes a step and its edges away. An entry of `$referenced_components` goes with it when nothing else refers to it or
 * to something inside it. @throws {EditError} EDIT-START for the step that the flow starts at
 */
export function removeNode(tree: JsonObject, command: RemoveCommand): Applied {
  const flow = flowNamed(tree, command.flow);
  const nodes = ownList(flow.component, 'nodes');
  const index = nodes.findIndex(standsFor(tree, command.node));
  const item = nodes[index];
  const list = pointerTo(flow.pointer, 'nodes');
  if (item === undefined) {
    throw new EditError('EDIT-MISSING.step', list, { id: command.node });
  }
  if (flow.startId === command.node) {
    throw new EditError('EDIT-START', pointerTo(list, index));
  }
  const ref = referenceOf(item);
  const target = ref === undefined ? undefined : targetNamed(tree, ref);
  let changed = tree;
  const reconnect: ConnectCommand[] = [];
  for (const edge of edgesTouching(tree, flow, command.node).reverse()) {
    changed = withoutItem(changed, edge.list, edge.index);
    if (edge.component) {
      reconnect.unshift({ type: 'connect', flow: command.flow, edge: edge.component, index: edge.index });
    }
  }
  changed = withoutItem(changed, list, index);
  const back: AddCommand = { type: 'add', flow: command.flow, node: {}, index };
  if (ref === undefined) {
    back.node = item as JsonObject;
    back.place = { inline: true };
    if (isNeededElsewhere(changed, item)) changed = keepAsEntry(changed, flow, command.node, item as JsonObject);
  } else {
    back.node = target?.value as JsonObject;
    back.place = { key: ref };
    const holder = target === undefined ? undefined : holderOfEntry(target.pointer);
    if (target === undefined || holder === undefined || isUsed(changed, ref, target.pointer)) back.place.kept = true;
    else {
      const entries = Object.keys(valueAt(tree, pointerTo(holder, shared)) as JsonObject);
      const follower = entries[entries.indexOf(ref) + 1];
      back.place.holder = holder;
      if (follower !== undefined) back.place.before = follower;
      changed = changedTree(changed, target.pointer, () => undefined);
      changed = changedTree(changed, pointerTo(holder, shared), (value) =>
        isObject(value) && Object.keys(value).length === 0 ? undefined : value,
      );
    }
  }
  return { tree: changed, inverse: [back, ...reconnect] };
}

/** Does anything outside refer to the entry, or to a component inside it? */
function isUsed(tree: JsonObject, ref: string, pointer: string): boolean {
  const component = valueAt(tree, pointer);
  const names = new Set([ref, ...(component === undefined ? [] : namesInside(component))]);
  return isReferredTo(tree, names, pointer);
}

function isNeededElsewhere(tree: JsonObject, gone: Json): boolean {
  return isReferredTo(tree, new Set(namesInside(gone)));
}

/** Ids and keys that a reference from elsewhere may name. */
function namesInside(value: Json, found: string[] = []): string[] {
  if (Array.isArray(value)) for (const item of value) namesInside(item, found);
  else if (isObject(value)) {
    const id = ownText(value, 'id');
    if (id !== undefined && ownText(value, 'component_type') !== undefined) found.push(id);
    for (const [key, item] of Object.entries(value)) {
      if (key === 'metadata') continue;
      if (key === shared && isObject(item)) found.push(...Object.keys(item));
      namesInside(item, found);
    }
  }
  return found;
}

/** A step that was listed inline and holds something others refer to stays, unlisted, among the referenced components. */
function keepAsEntry(tree: JsonObject, flow: FlowView, id: string, node: JsonObject): JsonObject {
  return changedTree(tree, pointerTo(flow.pointer, shared), (value) =>
    withKeyBefore(isObject(value) ? value : {}, id, node, undefined),
  );
}
