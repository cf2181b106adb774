import { findingsIn, isComponent, isSmallComponent } from './componentIndex.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject, own, ownText } from './json.ts';
import { pointerTo, pointerTokens } from './pointer.ts';

/** Where a value stands: at a place, or in the part of that place's list that holds it. */
export interface Site {
  /** a pointer, or that of a list in which `item` stands somewhere */
  base: string;
  item: JsonObject | undefined;
  /** the rest of the way from there */
  inner: string;
  value: Json;
}

/** What is named in a tree, and how often each name is referred to. They change with the tree, unlike an index. */
export interface LookupTables {
  /** components by their ids */
  named: Map<string, Site[]>;
  /** entries of `$referenced_components` that go by a key that is no id of theirs */
  aliases: Map<string, Site[]>;
  references: Map<string, number>;
  /** lists in which no item says where it stands, so that nothing changes for those that move up */
  steady: WeakSet<Json[]>;
}

/** The tables of a tree, made by walking through it. */
export function tablesOf(tree: JsonObject): LookupTables {
  const tables: LookupTables = { named: new Map(), aliases: new Map(), references: new Map(), steady: new WeakSet() };
  enter(tables, tree, { base: '', item: undefined }, 1);
  return tables;
}

/**
 * Makes the tables of one tree those of another. What both share is not looked at.
 *
 * @param place a pointer: the trees differ there, or inside
 */
export function changeTables(tables: LookupTables, from: JsonObject, to: JsonObject, place: string): void {
  change(tables, from, to, { base: '', item: undefined }, pointerTokens(place));
}

/** Where something is entered: at a pointer, or as an item of the list at a pointer. */
type Spot = Pick<Site, 'base' | 'item'>;
/** entered, or taken out */
type Sign = 1 | -1;

/** @param way the keys that lead on to what differs; all are looked at where they end */
function change(
  tables: LookupTables,
  from: Json | undefined,
  to: Json | undefined,
  spot: Spot,
  way: readonly string[],
): void {
  if (from === to) return;
  if (Array.isArray(from) && Array.isArray(to)) changeList(tables, from, to, spot.base);
  else if (isObject(from) && isObject(to) && !isWhole(from) && !isWhole(to))
    changeObject(tables, from, to, spot.base, way);
  else {
    if (from !== undefined) enter(tables, from, spot, -1);
    if (to !== undefined) enter(tables, to, spot, 1);
  }
}

/** Is it entered under the list that it stands in, without its number? */
function isWhole(value: Json): boolean {
  return isObject(value) && isSmallComponent(value);
}

function changeList(tables: LookupTables, from: Json[], to: Json[], list: string): void {
  const steady = tables.steady.has(from);
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < most - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  // those behind stand elsewhere now
  if (!steady && from.length !== to.length) end = 0;
  const spotOf = (item: Json | undefined, place: number) => spotIn(list, item, place);
  for (let i = start; i < from.length - end; i += 1) enter(tables, from[i] as Json, spotOf(from[i], i), -1);
  for (let i = start; i < to.length - end; i += 1) enter(tables, to[i] as Json, spotOf(to[i], i), 1);
  if (steady && to.slice(start, to.length - end).every(isSteady)) tables.steady.add(to);
}

function spotIn(list: string, item: Json | undefined, place: number): Spot {
  return item !== undefined && isWhole(item)
    ? { base: list, item: item as JsonObject }
    : { base: `${list}/${place}`, item: undefined };
}

/** Nothing is entered of it that tells its place in its list. */
function isSteady(item: Json): boolean {
  if (typeof item !== 'object' || item === null || isWhole(item)) return true;
  return !Array.isArray(item) && !isComponent(item) && Object.values(item).every((value) => typeof value !== 'object');
}

const entriesKey = '$referenced_components';

function changeObject(
  tables: LookupTables,
  from: JsonObject,
  to: JsonObject,
  pointer: string,
  [next, ...way]: readonly string[],
): void {
  enterItself(tables, from, pointer, -1);
  enterItself(tables, to, pointer, 1);
  for (const key of next === undefined ? keysOfBoth(from, to) : [next]) {
    if (key === 'metadata') continue;
    const before = own(from, key);
    const after = own(to, key);
    if (before === after) continue;
    const place = pointerTo(pointer, key);
    if (key === entriesKey) changeEntries(tables, before, after, place, way);
    else change(tables, before, after, { base: place, item: undefined }, way);
  }
}

