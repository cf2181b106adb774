import type { TextKey } from '../../words/englishTexts.ts';
import { type Said, type SaidValues, said } from '../../words/said.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { pointerTo } from '../pointer.ts';

/** A place in a JSON Schema where something stands that cannot stand there. */
export interface SchemaFault {
  /** pointer inside the schema */
  pointer: string;
  /** how the sentence ends that begins with the name of the keyword: `must be a list` */
  words: Said;
}

export const schemaTypes: readonly string[] = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'];

type Check = (value: Json) => Said | undefined;
const mustBe = (what: TextKey, values?: SaidValues): Said => said('field.must', { what: said(what, values) });
const must = (fits: (value: Json) => boolean, what: TextKey): Check => {
  return (value) => (fits(value) ? undefined : mustBe(what));
};
const isCount = (value: Json): boolean => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isTexts = (value: Json): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') && new Set(value).size === value.length;

const text = must((value) => typeof value === 'string', 'what.text');
const yesNo = must((value) => typeof value === 'boolean', 'what.yesNo');
const list = must(Array.isArray, 'what.list');
const number = must((value) => typeof value === 'number', 'what.number');
const count = must(isCount, 'what.count');
const texts = must(isTexts, 'what.differentTexts');

/** Keywords of JSON Schema 2020-12 and what their values must be; others are free. */
const keywords: ReadonlyMap<string, Check> = new Map<string, Check>([
  ...(['title', 'description', '$comment', '$id', '$ref', '$anchor', '$schema', 'format', 'pattern'] as const).map(
    (name): [string, Check] => [name, text],
  ),
  ...['contentEncoding', 'contentMediaType', '$dynamicRef', '$dynamicAnchor'].map((name): [string, Check] => [
    name,
    text,
  ]),
  ...['deprecated', 'readOnly', 'writeOnly', 'uniqueItems'].map((name): [string, Check] => [name, yesNo]),
  ...['enum', 'examples'].map((name): [string, Check] => [name, list]),
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map((name): [string, Check] => [name, number]),
  ...[
    'maxLength',
    'minLength',
    'maxItems',
    'minItems',
    'maxProperties',
    'minProperties',
    'maxContains',
    'minContains',
  ].map((name): [string, Check] => [name, count]),
  ['multipleOf', must((value) => typeof value === 'number' && value > 0, 'what.aboveZero')],
  ['required', texts],
  ['dependentRequired', must((value) => isObject(value) && Object.values(value).every(isTexts), 'what.lists')],
  ['type', checkType],
]);

const schemas = [
  ...['items', 'additionalProperties', 'contains', 'propertyNames', 'not', 'if', 'then', 'else', 'contentSchema'],
  ...['unevaluatedItems', 'unevaluatedProperties'],
];
const schemaLists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const schemaMaps = ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'];

function checkType(value: Json): Said | undefined {
  const words = Array.isArray(value) ? value : [value];
  const known =
    words.length > 0 &&
    new Set(words).size === words.length &&
    words.every((word) => typeof word === 'string' && schemaTypes.includes(word));
  return known ? undefined : mustBe('what.schemaType', { types: schemaTypes });
}

/** How deep schemas within schemas are looked at. */
const maxDepth = 64;

/**
 * Everything in a JSON Schema (2020-12) that the meta-schema forbids: keywords with values of the wrong kind, at any
 * depth. Says nothing of what a schema means.
 */
export function faultsOfSchema(schema: Json, pointer = '', depth = 0): SchemaFault[] {
  if (typeof schema === 'boolean' || depth > maxDepth) return [];
  if (!isObject(schema)) return [{ pointer, words: mustBe('what.schema') }];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const at = pointerTo(pointer, keyword);
    const words = keywords.get(keyword)?.(value);
    if (words !== undefined) return [{ pointer: at, words }];
    if (schemas.includes(keyword)) return faultsOfSchema(value, at, depth + 1);
    if (schemaLists.includes(keyword)) return faultsOfList(value, at, depth);
    if (schemaMaps.includes(keyword)) return faultsOfMap(value, at, depth);
    return [];
  });
}

function faultsOfList(value: Json, at: string, depth: number): SchemaFault[] {
  if (!Array.isArray(value) || value.length === 0) return [{ pointer: at, words: mustBe('what.schemas') }];
  return value.flatMap((item, i) => faultsOfSchema(item, pointerTo(at, i), depth + 1));
}

function faultsOfMap(value: Json, at: string, depth: number): SchemaFault[] {
  if (!isObject(value)) return [{ pointer: at, words: mustBe('what.schemaMap') }];
  return Object.entries(value as JsonObject).flatMap(([name, item]) =>
    faultsOfSchema(item, pointerTo(at, name), depth + 1),
  );
}
