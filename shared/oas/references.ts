import { indexOf, type Located } from './componentIndex.ts';
import { aliasesOf, componentNamed, targetNamed, valueNamed } from './componentLookup.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject, own, ownText } from './json.ts';

export type { Index, Located, LocatedValue, ReferencePlace } from './componentIndex.ts';
export { indexOf } from './componentIndex.ts';
export { carryLookup, isReferredTo, targetNamed } from './componentLookup.ts';

/** The id that a value refers to, when it is exactly a reference. */
export function referenceOf(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const ref = ownText(value, '$component_ref');
  return ref !== undefined && Object.keys(value).length === 1 ? ref : undefined;
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
  return componentNamed(tree, id);
}

/** What a value stands for: itself, or what its reference names. Undefined for a reference that leads nowhere. */
export function resolveValue(tree: JsonObject, value: Json | undefined): Json | undefined {
  let current = value;
  for (let hops = 0; hops < 32; hops++) {
    const ref = referenceOf(current);
    if (ref === undefined) return current;
    current = valueNamed(tree, ref);
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

/** Is {@link idOf} a value the id? The answer for a tree and an id, to ask about many values. */
export function standsFor(tree: JsonObject, id: string): (value: Json | undefined) => boolean {
  const others = new Set([...aliasesOf(tree)].filter((name) => idOf(tree, reference(name)) === id));
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const { $component_ref: ref, id: own } = value as JsonObject;
    const may = ref === id || own === id || (others.size > 0 && typeof ref === 'string' && others.has(ref));
    return may && idOf(tree, value) === id;
  };
}

/** Pointer of the component that stands at a pointer, itself or by reference. */
export function pointerOf(tree: JsonObject, value: Json | undefined, pointer: string): string {
  const ref = referenceOf(value);
  return ref === undefined ? pointer : (targetNamed(tree, ref)?.pointer ?? pointer);
}

/** The document's root component: itself, or what its `$component_ref` names. */
export function rootComponent(tree: JsonObject): JsonObject | undefined {
  if (own(tree, 'component_type') !== undefined) return tree;
  const ref = ownText(tree, '$component_ref');
  const target = ref === undefined ? undefined : valueNamed(tree, ref);
  return isObject(target) ? target : undefined;
}
