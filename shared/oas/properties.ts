import type { TextKey } from '../words/englishTexts.ts';
import { inEnglish, type Said, said } from '../words/said.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject, own, ownList, ownObject, ownText, sameJson } from './json.ts';

/** A JSON Schema (2020-12) with a non-empty `title`: an input or an output. */
export type Property = JsonObject;

/** `format` of a text that names a file: `rondo:file/<id>`. */
export const fileFormat = 'rondo-file';

/** The name of an input or output; empty when it has none. */
export function titleOf(property: Property): string {
  return ownText(property, 'title') ?? '';
}

/** The objects of a list of properties; anything else in it is left out. */
export function propertiesOf(value: Json | undefined): Property[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The property of a title. */
export function propertyTitled(properties: readonly Property[], title: string): Property | undefined {
  return properties.find((property) => titleOf(property) === title);
}

/** The default of a property; undefined when it has none (`null` is a default). */
export function defaultOf(property: Property): Json | undefined {
  return own(property, 'default');
}

/** A property from a title and a type. */
export function property(title: string, type: string, more: JsonObject = {}): Property {
  return { title, type, ...more };
}

/** The types that a schema allows, flattened; an empty list = any value. `anyOf` and a list of types are one thing. */
export function alternativesOf(schema: JsonObject): JsonObject[] {
  const type = own(schema, 'type');
  const anyOf = [...ownList(schema, 'anyOf'), ...ownList(schema, 'oneOf')].filter(isObject);
  const types = Array.isArray(type) ? type.filter((name) => typeof name === 'string') : [];
  if (typeof type === 'string' && anyOf.length === 0) return [schema];
  const named = typeof type === 'string' ? [type] : types;
  if (named.length === 0 && anyOf.length === 0) return [];
  return [
    ...anyOf.flatMap((part) => {
      const inner = alternativesOf(part);
      return inner.length === 0 ? [{}] : inner;
    }),
    ...named.map((name) => ({ ...schemaDetails(schema, name), type: name })),
  ];
}

function schemaDetails(schema: JsonObject, type: string): JsonObject {
  const kept = type === 'array' ? ['items'] : type === 'object' ? ['properties', 'additionalProperties'] : ['enum'];
  return Object.fromEntries(Object.entries(schema).filter(([key]) => kept.includes(key)));
}

/** What a type is called on the screen, in English: text, number, yes or no, list of numbers, … */
export function typeWords(schema: JsonObject): string {
  return inEnglish(typeSaid(schema));
}

/** The same, to be said in any language. */
export function typeSaid(schema: JsonObject): Said {
  const parts = alternativesOf(schema);
  if (parts.length === 0 || parts.some((part) => Object.keys(part).length === 0)) return said('type.any');
  const named = [...new Map(parts.map(oneType).map((one) => [JSON.stringify(one), one])).values()];
  const filled = named.filter(({ text }) => text !== 'type.null');
  if (filled.length < named.length && filled.length > 0) return said('type.mayBeEmpty', { type: alternatives(filled) });
  return alternatives(named);
}

function alternatives([first = said('type.any'), ...rest]: Said[]): Said {
  return rest.reduce((before, last) => said('or', { before, last }), first);
}

const names: Record<string, TextKey> = {
  string: 'type.string',
  number: 'type.number',
  integer: 'type.integer',
  boolean: 'type.boolean',
  null: 'type.null',
  object: 'type.object',
};

/** What a type is called when there are many of it. */
const plurals: Partial<Record<TextKey, TextKey>> = {
  'type.string': 'types.string',
  'type.number': 'types.number',
  'type.integer': 'types.integer',
  'type.boolean': 'types.boolean',
  'type.object': 'types.object',
  'type.array': 'types.array',
};

function oneType(schema: JsonObject): Said {
  const type = ownText(schema, 'type') ?? '';
  if (type === 'string' && Array.isArray(own(schema, 'enum'))) return said('type.choice');
  if (type !== 'array') return said(names[type] ?? 'type.any');
  const items = ownObject(schema, 'items');
  if (items === undefined) return said('type.array');
  const inner = typeSaid(items);
  if (inner.text === 'type.any') return said('type.array');
  const plural = plurals[inner.text];
  return said('type.listOf', { items: plural === undefined ? inner : said(plural) });
}

const numeric = new Set(['number', 'integer', 'boolean']);

/**
 * May a value of one type go where another is expected? Anything fits a text and a place without a type; numbers,
 * whole numbers and yes/no fit each other; lists and records element by element; a record must have all that the
 * target asks for. A source without a type may hold anything: it fits, and is looked at when it runs.
 */
export function typesFit(source: JsonObject, target: JsonObject): boolean {
  if (sameJson(source, target)) return true;
  const targets = alternativesOf(target);
  if (
    targets.length === 0 ||
    targets.some((part) => ownText(part, 'type') === 'string' || Object.keys(part).length === 0)
  ) {
    return true;
  }
  const sources = alternativesOf(source);
  if (sources.length === 0) return true;
  return sources.every((from) => targets.some((to) => oneTypeFits(from, to)));
}

function oneTypeFits(source: JsonObject, target: JsonObject): boolean {
  const from = ownText(source, 'type');
  const to = ownText(target, 'type');
  if (from === undefined || to === undefined) return true;
  if (numeric.has(from) && numeric.has(to)) return true;
  if (from !== to) return false;
  if (from === 'array') return typesFit(ownObject(source, 'items') ?? {}, ownObject(target, 'items') ?? {});
  if (from !== 'object') return true;
  const has = ownObject(source, 'properties') ?? {};
  const more = own(source, 'additionalProperties');
  for (const [name, wanted] of Object.entries(ownObject(target, 'properties') ?? {})) {
    if (!isObject(wanted)) continue;
    const given = own(has, name);
    if (isObject(given)) {
      if (!typesFit(given, wanted)) return false;
    } else if (own(wanted, 'default') === undefined && !isObject(more) && more !== true) return false;
  }
  return true;
}

/** Do two schemas name the same type, whatever their titles, descriptions and defaults? */
export function sameType(a: JsonObject, b: JsonObject): boolean {
  const left = alternativesOf(a);
  const right = alternativesOf(b);
  if (left.length === 0 || right.length === 0) return left.length === right.length;
  return left.every((x) => right.some((y) => sameOne(x, y))) && right.every((y) => left.some((x) => sameOne(x, y)));
}

function sameOne(a: JsonObject, b: JsonObject): boolean {
  if (own(a, 'type') !== own(b, 'type')) return false;
  // `items` beside another type mean nothing, yet the reference SDK tells types apart by them.
  if (!sameType(ownObject(a, 'items') ?? {}, ownObject(b, 'items') ?? {})) return false;
  const left = ownObject(a, 'properties') ?? {};
  const right = ownObject(b, 'properties') ?? {};
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => {
      const x = own(left, name);
      const y = own(right, name);
      return isObject(x) && isObject(y) && sameType(x, y);
    })
  );
}

/** Characters that a title must not have, by the specification. */
export const forbiddenInTitles = /[.,{} \n'"`]/;

/** A title made from words: `Amount in €` → `amount_in`. Never empty. */
export function titleFrom(text: string, taken: readonly string[] = []): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  const base = plain === '' ? 'value' : plain;
  let title = base;
  for (let n = 2; taken.includes(title); n++) title = `${base}_${n}`;
  return title;
}
