import type { Json, JsonObject } from '../json.ts';
import { isObject, ownText } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import { indexOf, reference, referenceOf } from '../references.ts';

/** One component of a document, taken out of the tree. */
export interface Part {
  /** `''` for the document itself, else its id (its key among the referenced components where it has none) */
  key: string;
  type: string;
  name: string;
  /** the component, with a reference wherever it holds another component */
  shell: JsonObject;
  /** where it stands: inside which part, and at which place of that part's shell */
  home: Home | undefined;
  /** JSON pointer into the document */
  pointer: string;
}

export interface Home {
  owner: string;
  /** pointer in the owner's shell; a place in a list of components is `*`, since such lists are sets */
  place: string;
}

/** A document as its components, in the order in which they stand. */
export type Parts = Map<string, Part>;

/** The key of the document itself. */
export const rootKey = '';

/**
 * Takes a document apart. What has neither an id nor a key stays inside the component around it, as do notes in
 * `metadata`. The document must be sound: no id stands twice.
 */
export function partsOf(tree: JsonObject): Parts {
  const parts: Parts = new Map();
  take(tree, rootKey, undefined, '', parts);
  return parts;
}

function take(component: JsonObject, key: string, home: Home | undefined, pointer: string, parts: Parts): void {
  const part: Part = {
    key,
    type: ownText(component, 'component_type') ?? '',
    name: ownText(component, 'name') ?? '',
    shell: component,
    home,
    pointer,
  };
  parts.set(key, part);
  part.shell = shellOf(component, part, parts);
}

function shellOf(component: JsonObject, part: Part, parts: Parts): JsonObject {
  return Object.fromEntries(
    Object.entries(component).map(([field, value]) => {
      if (field === 'metadata') return [field, value];
      const place = pointerTo('', field);
      const at = pointerTo(part.pointer, field);
      if (field !== '$referenced_components' || !isObject(value))
        return [field, hollow(value, part.key, place, at, parts)];
      return [field, entriesOf(value, part.key, place, at, parts)];
    }),
  );
}

/** Entries of `$referenced_components`: a component without an id goes by its key. */
function entriesOf(entries: JsonObject, owner: string, place: string, pointer: string, parts: Parts): JsonObject {
  return Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => {
      const home = { owner, place: pointerTo(place, name) };
      const at = pointerTo(pointer, name);
      if (!isObject(entry) || ownText(entry, 'component_type') === undefined) {
        return [name, hollow(entry, owner, home.place, at, parts)];
      }
      const key = ownText(entry, 'id') ?? name;
      take(entry, key, home, at, parts);
      return [name, reference(key)];
    }),
  );
}

/** A value with references instead of the components in it. */
function hollow(value: Json, owner: string, place: string, pointer: string, parts: Parts): Json {
  if (Array.isArray(value)) {
    const set = isSet(value);
    return value.map((item, i) =>
      hollow(item, owner, set ? `${place}/*` : pointerTo(place, i), pointerTo(pointer, i), parts),
    );
  }
  if (!isObject(value)) return value;
  const id = ownText(value, 'id');
  if (id !== undefined && id !== '' && ownText(value, 'component_type') !== undefined) {
    take(value, id, { owner, place }, pointer, parts);
    return reference(id);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === 'metadata' ? item : hollow(item, owner, pointerTo(place, key), pointerTo(pointer, key), parts),
    ]),
  );
}

/**
 * What tells an item of a list from the others, in a shell: the component that it refers to, the title of a property,
 * the name of a component without an id. Undefined for an item that only its place tells apart.
 */
export function identityOf(item: Json): string | undefined {
  if (!isObject(item)) return undefined;
  const ref = referenceOf(item);
  if (ref !== undefined) return `component ${ref}`;
  const id = ownText(item, 'id');
  const type = ownText(item, 'component_type');
  if (type !== undefined) {
    if (id !== undefined && id !== '') return `component ${id}`;
    const name = ownText(item, 'name');
    return name === undefined ? undefined : `${type} ${name}`;
  }
  const title = ownText(item, 'title');
  return title === undefined ? undefined : `property ${title}`;
}

/** The items of a list by what tells them apart; undefined for a list whose items have only their places. */
export function asSet(list: readonly Json[]): Map<string, Json> | undefined {
  const items = new Map<string, Json>();
  for (const item of list) {
    const identity = identityOf(item);
    if (identity === undefined || items.has(identity)) return undefined;
    items.set(identity, item);
  }
  return items;
}

function isSet(list: readonly Json[]): boolean {
  return asSet(list) !== undefined;
}

/**
 * Puts a document together again. A component stands where its home is; one whose home is gone stands where it is
 * first referred to; one that nothing refers to is left out.
 */
export function assembled(parts: Parts): JsonObject {
  const homes = new Map([...parts].map(([key, { home }]) => [key, home]));
  for (;;) {
    const done = new Set<string>([rootKey]);
    const slots = new Map<string, Home>();
    const tree = filled(rootKey, parts, homes, done, slots);
    const homeless = [...slots].filter(([key]) => !done.has(key));
    if (homeless.length === 0) return tree;
    const [first] = homeless as [[string, Home]];
    homes.set(first[0], first[1]);
  }
}

function filled(
  key: string,
  parts: Parts,
  homes: Map<string, Home | undefined>,
  done: Set<string>,
  slots: Map<string, Home>,
): JsonObject {
  const fill = (value: Json, place: string, inEntries: boolean): Json => {
    if (Array.isArray(value)) {
      const set = isSet(value);
      return value.map((item, i) => fill(item, set ? `${place}/*` : pointerTo(place, i), false));
    }
    if (!isObject(value)) return value;
    const ref = referenceOf(value);
    if (ref !== undefined) {
      if (!parts.has(ref) || ref === rootKey) return value;
      const home = homes.get(ref);
      if (!slots.has(ref)) slots.set(ref, { owner: key, place });
      if (done.has(ref) || home?.owner !== key || home.place !== place) return value;
      done.add(ref);
      return filled(ref, parts, homes, done, slots);
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        if (name === 'metadata' && !inEntries) return [name, item];
        return [name, fill(item, pointerTo(place, name), name === '$referenced_components' && place === '')];
      }),
    );
  };
  return fill(parts.get(key)?.shell ?? {}, '', false) as JsonObject;
}

/** The parts with every reference by the key of the part that it names: an entry may be referred to by its own key. */
export function canonical(tree: JsonObject, parts: Parts): (ref: string) => string {
  const { targets } = indexOf(tree);
  const byPointer = new Map([...parts.values()].map((part) => [part.pointer, part.key]));
  return (ref) => {
    const pointer = targets.get(ref)?.pointer;
    return (pointer === undefined ? undefined : byPointer.get(pointer)) ?? ref;
  };
}

/** A value with every reference in it renamed. Notes in `metadata` stay. */
export function withReferences(value: Json, rename: (ref: string) => string): Json {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, rename));
  if (!isObject(value)) return value;
  const ref = referenceOf(value);
  if (ref !== undefined) return reference(rename(ref));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === 'metadata' ? item : withReferences(item, rename)]),
  );
}

/** Every component that a value refers to. */
export function refsIn(value: Json, found: string[] = []): string[] {
  if (Array.isArray(value)) for (const item of value) refsIn(item, found);
  else if (isObject(value)) {
    const ref = referenceOf(value);
    if (ref !== undefined) found.push(ref);
    else for (const [key, item] of Object.entries(value)) if (key !== 'metadata') refsIn(item, found);
  }
  return found;
}
