import type { Json, JsonObject } from './json.ts';
import { isObject, own, ownText } from './json.ts';
import { pointerTo, pointerTokens } from './pointer.ts';

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
  /** components that have no id (or none that is a text), so that nothing can refer to them */
  unnamed: Located[];
  /** everything that a reference may name */
  targets: Map<string, LocatedValue>;
  references: ReferencePlace[];
  /** ids that stand at more than one place, with the places */
  duplicates: { id: string; pointers: string[] }[];
}

const indexes = new WeakMap<JsonObject, Index>();

/**
 * Every component, reference and duplicate of a tree; made once per tree (trees are never changed in place). What a
 * tree shares with one that was looked at before is not walked again: an edit of a large document costs little.
 */
export function indexOf(tree: JsonObject): Index {
  const known = indexes.get(tree);
  if (known) return known;
  let references: ReferencePlace[] | undefined;
  const index: Index = {
    components: new Map(),
    unnamed: [],
    targets: new Map(),
    // most who look something up do not ask for them
    get references() {
      references ??= lookFor(tree, { references: [] }).references;
      return references;
    },
    duplicates: [],
  };
  /** places of what stands at more than one */
  const places = new Map<string, string[]>();
  const { components, aliases } = lookFor(tree, { components: [], aliases: [] });
  for (const { id, pointer, component } of components) {
    if (id === undefined) {
      index.unnamed.push({ pointer, component });
      continue;
    }
    const first = index.components.get(id);
    if (first) {
      const others = places.get(id);
      if (others) others.push(pointer);
      else places.set(id, [first.pointer, pointer]);
      continue;
    }
    index.components.set(id, { pointer, component });
    index.targets.set(id, { pointer, value: component });
  }
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
  for (const [id, pointers] of places) index.duplicates.push({ id, pointers });
  indexes.set(tree, index);
  return index;
}

/** Has it a type, as a component has? */
export function isComponent(value: Json): value is JsonObject {
  return isObject(value) && ownText(value, 'component_type') !== undefined;
}

/** What was found in a part of a document, in the order in which it stands there. */
export interface Findings {
  components: { id: string | undefined; pointer: string; component: JsonObject }[];
  references: ReferencePlace[];
  /** entries of `$referenced_components`, by their keys */
  aliases: { key: string; pointer: string; value: Json }[];
}

/** Where a value stands, and the innermost component around it. */
interface Spot {
  pointer: string;
  owner: string | undefined;
  ownerPointer: string;
}

function lookFor<Wanted extends Partial<Findings>>(tree: JsonObject, wanted: Wanted): Wanted {
  walk(tree, { pointer: '', owner: undefined, ownerPointer: '' }, wanted);
  return wanted;
}

/** The references in a part of a document, their places counted from there. */
export function referencesIn(value: Json): ReferencePlace[] {
  const references: ReferencePlace[] = [];
  walk(value, { pointer: '', owner: undefined, ownerPointer: '' }, { references });
  return references;
}

const found = new WeakMap<JsonObject, Findings>();

/** Looks for what there is a list for. */
function walk(value: Json, spot: Spot, into: Partial<Findings>): void {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const item = value[i];
      if (typeof item !== 'object' || item === null) continue;
      const pointer = `${spot.pointer}/${i}`;
      const known = found.get(item as JsonObject);
      if (known) take(known, pointer, into);
      else walk(item, { owner: spot.owner, ownerPointer: spot.ownerPointer, pointer }, into);
    }
    return;
  }
  if (!isObject(value)) return;
  if (found.has(value) || isSmallComponent(value)) take(findingsIn(value), spot.pointer, into);
  else look(value, spot, into);
}

/** Takes over what is in a small component that stands at a place. */
function take(inside: Findings, at: string, into: Partial<Findings>): void {
  if (into.components)
    for (const { id, pointer, component } of inside.components)
      into.components.push({ id, pointer: at + pointer, component });
  if (into.references)
    for (const { ref, pointer, owner, path } of inside.references)
      into.references.push({ ref, pointer: at + pointer, owner, path });
  if (into.aliases)
    for (const { key, pointer, value } of inside.aliases) into.aliases.push({ key, pointer: at + pointer, value });
}

/** What is in a small component, its places counted from there; kept as long as the component is. */
export function findingsIn(component: JsonObject): Findings {
  const known = found.get(component);
  if (known) return known;
  const inside: Findings = { components: [], references: [], aliases: [] };
  look(component, { pointer: '', owner: undefined, ownerPointer: '' }, inside);
  found.set(component, inside);
  return inside;
}

/**
 * Does anything in a tree refer to one of the names? All of it is looked through.
 *
 * @param except pointer of something inside of which references do not count
 */
export function isReferredToIn(tree: JsonObject, names: ReadonlySet<string>, except?: string): boolean {
  return refersTo(tree, names, except === undefined ? undefined : pointerTokens(except));
}

/** @param rest the way from here to what does not count; undefined where it lies elsewhere */
function refersTo(value: Json, names: ReadonlySet<string>, rest: readonly string[] | undefined): boolean {
  const after = (token: string) => (rest?.[0] === token ? rest.slice(1) : undefined);
  if (Array.isArray(value)) return value.some((item, i) => refersTo(item, names, rest && after(String(i))));
  if (!isObject(value)) return false;
  const ref = ownText(value, '$component_ref');
  if (ref !== undefined && names.has(ref)) return true;
  if (rest?.length === 0) return false;
  if (!rest && isSmallComponent(value)) return findingsIn(value).references.some((place) => names.has(place.ref));
  return Object.entries(value).some(([key, item]) => key !== 'metadata' && refersTo(item, names, rest && after(key)));
}

/** A component that is looked at as a whole: it says by itself what is in it, and holds no long lists of others. */
export function isSmallComponent(value: JsonObject): boolean {
  return (
    isComponent(value) &&
    own(value, '$component_ref') === undefined &&
    own(value, '$referenced_components') === undefined &&
    own(value, 'nodes') === undefined
  );
}

function look(value: JsonObject, { pointer, owner, ownerPointer }: Spot, into: Partial<Findings>): void {
  const ref = ownText(value, '$component_ref');
  if (ref !== undefined && into.references) {
    const path = pointerTokens(pointer.slice(ownerPointer.length));
    into.references.push({ ref, pointer, owner, path });
  }
  let inside = { owner, ownerPointer };
  if (isComponent(value)) {
    const id = ownText(value, 'id');
    inside = { owner: id, ownerPointer: pointer };
    into.components?.push({ id, pointer, component: value });
  }
  for (const [key, item] of Object.entries(value)) {
    // `metadata` is free: what looks like a component or a reference there is somebody's note.
    if (key === 'metadata' || typeof item !== 'object' || item === null) continue;
    const place = pointerTo(pointer, key);
    if (key === '$referenced_components' && isObject(item)) {
      for (const [name, entry] of Object.entries(item)) {
        const at = pointerTo(place, name);
        into.aliases?.push({ key: name, pointer: at, value: entry });
        walk(entry, { owner: inside.owner, ownerPointer: inside.ownerPointer, pointer: at }, into);
      }
    } else walk(item, { ...inside, pointer: place }, into);
  }
}
