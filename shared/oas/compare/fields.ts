import { commonFields, fieldsOf } from '../componentTypes.ts';
import { nextBranch } from '../inference.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, own, sameJson } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import { referenceOf } from '../references.ts';
import type { FieldDefinition } from '../types/definition.ts';
import { memberLists } from './membership.ts';
import { asSet } from './parts.ts';

/** One place of a component that two documents say differently. */
export interface FieldChange {
  /** into the component; an item of inputs, outputs or tools by its name instead of its place in the list */
  pointer: string;
  /** `order`: the same items in another order */
  kind: 'added' | 'removed' | 'changed' | 'order';
  /** a component is a reference to it */
  before?: Json;
  after?: Json;
}

const membership: ReadonlySet<string> = new Set(memberLists);

/**
 * What differs between two shells of one component. A field that is left out, one that is null where it may be, and
 * one that says its default are the same. The order of keys, and of steps and connections, does not count.
 * @param come ids of components that only one of the documents has: steps and connections among them are told there
 */
export function changedFields(before: JsonObject, after: JsonObject, come: ReadonlySet<string>): FieldChange[] {
  const changes: FieldChange[] = [];
  const type = own(after, 'component_type');
  const known = typeof type === 'string' ? fieldsOf(type) : {};
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const definition = Object.hasOwn(known, field) ? known[field] : commonField(field);
    const [left, right] = [meant(field, definition, before), meant(field, definition, after)];
    const place = pointerTo('', field);
    if (field === '$referenced_components') compare(plainEntries(left), plainEntries(right), place, changes);
    else if (membership.has(field) && Array.isArray(left) && Array.isArray(right)) {
      compareItems(without(left, come), without(right, come), place, changes, false);
    } else compare(left, right, place, changes);
  }
  return changes;
}

function commonField(field: string): FieldDefinition | undefined {
  return Object.hasOwn(commonFields, field) ? commonFields[field] : undefined;
}

/** The value of a field as it is understood: undefined for one that says no more than leaving it out would. */
function meant(field: string, definition: FieldDefinition | undefined, shell: JsonObject): Json | undefined {
  const value = own(shell, field);
  if (value === undefined) return undefined;
  if (value === null && (definition === undefined || definition.nullable || definition.default !== undefined)) {
    return undefined;
  }
  if (field === 'metadata' && isObject(value) && Object.keys(value).length === 0) return undefined;
  if (field === 'from_branch' && value === nextBranch) return undefined;
  return definition?.default !== undefined && sameJson(value, definition.default) ? undefined : value;
}

/** What stands among the referenced components and is none: plain values. Components are told by themselves. */
function plainEntries(value: Json | undefined): Json | undefined {
  if (!isObject(value)) return value;
  const plain = Object.entries(value).filter(([, entry]) => referenceOf(entry) === undefined);
  return plain.length === 0 ? undefined : Object.fromEntries(plain);
}

function without(list: Json[], come: ReadonlySet<string>): Json[] {
  return list.filter((item) => !come.has(referenceOf(item) ?? ''));
}

function compare(before: Json | undefined, after: Json | undefined, pointer: string, changes: FieldChange[]): void {
  if (before === undefined) {
    if (after !== undefined) changes.push({ pointer, kind: 'added', after });
    return;
  }
  if (after === undefined) {
    changes.push({ pointer, kind: 'removed', before });
    return;
  }
  if (sameJson(before, after)) return;
  if (isObject(before) && isObject(after) && referenceOf(before) === undefined && referenceOf(after) === undefined) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(own(before, key), own(after, key), pointerTo(pointer, key), changes);
    }
  } else if (Array.isArray(before) && Array.isArray(after) && asSet(before) && asSet(after)) {
    compareItems(before, after, pointer, changes, true);
  } else changes.push({ pointer, kind: 'changed', before, after });
}

/** Lists whose items have names: item by item. */
function compareItems(before: Json[], after: Json[], pointer: string, changes: FieldChange[], ordered: boolean): void {
  const left = asSet(before) ?? new Map<string, Json>();
  const right = asSet(after) ?? new Map<string, Json>();
  const count = changes.length;
  for (const identity of new Set([...left.keys(), ...right.keys()])) {
    const place = pointerTo(pointer, identity.slice(identity.indexOf(' ') + 1));
    compare(left.get(identity), right.get(identity), place, changes);
  }
  const same = changes.length === count && left.size === right.size;
  if (!ordered || !same || [...left.keys()].join('\n') === [...right.keys()].join('\n')) return;
  changes.push({ pointer, kind: 'order', before, after });
}
