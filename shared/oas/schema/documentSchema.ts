import { agentspecVersions, componentTypes, fieldsOf, isAccepted } from '../componentTypes.ts';
import type { JsonObject } from '../json.ts';
import type { FieldDefinition } from '../types/definition.ts';
import { recordTypes } from '../types/records.ts';

/**
 * A JSON Schema (2020-12) of Open Agent Spec documents, made from the table of component types: for editors and for
 * programs in other languages. It says what each field may hold; what several components must be together (edges that
 * lead somewhere, inputs that are fed) is for `validate`. Types and fields that are not known are allowed.
 */
export function documentSchema(): JsonObject {
  const types = [...componentTypes.keys()];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Open Agent Spec document',
    type: 'object',
    anyOf: [{ required: ['component_type'] }, { required: ['$referenced_components'] }],
    properties: entriesAndVersion,
    if: says('component_type'),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { $ref: '#/$defs/component' },
    $defs: {
      reference: {
        description: 'A component, or a value, that stands elsewhere.',
        type: 'object',
        properties: { $component_ref: { type: 'string' } },
        required: ['$component_ref'],
        additionalProperties: false,
      },
      entries: {
        description: 'Components and plain values that are referred to by their keys.',
        type: 'object',
        additionalProperties: { if: says('component_type'), ...andThen({ $ref: '#/$defs/component' }) },
      },
      property: {
        description: 'An input or an output: a JSON Schema with a title.',
        type: 'object',
        properties: { title: { type: 'string', minLength: 1 } },
        required: ['title'],
      },
      component: {
        type: 'object',
        properties: { component_type: { type: 'string', minLength: 1 }, ...entriesAndVersion },
        required: ['component_type'],
        allOf: types.map((type) => ({
          if: { properties: { component_type: { const: type } }, required: ['component_type'] },
          ...andThen({ $ref: `#/$defs/types/${type}` }),
        })),
      },
      types: Object.fromEntries(types.map((type) => [type, typeSchema(type, true)])),
      implied: Object.fromEntries(types.filter(isImplied).map((type) => [type, typeSchema(type, false)])),
      records: Object.fromEntries(Object.keys(recordTypes).map((name) => [name, recordSchema(name)])),
    },
  };
}

/** Is there a field in which only this type can stand? */
function isImplied(type: string): boolean {
  return [...componentTypes.keys()].some((other) =>
    Object.values(fieldsOf(other)).some(({ of }) => of?.length === 1 && of[0] === type),
  );
}

const entriesAndVersion: JsonObject = {
  agentspec_version: { type: 'string', examples: [...agentspecVersions] },
  $referenced_components: { $ref: '#/$defs/entries' },
};

function says(key: string): JsonObject {
  return { type: 'object', required: [key] };
}

function andThen(schema: JsonObject): JsonObject {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  return { then: schema };
}

/** @param named false where a document may leave out the type: the name may be left out there, too */
function typeSchema(type: string, named: boolean): JsonObject {
  const definition = componentTypes.get(type);
  const fields = Object.entries(fieldsOf(type));
  const required = fields.filter(([name, field]) => field.required && (named || name !== 'name')).map(([name]) => name);
  // Nothing can be connected to a step without an id.
  if (definition?.group === 'node') required.unshift('id');
  return {
    description: `Since ${definition?.lowestVersion ?? ''}.`,
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, field]) => [name, fieldSchema(field)])),
    ...(required.length === 0 ? {} : { required }),
  };
}

/** Any field may be a reference: to a component, to a plain value, or to a secret. */
function fieldSchema(field: FieldDefinition): JsonObject {
  const notes: JsonObject = {
    ...(field.lowestVersion === undefined ? {} : { description: `Since ${field.lowestVersion}.` }),
    ...(field.default === undefined ? {} : { default: field.default }),
    ...(field.sensitive ? { writeOnly: true } : {}),
  };
  return { ...notes, if: says('$component_ref'), ...andThen({ $ref: '#/$defs/reference' }), else: valueSchema(field) };
}

function valueSchema(field: FieldDefinition): JsonObject {
  const schema = kindSchema(field);
  return field.nullable ? { anyOf: [{ type: 'null' }, schema] } : schema;
}

function kindSchema(field: FieldDefinition): JsonObject {
  const texts: JsonObject = { type: 'array', items: { type: 'string' } };
  switch (field.kind) {
    case 'text':
      return { type: 'string' };
    case 'number':
    case 'integer':
      return {
        type: field.kind,
        ...(field.least === undefined ? {} : { minimum: field.least }),
        ...(field.above === undefined ? {} : { exclusiveMinimum: field.above }),
      };
    case 'boolean':
      return { type: 'boolean' };
    case 'texts':
      return texts;
    case 'textOrTexts':
      return { anyOf: [{ type: 'string' }, texts] };
    case 'textOrObject':
      return { anyOf: [{ type: 'string' }, { type: 'object' }] };
    case 'object':
      return objectSchema(field, texts);
    case 'schemas':
      return { type: 'object', additionalProperties: { type: 'object' } };
    case 'json':
      return {};
    case 'choice':
      return { enum: [...(field.choices ?? []), ...(field.orBoolean ? [true, false] : [])] };
    case 'properties':
      return { type: 'array', items: { $ref: '#/$defs/property' } };
    case 'component':
      return slotSchema(field);
    case 'components':
      return {
        type: 'array',
        items: field.orTexts ? { anyOf: [{ type: 'string' }, itemSchema(field)] } : itemSchema(field),
      };
    case 'pairs':
      return { type: 'array', items: { type: 'array', items: itemSchema(field), minItems: 2, maxItems: 2 } };
  }
}

function objectSchema(field: FieldDefinition, texts: JsonObject): JsonObject {
  if (field.record !== undefined) return { $ref: `#/$defs/records/${field.record}` };
  if (field.values === undefined) return { type: 'object' };
  return { type: 'object', additionalProperties: field.values === 'text' ? { type: 'string' } : texts };
}

function recordSchema(name: string): JsonObject {
  const record = recordTypes[name];
  const fields = Object.entries(record?.fields ?? {});
  const required = fields.filter(([, field]) => field.required).map(([key]) => key);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([key, field]) => [key, fieldSchema(field)])),
    ...(required.length === 0 ? {} : { required }),
    ...(record?.closed ? { additionalProperties: false } : {}),
  };
}

function itemSchema(field: FieldDefinition): JsonObject {
  return { if: says('$component_ref'), ...andThen({ $ref: '#/$defs/reference' }), else: slotSchema(field) };
}

/** A component where only some types may stand. A type that is not known may be one of them. */
function slotSchema(field: FieldDefinition): JsonObject {
  const types = [...componentTypes.keys()];
  const [only] = field.of ?? [];
  // Where only one type can stand, a document may leave out which one it is.
  if (field.of?.length === 1 && only !== undefined && componentTypes.has(only)) {
    return {
      type: 'object',
      if: says('component_type'),
      ...andThen({ $ref: '#/$defs/component' }),
      else: { $ref: `#/$defs/implied/${only}` },
      properties: { component_type: { not: { enum: types.filter((type) => !isAccepted(type, field)) } } },
    };
  }
  const refused = types.filter((type) => !isAccepted(type, field));
  return {
    $ref: '#/$defs/component',
    ...(refused.length === 0 ? {} : { properties: { component_type: { not: { enum: refused } } } }),
  };
}
