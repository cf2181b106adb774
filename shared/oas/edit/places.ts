import type { FlowView } from '../flow.ts';
import { openFlow, rootFlow } from '../flow.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, ownList, ownText } from '../json.ts';
import { changedAt } from '../pointer.ts';
import { carryLookup, findComponent, resolveReference, standsFor } from '../references.ts';
import { EditError } from './editError.ts';

/** Pointer of a component by its id; an empty id is the document. @throws {EditError} EDIT-MISSING */
export function placeOf(tree: JsonObject, id: string): string {
  if (id === '') return '';
  const found = findComponent(tree, id);
  if (found === undefined) throw new EditError('EDIT-MISSING', '', { id });
  return found.pointer;
}

/** The flow that a command names; an empty id is the document's own. @throws {EditError} EDIT-MISSING */
export function flowNamed(tree: JsonObject, id: string): FlowView {
  const component = id === '' ? rootFlow(tree) : findComponent(tree, id)?.component;
  if (component === undefined || ownText(component, 'component_type') !== 'Flow') {
    throw new EditError('EDIT-MISSING.flow', '', { id });
  }
  return openFlow(tree, id === '' ? undefined : id);
}

/** Is a step in the flow's list? The list is read, no view of the flow is made. */
export function hasStep(tree: JsonObject, flow: FlowView, id: string): boolean {
  const isStep = standsFor(tree, id);
  return ownList(flow.component, 'nodes').some((item) => isStep(item) && resolveReference(tree, item) !== undefined);
}

/**
 * {@link changedAt} for a tree that stays an object. What is known of the tree goes on to the changed one: look up first
 * what is to be found in the tree as it was.
 *
 * @param inside where the change is, when it is known more closely than by the pointer
 */
export function changedTree(
  tree: JsonObject,
  pointer: string,
  change: (value: Json | undefined) => Json | undefined,
  inside = pointer,
): JsonObject {
  const changed = changedAt(tree, pointer, change);
  if (!isObject(changed)) throw new EditError('EDIT-VALUE.document', pointer);
  carryLookup(tree, changed, inside);
  return changed;
}

/** The list at a pointer with an item put in. */
export function withItem(tree: JsonObject, list: string, index: number | undefined, item: Json): JsonObject {
  return changedTree(tree, list, (value) => {
    const items = Array.isArray(value) ? value.slice() : [];
    items.splice(index === undefined ? items.length : Math.max(0, Math.min(index, items.length)), 0, item);
    return items;
  });
}

/** The list at a pointer without the item of a place. */
export function withoutItem(tree: JsonObject, list: string, index: number): JsonObject {
  return changedTree(tree, list, (value) => (Array.isArray(value) ? value.toSpliced(index, 1) : value));
}
