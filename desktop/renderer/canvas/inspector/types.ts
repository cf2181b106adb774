import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { typeWords } from '@rondo/shared/oas/properties.ts';
import type { Words } from '../../messages/useT.ts';

/** The types that people choose from, and the schema that each stands for. */
export const typeChoices = [
  'text',
  'number',
  'integer',
  'boolean',
  'date',
  'choice',
  'texts',
  'numbers',
  'record',
  'any',
] as const;
export type TypeChoice = (typeof typeChoices)[number];

const schemas: Record<TypeChoice, JsonObject> = {
  text: { type: 'string' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  choice: { type: 'string', enum: [] },
  texts: { type: 'array', items: { type: 'string' } },
  numbers: { type: 'array', items: { type: 'number' } },
  record: { type: 'object' },
  any: {},
};

/** The choice that a schema stands for; undefined for one that is richer than the choices. */
export function choiceOf(schema: JsonObject): TypeChoice | undefined {
  if (schema.anyOf || schema.oneOf || schema.allOf || Array.isArray(schema.type)) return undefined;
  switch (schema.type) {
    case undefined:
      return 'any';
    case 'string':
      if (Array.isArray(schema.enum)) return 'choice';
      return schema.format === 'date' ? 'date' : 'text';
    case 'number':
      return 'number';
    case 'integer':
      return 'integer';
    case 'boolean':
      return 'boolean';
    case 'object':
      return isObject(schema.properties) ? undefined : 'record';
    case 'array': {
      const items = isObject(schema.items) ? choiceOf(schema.items) : 'any';
      return items === 'text' ? 'texts' : items === 'number' || items === 'integer' ? 'numbers' : undefined;
    }
    default:
      return undefined;
  }
}

/** The same property with another type: its title and description stay, its default goes. */
export function withType(property: JsonObject, choice: TypeChoice): JsonObject {
  const kept: JsonObject = {};
  if (property.title !== undefined) kept.title = property.title;
  if (property.description !== undefined) kept.description = property.description;
  return { ...kept, ...schemas[choice] };
}

/** A schema's type in plain words. */
export function typeName(schema: JsonObject, t: Words): string {
  const choice = choiceOf(schema);
  return choice ? t(`canvas.type.${choice}`) : typeWords(schema);
}
