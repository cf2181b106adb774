import { isObject, type Json, type JsonObject } from './json.ts';
import { alternatives, schemaTypes, typeWords } from './properties.ts';

export type CastResult = { ok: true; value: Json } | { ok: false; message: string };

/**
 * Casts a value to a schema as the specification says: anything → string (objects and lists as JSON); integer, number
 * and boolean among each other; recursively in lists and objects; a value of a union goes to the alternative that it
 * fits as it is, else to the first that it can be cast to; no type = as it is. `enum` and `const` are checked.
 */
export function cast(value: Json, schema: JsonObject): CastResult {
  const parts = alternatives(schema);
  if (parts.length > 1) {
    const exact = parts.find((part) => isExactly(value, part));
    if (exact) return castOne(value, exact);
    for (const part of parts) {
      const result = castOne(value, part);
      if (result.ok) return result;
    }
    return wrong(value, schema);
  }
  return castOne(value, parts[0] ?? schema);
}

function isExactly(value: Json, schema: JsonObject): boolean {
  const type = schemaTypes(schema)[0];
  if (type === undefined) return true;
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function castOne(value: Json, schema: JsonObject): CastResult {
  const result = castType(value, schema);
  if (!result.ok) return result;
  const allowed = Array.isArray(schema.enum) ? schema.enum : 'const' in schema ? [schema.const] : undefined;
  if (allowed && !allowed.some((one) => JSON.stringify(one) === JSON.stringify(result.value)))
    return { ok: false, message: `${shown(value)} is none of ${allowed.map((one) => shown(one ?? null)).join(', ')}.` };
  return result;
}

function castType(value: Json, schema: JsonObject): CastResult {
  switch (schemaTypes(schema)[0]) {
    case undefined:
      return { ok: true, value };
    case 'string':
      return { ok: true, value: typeof value === 'string' ? value : textOf(value) };
    case 'number':
      return castNumber(value, schema, false);
    case 'integer':
      return castNumber(value, schema, true);
    case 'boolean':
      if (typeof value === 'boolean') return { ok: true, value };
      return typeof value === 'number' ? { ok: true, value: value !== 0 } : wrong(value, schema);
    case 'null':
      return value === null ? { ok: true, value } : wrong(value, schema);
    case 'array':
      return Array.isArray(value) ? castList(value, schema) : wrong(value, schema);
    case 'object':
      return isObject(value) ? castObject(value, schema) : wrong(value, schema);
    default:
      return { ok: false, message: `“${schemaTypes(schema)[0]}” is no type of JSON Schema.` };
  }
}

function castNumber(value: Json, schema: JsonObject, whole: boolean): CastResult {
  const number = typeof value === 'boolean' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return wrong(value, schema);
  return { ok: true, value: whole ? Math.trunc(number) : number };
}

function castList(value: Json[], schema: JsonObject): CastResult {
  const items = schema.items;
  if (!isObject(items)) return { ok: true, value };
  const out: Json[] = [];
  for (const [index, item] of value.entries()) {
    const result = cast(item, items);
    if (!result.ok) return { ok: false, message: `Item ${index + 1}: ${result.message}` };
    out.push(result.value);
  }
  return { ok: true, value: out };
}

function castObject(value: JsonObject, schema: JsonObject): CastResult {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const extra = isObject(schema.additionalProperties) ? schema.additionalProperties : undefined;
  const required = Array.isArray(schema.required) ? schema.required : Object.keys(properties);
  const out: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const wanted = Object.hasOwn(properties, key) ? properties[key] : extra;
    const result: CastResult = isObject(wanted) ? cast(item, wanted) : { ok: true, value: item };
    if (!result.ok) return { ok: false, message: `“${key}”: ${result.message}` };
    Object.defineProperty(out, key, { value: result.value, enumerable: true, configurable: true, writable: true });
  }
  for (const key of required) {
    if (typeof key !== 'string' || Object.hasOwn(out, key)) continue;
    const wanted = properties[key];
    if (isObject(wanted) && Object.hasOwn(wanted, 'default')) out[key] = wanted.default ?? null;
    else return { ok: false, message: `“${key}” is missing.` };
  }
  return { ok: true, value: out };
}

/** A value as text: what a template or a text input shows for it. */
export function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}

function wrong(value: Json, schema: JsonObject): CastResult {
  return { ok: false, message: `${shown(value)} is not ${article(typeWords(schema))}.` };
}

function article(type: string): string {
  return /^(text|nothing|anything|yes)/.test(type) ? type : `a ${type}`;
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
