import type { TextKey } from '../words/englishTexts.ts';
import { inEnglish, quoted, type Said, type SaidValues, said } from '../words/said.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject, own, ownObject, ownText } from './json.ts';
import { alternativesOf, typeSaid } from './properties.ts';

export type CastResult = { ok: true; value: Json } | { ok: false; message: string; said: Said };

function refused(text: TextKey, values: SaidValues): CastResult {
  const words = said(text, values);
  return { ok: false, message: inEnglish(words), said: words };
}

/**
 * Brings a value into the type of a schema, by the casting rules of Open Agent Spec: anything becomes a text; numbers,
 * whole numbers and yes/no become each other; lists and records element by element; no type = any value. A value that
 * fits one alternative of a union as it is stays as it is.
 *
 * Beyond the specification, a text that is written as a number or as true/false is taken where one is wanted, because
 * forms and templates deliver texts.
 */
export function cast(value: Json, schema: JsonObject): CastResult {
  const parts = alternativesOf(schema);
  if (parts.length === 0) return { ok: true, value };
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return checkEnum(castOne(value, only), only);
  const exact = parts.find((part) => fits(value, part));
  if (exact !== undefined) return castOne(value, exact);
  for (const part of parts) {
    const result = castOne(value, part);
    if (result.ok) return result;
  }
  return refused('cast.not', { value: spoken(value), type: typeSaid(schema) });
}

/** Is the value of this type already, without any cast? Records may have more than their properties. */
export function fits(value: Json, schema: JsonObject): boolean {
  const parts = alternativesOf(schema);
  if (parts.length === 0) return true;
  return parts.some((part) => fitsOne(value, part));
}

function fitsOne(value: Json, schema: JsonObject): boolean {
  const allowed = own(schema, 'enum');
  if (Array.isArray(allowed) && !allowed.includes(value)) return false;
  switch (ownText(schema, 'type')) {
    case undefined:
      return true;
    case 'string':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
    case 'array': {
      const items = ownObject(schema, 'items') ?? {};
      return Array.isArray(value) && value.every((item) => fits(item, items));
    }
    case 'object': {
      if (!isObject(value)) return false;
      return Object.entries(ownObject(schema, 'properties') ?? {}).every(([name, inner]) => {
        const item = own(value, name);
        if (item === undefined) return isObject(inner) && own(inner, 'default') !== undefined;
        return !isObject(inner) || fits(item, inner);
      });
    }
    default:
      return true;
  }
}

function checkEnum(result: CastResult, schema: JsonObject): CastResult {
  const allowed = own(schema, 'enum');
  if (!result.ok || !Array.isArray(allowed) || allowed.includes(result.value)) return result;
  return refused('cast.choice', {
    value: spoken(result.value),
    choices: allowed.map((choice) => quoted(spoken(choice))),
  });
}

function castOne(value: Json, schema: JsonObject): CastResult {
  switch (ownText(schema, 'type')) {
    case 'string':
      return { ok: true, value: asText(value) };
    case 'number':
      return asNumber(value) ?? notOfType(value, schema);
    case 'integer': {
      const number = asNumber(value);
      if (number === undefined) return notOfType(value, schema);
      return { ok: true, value: Math.trunc(number.value) };
    }
    case 'boolean':
      if (typeof value === 'boolean') return { ok: true, value };
      if (typeof value === 'number') return { ok: true, value: value !== 0 };
      if (typeof value === 'string') {
        const word = value.trim().toLowerCase();
        if (word === 'true' || word === 'false') return { ok: true, value: word === 'true' };
      }
      return notOfType(value, schema);
    case 'null':
      return value === null ? { ok: true, value } : notOfType(value, schema);
    case 'array':
      return Array.isArray(value) ? castList(value, schema) : notOfType(value, schema);
    case 'object':
      return isObject(value) ? castRecord(value, schema) : notOfType(value, schema);
    default:
      return { ok: true, value };
  }
}

function castList(value: Json[], schema: JsonObject): CastResult {
  const items = ownObject(schema, 'items') ?? {};
  const list: Json[] = [];
  for (const [i, item] of value.entries()) {
    const result = cast(item, items);
    if (!result.ok) return refused('cast.entry', { number: i + 1, wrong: result.said });
    list.push(result.value);
  }
  return { ok: true, value: list };
}

function castRecord(value: JsonObject, schema: JsonObject): CastResult {
  const properties = ownObject(schema, 'properties') ?? {};
  const more = own(schema, 'additionalProperties');
  const entries: [string, Json][] = [];
  for (const [name, item] of Object.entries(value)) {
    const inner = own(properties, name) ?? more;
    if (inner === false && !Object.hasOwn(properties, name)) return refused('cast.closed', { field: name });
    const result: CastResult = isObject(inner) ? cast(item, inner) : { ok: true, value: item };
    if (!result.ok) return refused('cast.field', { field: name, wrong: result.said });
    entries.push([name, result.value]);
  }
  for (const [name, inner] of Object.entries(properties)) {
    if (Object.hasOwn(value, name)) continue;
    const fallback = isObject(inner) ? own(inner, 'default') : undefined;
    if (fallback === undefined) return refused('cast.missing', { field: name });
    entries.push([name, fallback]);
  }
  return { ok: true, value: Object.fromEntries(entries) };
}

function asNumber(value: Json): { ok: true; value: number } | undefined {
  if (typeof value === 'number') return { ok: true, value };
  if (typeof value === 'boolean') return { ok: true, value: value ? 1 : 0 };
  if (typeof value !== 'string' || !/^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(value)) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? { ok: true, value: number } : undefined;
}

/**
 * A value as a text: a text stays, everything else is written as JSON, lists and records with a blank after each comma
 * and colon (the specification is silent; the reference runtime writes them so).
 */
export function asText(value: Json): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? spacedJson(value) : JSON.stringify(value);
}

function spacedJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, item]) => `${JSON.stringify(name)}: ${spacedJson(item)}`)
    .join(', ')}}`;
}

function spoken(value: Json): string {
  const text = asText(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function notOfType(value: Json, schema: JsonObject): CastResult {
  const type = typeSaid(schema);
  const bare = ['type.null', 'type.any', 'type.boolean'].includes(type.text);
  return refused(bare ? 'cast.not' : 'cast.notA', { value: spoken(value), type });
}
