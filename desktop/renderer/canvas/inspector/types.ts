import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { fileFormat, typeSaid, typeWords } from '@rondo/shared/oas/properties.ts';
import { pieceWords } from '../../messages/saidWords.ts';
import type { Words } from '../../messages/useT.ts';

/** The types that people choose from. */
export const typeChoices = [
  'text',
  'number',
  'integer',
  'boolean',
  'date',
  'choice',
  'file',
  'list',
  'record',
  'any',
] as const;
export type TypeChoice = (typeof typeChoices)[number];

/** The schema that each stands for when it is chosen. */
const schemas: Record<TypeChoice, JsonObject> = {
  text: { type: 'string' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  choice: { type: 'string', enum: [] },
  file: { type: 'string', format: fileFormat },
  list: { type: 'array', items: { type: 'string' } },
  record: { type: 'object', properties: {} },
  any: {},
};

/** What an optional value of a type is when nothing is given. */
const empties: Record<TypeChoice, Json> = {
  text: '',
  number: 0,
  integer: 0,
  boolean: false,
  date: '',
  choice: '',
  file: '',
  list: [],
  record: {},
  any: null,
};

/** The choice that a schema stands for; undefined for one that is richer than the choices. */
export function choiceOf(schema: JsonObject): TypeChoice | undefined {
  if (schema.anyOf || schema.oneOf || schema.allOf || Array.isArray(schema.type)) return undefined;
  switch (schema.type) {
    case undefined:
      return 'any';
    case 'string':
      if (Array.isArray(schema.enum)) return 'choice';
      return schema.format === 'date' ? 'date' : schema.format === fileFormat ? 'file' : 'text';
    case 'number':
      return 'number';
    case 'integer':
      return 'integer';
    case 'boolean':
      return 'boolean';
    case 'object':
      return 'record';
    case 'array':
      return 'list';
    default:
      return undefined;
  }
}

/** The same property with another type: its title and description stay, its default goes. */
export function withType(property: JsonObject, choice: TypeChoice): JsonObject {
  const kept: JsonObject = {};
  if (property.title !== undefined) kept.title = property.title;
  if (property.description !== undefined) kept.description = property.description;
  return { ...kept, ...structuredClone(schemas[choice]) };
}

/** May the value be left out? Where it has a default. Turning that on gives it an empty one. */
export function withOptional(property: JsonObject, optional: boolean): JsonObject {
  const { default: now, ...rest } = property;
  if (!optional) return rest;
  const choice = choiceOf(property) ?? 'any';
  const [first] = Array.isArray(property.enum) ? property.enum : [];
  return { ...rest, default: now ?? (choice === 'choice' && first !== undefined ? first : empties[choice]) };
}

/** The fields of a record, as properties with titles. */
export function recordFields(schema: JsonObject): JsonObject[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).map(([title, inner]) => ({ ...(isObject(inner) ? inner : {}), title }));
}

/** A record with other fields; a field that was titled by its schema stays titled so. */
export function withRecordFields(schema: JsonObject, fields: readonly JsonObject[]): JsonObject {
  const before = isObject(schema.properties) ? schema.properties : {};
  const properties = Object.fromEntries(
    fields.map((field): [string, Json] => {
      const { title, ...rest } = field;
      const name = String(title);
      const old = Object.hasOwn(before, name) ? before[name] : undefined;
      return [name, isObject(old) && typeof old.title === 'string' ? { ...rest, title: old.title } : rest];
    }),
  );
  const names = new Set(Object.keys(properties));
  const { required, ...rest } = schema;
  const still = Array.isArray(required) ? required.filter((name) => names.has(String(name))) : undefined;
  return { ...rest, properties, ...(still ? { required: still } : {}) };
}

/** A property with another value of a field; an absent one takes the field away. */
export function withField(property: JsonObject, field: string, value: Json | undefined): JsonObject {
  const { [field]: _old, ...rest } = property;
  return value === undefined ? rest : { ...rest, [field]: value };
}

/** The type of a list's entries. */
export function itemsOf(schema: JsonObject): JsonObject {
  return isObject(schema.items) ? schema.items : {};
}

/** A schema's type within a line of other words: in English it begins with a small letter. */
export function typeInLine(schema: JsonObject, t: Words): string {
  const choice = choiceOf(schema);
  if (choice === 'list') return t('canvas.typeInLine.listOf', { kind: choiceOf(itemsOf(schema)) ?? 'any' });
  return choice ? t(`canvas.typeInLine.${choice}`) : (pieceWords(typeSaid(schema), t) ?? typeWords(schema));
}

/** A schema's type in plain words. */
export function typeName(schema: JsonObject, t: Words): string {
  const choice = choiceOf(schema);
  if (choice === 'list') return t('canvas.type.listOf', { kind: choiceOf(itemsOf(schema)) ?? 'any' });
  return choice ? t(`canvas.type.${choice}`) : (pieceWords(typeSaid(schema), t) ?? typeWords(schema));
}
