import { indexOf, type Located } from './componentIndex.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject, own, ownText } from './json.ts';

export type { Index, Located, LocatedValue, ReferencePlace } from './componentIndex.ts';
export { indexOf, isReferredTo } from './componentIndex.ts';

/** The id that a value refers to, when it is exactly a reference. */
export function referenceOf(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const ref = ownText(value, '$component_ref');
  return ref !== undefined && Object.keys(value).every((key) => key === '$component_ref') ? ref : undefined;
}

/** A reference to a component. */
export function reference(id: string): JsonObject {
  return { $component_ref: id };
}

/** All components of a document by id (an entry of `$referenced_components` also by its key). */
export function componentsOf(tree: JsonObject): Map<string, Located> {
  return indexOf(tree).components;
}

/** The component of an id, and where it stands. */
export function findComponent(tree: JsonObject, id: string): Located | undefined {
  return indexOf(tree).components.get(id);
}

/** What a value stands for: itself, or what its reference names. Undefined for a reference that leads nowhere. */
export function resolveValue(tree: JsonObject, value: Json | undefined): Json | undefined {
  let current = value;
  for (let hops = 0; hops < 32; hops++) {
    const ref = referenceOf(current);
    if (ref === undefined) return current;
    current = indexOf(tree).targets.get(ref)?.value;
  }
  return undefined;
}

/** The component that a value is or refers to; undefined when it is neither. */
export function resolveReference(tree: JsonObject, value: Json | undefined): JsonObject | undefined {
  const resolved = resolveValue(tree, value);
  return isObject(resolved) ? resolved : undefined;
}

/** The id of the component that a value is or refers to. */
export function idOf(tree: JsonObject, value: Json | undefined): string | undefined {
  const component = resolveReference(tree, value);
  return (component === undefined ? undefined : ownText(component, 'id')) ?? referenceOf(value);
}

/** Pointer of the component that stands at a pointer, itself or by reference. */
export function pointerOf(tree: JsonObject, value: Json | undefined, pointer: string): string {
  const ref = referenceOf(value);
  return ref === undefined ? pointer : (indexOf(tree).targets.get(ref)?.pointer ?? pointer);
}

/** The document's root component: itself, or what its `$component_ref` names. */
export function rootComponent(tree: JsonObject): JsonObject | undefined {
  if (own(tree, 'component_type') !== undefined) return tree;
  const ref = ownText(tree, '$component_ref');
  const target = ref === undefined ? undefined : indexOf(tree).targets.get(ref)?.value;
  return isObject(target) ? target : undefined;
}
