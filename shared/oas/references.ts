import type { Json, JsonObject } from './json.ts';
import { isObject, own, ownText } from './json.ts';
import { pointerTo } from './pointer.ts';

export interface Located {
  pointer: string;
  component: JsonObject;
}

/** A value that stands in the document under a name, be it a component or a plain value. */
export interface LocatedValue {
  pointer: string;
  value: Json;
}

/** One `{"$component_ref": …}` and where it stands. */
export interface ReferencePlace {
  ref: string;
  pointer: string;
  /** id of the innermost component around it */
  owner: string | undefined;
  /** the keys from that component down to it */
  path: string[];
}

export interface Index {
  /** components by id; an entry of `$referenced_components` also by its key */
  components: Map<string, Located>;
  /** everything that a reference may name */
  targets: Map<string, LocatedValue>;
  references: ReferencePlace[];
  /** ids that stand at more than one place, with the places */
  duplicates: { id: string; pointers: string[] }[];
}

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

const indexes = new WeakMap<JsonObject, Index>();

/** Every component, reference and duplicate of a tree; made once per tree (trees are never changed in place). */
export function indexOf(tree: JsonObject): Index {
  const known = indexes.get(tree);
  if (known) return known;
  const index: Index = { components: new Map(), targets: new Map(), references: [], duplicates: [] };
  const places = new Map<string, string[]>();
  const aliases: { key: string; pointer: string; value: Json }[] = [];
  collect(tree, '', undefined, [], index, places, aliases);
  for (const { key, pointer, value } of aliases) {
    const inner = isObject(value) ? ownText(value, 'id') : undefined;
    if (inner === key && isComponent(value)) continue;
    const taken = index.targets.get(key);
    if (taken === undefined) index.targets.set(key, { pointer, value });
    else if (taken.pointer !== pointer) places.set(key, [...(places.get(key) ?? [taken.pointer]), pointer]);
    if (isObject(value) && isComponent(value) && !index.components.has(key)) {
      index.components.set(key, { pointer, component: value });
    }
  }
  for (const [id, pointers] of places) if (pointers.length > 1) index.duplicates.push({ id, pointers });
  indexes.set(tree, index);
  return index;
}

function isComponent(value: Json): value is JsonObject {
  return isObject(value) && ownText(value, 'component_type') !== undefined;
}

function collect(
  value: Json,
  pointer: string,
  owner: string | undefined,
  path: string[],
  index: Index,
  places: Map<string, string[]>,
  aliases: { key: string; pointer: string; value: Json }[],
): void {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      collect(item, pointerTo(pointer, i), owner, [...path, String(i)], index, places, aliases);
    }
    return;
  }
  if (!isObject(value)) return;
  const ref = ownText(value, '$component_ref');
  if (ref !== undefined) index.references.push({ ref, pointer, owner, path });
  let inside = owner;
  let inner = path;
  const id = ownText(value, 'id');
  if (isComponent(value)) {
    inner = [];
    inside = id;
    if (id !== undefined) {
      if (!index.components.has(id)) {
        index.components.set(id, { pointer, component: value });
        index.targets.set(id, { pointer, value });
      }
      places.set(id, [...(places.get(id) ?? []), pointer]);
    }
  }
  for (const [key, item] of Object.entries(value)) {
    // `metadata` is free: what looks like a component or a reference there is somebody's note.
    if (key === 'metadata') continue;
    const place = pointerTo(pointer, key);
    if (key === '$referenced_components' && isObject(item)) {
      for (const [name, entry] of Object.entries(item)) {
        const at = pointerTo(place, name);
        aliases.push({ key: name, pointer: at, value: entry });
        collect(entry, at, inside, [...inner, key, name], index, places, aliases);
      }
    } else collect(item, place, inside, [...inner, key], index, places, aliases);
  }
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

/** How often a component is referred to by its id or by its key. */
export function referencesTo(tree: JsonObject, id: string): ReferencePlace[] {
  return indexOf(tree).references.filter((place) => place.ref === id);
}

/** The document's root component: itself, or what its `$component_ref` names. */
export function rootComponent(tree: JsonObject): JsonObject | undefined {
  if (own(tree, 'component_type') !== undefined) return tree;
  const ref = ownText(tree, '$component_ref');
  const target = ref === undefined ? undefined : indexOf(tree).targets.get(ref)?.value;
  return isObject(target) ? target : undefined;
}
