import { fieldsOf } from '@rondo/shared/oas/componentTypes.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { findComponent, resolveReference } from '@rondo/shared/oas/references.ts';
import type { FieldDefinition } from '@rondo/shared/oas/types/definition.ts';
import type { Place } from '../../gesture.ts';
import { escapeSegment } from '../../gesture.ts';

/** Fields that every component has: the form of the step shows them, or nobody needs them. */
const everywhere = new Set(['id', 'name', 'description', 'metadata', 'inputs', 'outputs', 'branches']);

/** The fields of a component that a form shows, in the order of the table; those that can say one thing only are left out. */
export function formFields(component: JsonObject, skip: readonly string[] = []): [string, FieldDefinition][] {
  const type = typeof component.component_type === 'string' ? component.component_type : '';
  return shownFields(fieldsOf(type)).filter(([name]) => !everywhere.has(name) && !skip.includes(name));
}

export function shownFields(fields: { [name: string]: FieldDefinition }): [string, FieldDefinition][] {
  return Object.entries(fields).filter(([, field]) => !(field.kind === 'choice' && field.choices?.length === 1));
}

/**
 * Where what stands under a field, or in a list under it, is written: in itself where it is a component with an id of
 * its own, else inside of its owner.
 *
 * @returns undefined where nothing stands there, or a reference that leads out of the document
 */
export function placeUnder(tree: JsonObject, owner: Place, ...path: (string | number)[]): Place | undefined {
  let raw: Json | undefined = owner.value;
  for (const part of path) raw = isObject(raw) ? raw[String(part)] : Array.isArray(raw) ? raw[Number(part)] : undefined;
  if (!isObject(raw)) return undefined;
  const value = resolveReference(tree, raw) ?? raw;
  if (typeof value.id === 'string' && findComponent(tree, value.id)) {
    return { component: value.id, pointer: '', value };
  }
  if (typeof raw.$component_ref === 'string') return undefined;
  const pointer = path.map((part) => `/${escapeSegment(String(part))}`).join('');
  return { component: owner.component, pointer: `${owner.pointer}${pointer}`, value };
}