function changeEntries(
  tables: LookupTables,
  from: Json | undefined,
  to: Json | undefined,
  pointer: string,
  [next, ...way]: readonly string[],
): void {
  if (!isObject(from) || !isObject(to)) {
    if (from !== undefined) enterPart(tables, entriesKey, from, pointer, -1);
    if (to !== undefined) enterPart(tables, entriesKey, to, pointer, 1);
    return;
  }
  for (const name of next === undefined ? keysOfBoth(from, to) : [next]) {
    const before = own(from, name);
    const after = own(to, name);
    if (before === after) continue;
    const base = pointerTo(pointer, name);
    if (before !== undefined) enterAlias(tables, name, before, base, -1);
    if (after !== undefined) enterAlias(tables, name, after, base, 1);
    change(tables, before, after, { base, item: undefined }, way);
  }
}

function* keysOfBoth(from: JsonObject, to: JsonObject): Generator<string> {
  for (const key of Object.keys(from)) yield key;
  for (const key of Object.keys(to)) if (!Object.hasOwn(from, key)) yield key;
}

function enter(tables: LookupTables, value: Json, spot: Spot, sign: Sign): void {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) enter(tables, value[i] as Json, spotIn(spot.base, value[i], i), sign);
    if (sign > 0 && value.every(isSteady)) tables.steady.add(value);
    return;
  }
  if (!isObject(value)) return;
  if (isWhole(value)) {
    enterWhole(tables, value, spot, sign);
    return;
  }
  enterItself(tables, value, spot.base, sign);
  for (const key of Object.keys(value)) {
    const part = value[key];
    // `metadata` is free: nothing there is a component or a reference
    if (key === 'metadata' || typeof part !== 'object' || part === null) continue;
    enterPart(tables, key, part, pointerTo(spot.base, key), sign);
  }
}

function enterPart(tables: LookupTables, key: string, part: Json, pointer: string, sign: Sign): void {
  if (key !== entriesKey || !isObject(part)) {
    enter(tables, part, { base: pointer, item: undefined }, sign);
    return;
  }
  for (const name of Object.keys(part)) {
    const entry = part[name] as Json;
    const base = pointerTo(pointer, name);
    enterAlias(tables, name, entry, base, sign);
    enter(tables, entry, { base, item: undefined }, sign);
  }
}

function enterWhole(tables: LookupTables, component: JsonObject, { base, item }: Spot, sign: Sign): void {
  const inside = findingsIn(component);
  for (const { id, pointer, component: value } of inside.components)
    if (id !== undefined) count(tables.named, id, { base, item, inner: pointer, value }, sign);
  for (const { key, pointer, value } of inside.aliases)
    if (!goesById(key, value)) count(tables.aliases, key, { base, item, inner: pointer, value }, sign);
  for (const { ref } of inside.references) countReference(tables, ref, sign);
}

/** An object that is walked through: what it is, without what is in it. */
function enterItself(tables: LookupTables, value: JsonObject, base: string, sign: Sign): void {
  const ref = ownText(value, '$component_ref');
  if (ref !== undefined) countReference(tables, ref, sign);
  const id = isComponent(value) ? ownText(value, 'id') : undefined;
  if (id !== undefined) count(tables.named, id, { base, item: undefined, inner: '', value }, sign);
}

function enterAlias(tables: LookupTables, key: string, value: Json, base: string, sign: Sign): void {
  if (!goesById(key, value)) count(tables.aliases, key, { base, item: undefined, inner: '', value }, sign);
}

function goesById(key: string, entry: Json): boolean {
  return isObject(entry) && isComponent(entry) && ownText(entry, 'id') === key;
}

function count(sites: Map<string, Site[]>, name: string, site: Site, sign: Sign): void {
  const known = sites.get(name);
  if (sign > 0) {
    if (known) known.push(site);
    else sites.set(name, [site]);
    return;
  }
  const at = known?.findIndex(
    ({ base, item, inner, value }) =>
      value === site.value && base === site.base && item === site.item && inner === site.inner,
  );
  if (known === undefined || at === undefined || at < 0) throw new Error(`“${name}” was not entered at ${site.base}.`);
  if (known.length === 1) sites.delete(name);
  else known.splice(at, 1);
}

function countReference({ references }: LookupTables, ref: string, sign: Sign): void {
  const times = (references.get(ref) ?? 0) + sign;
  if (times === 0) references.delete(ref);
  else references.set(ref, times);
}
