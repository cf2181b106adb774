import { cast } from '@rondo/shared/oas/casts.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import type { Said } from '@rondo/shared/words/said.ts';

/** What is typed in a field: text for most, a list for lists of texts, true or false for a switch. */
export type Entered = string | boolean | string[] | undefined;

/** The kind of field that a JSON Schema asks for. */
export type FieldType =
  | 'text'
  | 'long'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'choice'
  | 'texts'
  | 'date'
  | 'file'
  | 'json';

export function fieldTypeOf(schema: JsonObject): FieldType {
  const single = nonNull(schema);
  if (Array.isArray(single.enum)) return 'choice';
  switch (single.type) {
    case 'string':
      if (single.format === 'date') return 'date';
      if (single.format === 'rondo-file') return 'file';
      return typeof single.maxLength === 'number' && single.maxLength <= 80 ? 'text' : 'long';
    case 'number':
      return 'number';
    case 'integer':
      return 'integer';
    case 'boolean':
      return 'boolean';
    case 'array':
      return isObject(single.items) && single.items.type === 'string' && !single.items.enum ? 'texts' : 'json';
    default:
      return 'json';
  }
}

/** A union with null asks for the other alternative. */
function nonNull(schema: JsonObject): JsonObject {
  if (Array.isArray(schema.anyOf)) {
    const others = schema.anyOf.filter(isObject).filter((option) => option.type !== 'null');
    if (others.length === 1 && others[0]) return others[0];
  }
  return schema;
}

export function isRequired(schema: JsonObject): boolean {
  return schema.default === undefined;
}

/** How a value stands in its field. */
export function toEntered(value: Json | undefined, type: FieldType): Entered {
  if (value === undefined || value === null) return type === 'boolean' ? false : type === 'texts' ? [] : '';
  if (type === 'boolean') return value === true;
  if (type === 'texts') return Array.isArray(value) ? value.map(String) : [];
  if (type === 'json') return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return String(value);
}

export type FieldResult =
  | { ok: true; value: Json | undefined }
  | { ok: false; reason: 'required' | 'invalid'; said?: Said };

/**
 * Reads what was entered as a value of the schema's type.
 *
 * @returns an absent value where nothing was entered and the schema has a default
 */
export function fromEntered(entered: Entered, schema: JsonObject): FieldResult {
  const type = fieldTypeOf(schema);
  const empty =
    entered === undefined || entered === '' || (Array.isArray(entered) && entered.length === 0 && !isRequired(schema));
  if (empty) {
    if (type === 'boolean') return { ok: true, value: false };
    if (!isRequired(schema)) return { ok: true, value: undefined };
    // an empty text is a text; everything else has to be given
    return { ok: false, reason: 'required' };
  }
  let raw: Json = entered;
  if (type === 'json' && typeof entered === 'string') {
    try {
      raw = JSON.parse(entered) as Json;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      // a field of any type takes plain text too
      if (schema.type !== undefined || schema.anyOf !== undefined) return { ok: false, reason: 'invalid' };
    }
  }
  if ((type === 'number' || type === 'integer') && typeof entered === 'string') {
    const number = Number(entered.replaceAll(/[\s,]/g, ''));
    if (!Number.isFinite(number)) return { ok: false, reason: 'invalid' };
    raw = number;
  }
  if (type === 'choice') {
    const options = nonNull(schema).enum;
    const match = Array.isArray(options) ? options.find((option) => String(option) === entered) : undefined;
    if (match === undefined) return { ok: false, reason: 'invalid' };
    return { ok: true, value: match };
  }
  const result = cast(raw, schema);
  return result.ok ? { ok: true, value: result.value } : { ok: false, reason: 'invalid', said: result.said };
}
