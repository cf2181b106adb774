import type { Json, JsonObject } from '../json.ts';
import { isObject, own, sameInOrder, sameJson } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import { referenceOf } from '../references.ts';
import { asSet } from './parts.ts';

/** A value in the three documents; undefined where it is not there. */
export interface ThreeValues {
  base: Json | undefined;
  ours: Json | undefined;
  theirs: Json | undefined;
}

/** What the merging of one component needs to know and to tell. */
export interface MergeRules {
  /** components that stay although theirs removed them */
  kept: ReadonlySet<string>;
  /** components of theirs that do not come */
  refused: ReadonlySet<string>;
  /** pointers whose value is one thing and is never mixed */
  whole: ReadonlySet<string>;
  /** is told of every place that both changed; ours stays */
  conflict(pointer: string, values: ThreeValues): void;
}

/**
 * Merges one value: what only one side changed is taken from it. Objects are merged key by key, lists whose items have
 * names item by item; any other value that both changed, each in its own way, is a conflict, and ours stays.
 * @returns undefined where nothing is to stand
 */
export function mergedValue(values: ThreeValues, pointer: string, rules: MergeRules): Json | undefined {
  const { base, ours, theirs } = values;
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    const merged = mergedList({ base: Array.isArray(base) ? base : [], ours, theirs }, pointer, rules);
    if (merged !== undefined) return merged;
  }
  // Here, too, single members may have to stay or not to come.
  if (pointer === '/$referenced_components' && isPlain(ours) && isPlain(theirs)) {
    return mergedObject({ base: isPlain(base) ? base : {}, ours, theirs }, pointer, rules);
  }
  if (same(ours, base)) return theirs;
  if (same(theirs, base)) return ours;
  if (alike(ours, theirs)) return ours;
  // Only the order of keys is another than in the base: what the other side says goes before.
  if (alike(ours, base)) return theirs;
  if (alike(theirs, base)) return ours;
  if (isPlain(ours) && isPlain(theirs) && !rules.whole.has(pointer)) {
    return mergedObject({ base: isPlain(base) ? base : {}, ours, theirs }, pointer, rules);
  }
  rules.conflict(pointer, values);
  return ours;
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameInOrder(a, b);
}

function alike(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameJson(a, b);
}

function isPlain(value: Json | undefined): value is JsonObject {
  return isObject(value) && referenceOf(value) === undefined;
}

/** Merges two objects key by key. The order is that of the side that changed it, else ours. */
export function mergedObject(
  { base, ours, theirs }: { base: JsonObject; ours: JsonObject; theirs: JsonObject },
  pointer: string,
  rules: MergeRules,
): JsonObject {
  const merged = new Map<string, Json>();
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const values = { base: own(base, key), ours: own(ours, key), theirs: own(theirs, key) };
    const ref = referenceOf(values.ours ?? values.theirs);
    const isLone = values.ours === undefined || values.theirs === undefined;
    const isMember = ref !== undefined && isLone && [undefined, ref].includes(referenceOf(values.base));
    const value = isMember ? mergedMember(ref, values, rules) : mergedValue(values, pointerTo(pointer, key), rules);
    if (value !== undefined) merged.set(key, value);
  }
  const order = mergedOrder(Object.keys(base), Object.keys(ours), Object.keys(theirs), (key) => merged.has(key));
  return Object.fromEntries(order.map((key) => [key, merged.get(key) as Json]));
}

/** Merges two lists as sets of their items; undefined for lists whose items have no names. */
function mergedList(
  lists: { base: Json[]; ours: Json[]; theirs: Json[] },
  pointer: string,
  rules: MergeRules,
): Json[] | undefined {
  const [base, ours, theirs] = [asSet(lists.base), asSet(lists.ours), asSet(lists.theirs)];
  if (base === undefined || ours === undefined || theirs === undefined) return undefined;
  const merged = new Map<string, Json>();
  for (const identity of new Set([...ours.keys(), ...theirs.keys()])) {
    const values = { base: base.get(identity), ours: ours.get(identity), theirs: theirs.get(identity) };
    const ref = referenceOf(values.ours ?? values.theirs);
    const place = pointerTo(pointer, identity.slice(identity.indexOf(' ') + 1));
    const value = ref === undefined ? mergedValue(values, place, rules) : mergedMember(ref, values, rules);
    if (value !== undefined) merged.set(identity, value);
  }
  const order = mergedOrder([...base.keys()], [...ours.keys()], [...theirs.keys()], (key) => merged.has(key));
  return order.map((key) => merged.get(key) as Json);
}

/** Is a component still a member of a list? */
function mergedMember(ref: string, { base, ours, theirs }: ThreeValues, rules: MergeRules): Json | undefined {
  if (ours !== undefined && theirs !== undefined) return ours;
  if (ours !== undefined) return base === undefined || rules.kept.has(ref) ? ours : undefined;
  return base === undefined && !rules.refused.has(ref) ? theirs : undefined;
}

/**
 * One order out of two: that of the side that changed the order of what was there before, else ours; what only the
 * other side has comes after what it follows there, and after what the first has put at the same place.
 */
function mergedOrder(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
  stays: (key: string) => boolean,
): string[] {
  const [left, right] = [new Set(ours), new Set(theirs)];
  const shared = new Set(base.filter((key) => left.has(key) && right.has(key)));
  const kept = (keys: readonly string[]): string => JSON.stringify(keys.filter((key) => shared.has(key)));
  const theirsLead = kept(ours) === kept(base) && kept(theirs) !== kept(base);
  const [lead, other] = theirsLead ? [theirs, ours] : [ours, theirs];
  const order = lead.filter(stays);
  const known = new Set(order);
  const others = new Set(other);
  let before: string | undefined;
  for (const key of other) {
    if (!stays(key)) continue;
    if (!known.has(key)) {
      let at = before === undefined ? 0 : order.indexOf(before) + 1;
      while (at < order.length && !others.has(order[at] as string)) at++;
      order.splice(at, 0, key);
      known.add(key);
    }
    before = key;
  }
  return order;
}
