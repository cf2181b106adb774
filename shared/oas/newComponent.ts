import { componentTypes, fieldsOf, isAccepted } from './componentTypes.ts';
import { practiceModel } from './create.ts';
import type { Json, JsonObject } from './json.ts';
import type { FieldDefinition } from './types/definition.ts';
import { recordTypes } from './types/records.ts';

/** The types of component that may stand in a field, by name. */
export function acceptedTypes(field: FieldDefinition): string[] {
  return [...componentTypes.keys()].filter((name) => isAccepted(name, field));
}

/** Guards against types that need each other. */
const deepest = 4;

/**
 * A new component of a type: what must be there is there, as far as it can be guessed; all else is left to its default.
 *
 * @param name what people see; @param newId makes ids; default: random UUIDs
 */
export function newComponent(
  type: string,
  name: string,
  newId: () => string = () => crypto.randomUUID(),
  depth = 0,
): JsonObject {
  const component: JsonObject = { component_type: type, id: newId(), name, description: null, metadata: {} };
  for (const [field, definition] of Object.entries(fieldsOf(type))) {
    if (Object.hasOwn(component, field)) continue;
    if (definition.kind === 'properties') component[field] = [];
    else if (definition.required) component[field] = firstValue(field, definition, name, newId, depth);
  }
  return component;
}

const kept = ['id', 'name', 'description', 'metadata', 'inputs', 'outputs'];

/** A component of another type in the place of one: who it is, and what goes in and out, stays. */
export function turnedInto(component: JsonObject, type: string): JsonObject {
  const name = typeof component.name === 'string' ? component.name : '';
  const stays: JsonObject = {};
  for (const field of kept) if (component[field] !== undefined) stays[field] = component[field];
  return { ...newComponent(type, name), ...stays };
}

function firstValue(
  field: string,
  definition: FieldDefinition,
  name: string,
  newId: () => string,
  depth: number,
): Json {
  if (definition.default !== undefined) return definition.default;
  switch (definition.kind) {
    case 'text':
    case 'textOrTexts':
    case 'textOrObject':
      return /(^|_)(url|uri|endpoint)$/.test(field) ? 'https://example.com/' : field === 'http_method' ? 'GET' : '';
    case 'number':
    case 'integer':
      return definition.least ?? 1;
    case 'boolean':
      return false;
    case 'choice':
      return definition.choices?.[0] ?? '';
    case 'component': {
      const types = acceptedTypes(definition);
      if (types.includes('LlmConfig')) return practiceModel(newId());
      const type = types.includes('Agent') ? 'Agent' : types[0];
      return type === undefined || depth >= deepest ? {} : newComponent(type, name, newId, depth + 1);
    }
    case 'texts':
    case 'components':
    case 'pairs':
    case 'properties':
      return [];
    default:
      return definition.record === undefined ? {} : newRecord(definition.record);
  }
}

/** A new object of a record type: what must be there, and nothing else. */
export function newRecord(record: string): JsonObject {
  const entries = Object.entries(recordTypes[record]?.fields ?? {}).flatMap(([name, field]): [string, Json][] =>
    field.required ? [[name, firstValue(name, field, '', () => '', deepest)]] : [],
  );
  return Object.fromEntries(entries);
}
