import { isObject, type Json, type JsonObject } from './json.ts';

/** An input or output: a JSON Schema (2020-12) with a title, which is its name. */
export type Property = JsonObject & { title: string };

/** The properties of a list, in order; entries without a title are left out. */
export function propertiesOf(value: Json | undefined): Property[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (item): item is Property => isObject(item) && typeof item.title === 'string' && item.title !== '',
  );
}

/** Titles hold none of these: they would be ambiguous in templates and references. */
const forbiddenInTitle = /[`.,{}\s'"]/;

/** True for a name that a property may have. */
export function isPropertyTitle(title: string): boolean {
  return title !== '' && !forbiddenInTitle.test(title);
}

/** True when the property says what is used where nothing is given. */
export function hasDefault(property: JsonObject): boolean {
  return Object.hasOwn(property, 'default');
}

/** A property's default; undefined where it has none. */
export function defaultOf(property: JsonObject): Json | undefined {
  return hasDefault(property) ? property.default : undefined;
}

/** The types that a schema allows; empty = any. */
export function schemaTypes(schema: JsonObject): string[] {
  if (typeof schema.type === 'string') return [schema.type];
  if (Array.isArray(schema.type)) return schema.type.filter((item): item is string => typeof item === 'string');
  return [];
}

/** The alternatives of a union (`anyOf`, `oneOf`, or a list of types); a plain schema is its only one. */
export function alternatives(schema: JsonObject): JsonObject[] {
  for (const union of [schema.anyOf, schema.oneOf])
    if (Array.isArray(union)) return union.filter(isObject).flatMap(alternatives);
  const types = schemaTypes(schema);
  return types.length > 1 ? types.map((type) => ({ ...schema, type })) : [schema];
}

const words: Record<string, string> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'yes or no',
  null: 'nothing',
  object: 'record',
};

/** A schema's type in a business user's words: “text”, “list of numbers”, “yes or no”. */
export function typeWords(schema: JsonObject): string {
  const parts = alternatives(schema);
  if (parts.length > 1) return [...new Set(parts.map(typeWords))].join(' or ');
  const type = schemaTypes(schema)[0];
  if (type === undefined) return 'anything';
  if (type !== 'array') return words[type] ?? type;
  const items = isObject(schema.items) ? typeWords(schema.items) : 'anything';
  return `list of ${plural[items] ?? items}`;
}

const plural: Record<string, string> = {
  text: 'texts',
  number: 'numbers',
  'whole number': 'whole numbers',
  record: 'records',
};

/**
 * Whether a value of the source schema can be used as the target, casts of the specification included: anything →
 * string; integer, number and boolean among each other; the same inside lists and objects; every alternative of the
 * source must fit some alternative of the target; a missing type is any.
 */
export function typesFit(source: JsonObject, target: JsonObject): boolean {
  const targets = alternatives(target);
  return alternatives(source).every((one) => targets.some((other) => fitsOne(one, other)));
}

const numeric = new Set(['integer', 'number', 'boolean']);

function fitsOne(source: JsonObject, target: JsonObject): boolean {
  const from = schemaTypes(source)[0];
  const to = schemaTypes(target)[0];
  if (from === undefined || to === undefined || to === 'string') return true;
  if (numeric.has(from) && numeric.has(to)) return true;
  if (from !== to) return false;
  if (from === 'array')
    return typesFit(isObject(source.items) ? source.items : {}, isObject(target.items) ? target.items : {});
  if (from === 'object' && isObject(target.properties)) {
    const has = isObject(source.properties) ? source.properties : undefined;
    if (!has) return true;
    return Object.entries(target.properties).every(([name, wanted]) => {
      const given = has[name];
      return isObject(given) && (!isObject(wanted) || typesFit(given, wanted));
    });
  }
  return true;
}
