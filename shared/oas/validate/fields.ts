import type { TextKey } from '../../words/englishTexts.ts';
import { oneOrOther, quoted, type Said, type SaidValues, said } from '../../words/said.ts';
import { fieldsOf, isAccepted, isKnownNode, isSensitive, typeNamed } from '../componentTypes.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, own, ownText } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import type { Problem } from '../problems.ts';
import { errorAt, warningAt } from '../problems.ts';
import { referenceOf, resolveReference } from '../references.ts';
import type { FieldDefinition } from '../types/definition.ts';
import { recordTypes } from '../types/records.ts';
import { faultsOfSchema } from './jsonSchema.ts';
import { called, subjectAt } from './subject.ts';

const everywhere = new Set([
  'component_type',
  'agentspec_version',
  'air_version',
  '$referenced_components',
  'component_plugin_name',
  'component_plugin_version',
]);

/** Does a component have the fields that its type asks for, and do they hold what they should? */
export function checkFields(tree: JsonObject, component: JsonObject, pointer: string): Problem[] {
  const type = ownText(component, 'component_type') ?? '';
  const id = subjectAt(tree, pointer);
  if (type === '') {
    const at = pointerTo(pointer, 'component_type');
    return [errorAt('OAS-TYPE.empty', at, { component: called(component) }, id)];
  }
  if (typeNamed(type) === undefined) {
    const text = type.endsWith('Node') ? 'OAS-UNKNOWN-TYPE.step' : 'OAS-UNKNOWN-TYPE';
    return [warningAt(text, pointer, { component: called(component), type }, id)];
  }
  const problems: Problem[] = [];
  const fields = fieldsOf(type);
  for (const [name, field] of Object.entries(fields)) {
    const value = own(component, name);
    const at = pointerTo(pointer, name);
    if (value === undefined) {
      if (field.required) problems.push(missing(component, type, name, pointer, id));
      continue;
    }
    if (value === null && field.nullable) continue;
    if (referenceOf(value) !== undefined && isSensitive(type, name)) continue;
    const wrong = whatIsWrong(tree, value, field);
    if (wrong === undefined) continue;
    const values = { field: name, component: called(component), wrong: wrong.words };
    problems.push(errorAt('OAS-FIELD', at + wrong.rest, values, id));
  }
  for (const name of Object.keys(component)) {
    if (Object.hasOwn(fields, name) || everywhere.has(name)) continue;
    const values = { component: called(component), field: name, type };
    problems.push(warningAt('OAS-UNKNOWN-FIELD', pointerTo(pointer, name), values, id));
  }
  if (own(component, 'name') === '') {
    problems.push(errorAt('OAS-NAME-EMPTY', pointerTo(pointer, 'name'), undefined, id));
  }
  if (isKnownNode(type) && !ownText(component, 'id')) {
    problems.push(errorAt('OAS-ID-MISSING', pointer, { component: called(component) }, id));
  }
  return problems;
}

function missing(component: JsonObject, type: string, name: string, pointer: string, id: string | undefined): Problem {
  const text = name === 'name' ? 'OAS-FIELD-MISSING.name' : 'OAS-FIELD-MISSING';
  return errorAt(text, pointer, { component: called(component), field: name, type }, id);
}

/** What is wrong inside a field, and the pointer of the place in it. */
interface Wrong {
  rest: string;
  words: Said;
}

/** What a field should hold instead; undefined when it is right. */
function whatIsWrong(tree: JsonObject, value: Json, field: FieldDefinition): Wrong | undefined {
  // A plain value may stand among the referenced components, too.
  const plain = referenceOf(value) !== undefined && !isComponentKind(field) ? resolvedPlain(tree, value) : value;
  switch (field.kind) {
    case 'text':
      return must(typeof plain === 'string', 'what.text');
    case 'number':
    case 'integer':
      return wrongNumber(plain, field);
    case 'boolean':
      return must(typeof plain === 'boolean', 'what.yesNo');
    case 'texts':
      return must(isTexts(plain), 'what.texts');
    case 'textOrTexts':
      return must(typeof plain === 'string' || isTexts(plain), 'what.textOrTexts');
    case 'textOrObject':
      return must(typeof plain === 'string' || isObject(plain), 'what.textOrObject');
    case 'object':
      return wrongObject(tree, plain, field);
    case 'schemas':
      return wrongSchemas(plain);
    case 'json':
      return undefined;
    case 'choice':
      return wrongChoice(plain, field);
    case 'properties':
      return must(Array.isArray(value), 'what.properties');
    case 'component':
      return wrongComponent(tree, value, field, '');
    case 'components':
      if (!Array.isArray(value)) return must(false, 'what.components');
      return firstWrong(value, (item, i) =>
        field.orTexts && typeof item === 'string' ? undefined : wrongComponent(tree, item, field, pointerTo('', i)),
      );
    case 'pairs':
      if (!Array.isArray(value)) return must(false, 'what.pairs');
      return firstWrong(value, (pair, i) => {
        const at = pointerTo('', i);
        if (!Array.isArray(pair) || pair.length !== 2) return wrongAt(at, 'field.pairs');
        return firstWrong(pair, (item, j) => wrongComponent(tree, item, field, pointerTo(at, j)));
      });
  }
}

function must(ok: boolean, what: TextKey, values?: SaidValues): Wrong | undefined {
  return ok ? undefined : wrongAt('', 'field.must', { what: said(what, values) });
}

function wrongAt(rest: string, text: TextKey, values?: SaidValues): Wrong {
  return { rest, words: said(text, values) };
}

function wrongNumber(value: Json, field: FieldDefinition): Wrong | undefined {
  if (typeof value !== 'number') return must(false, field.kind === 'integer' ? 'what.integer' : 'what.number');
  if (field.kind === 'integer' && !Number.isInteger(value)) return must(false, 'what.integer');
  if (field.above !== undefined && value <= field.above) return must(false, 'what.above', { number: field.above });
  if (field.least !== undefined && value < field.least) return must(false, 'what.least', { number: field.least });
  return undefined;
}

function wrongChoice(value: Json, field: FieldDefinition): Wrong | undefined {
  if (field.orBoolean && typeof value === 'boolean') return undefined;
  const choices = field.choices ?? [];
  return must(typeof value === 'string' && choices.includes(value), 'what.oneOf', { choices: choices.map(quoted) });
}

function wrongObject(tree: JsonObject, value: Json, field: FieldDefinition): Wrong | undefined {
  if (!isObject(value)) return must(false, 'what.object');
  const record = field.record === undefined ? undefined : recordTypes[field.record];
  for (const [name, item] of Object.entries(value)) {
    const rest = pointerTo('', name);
    if (field.values === 'text' && typeof item !== 'string') return wrongAt(rest, 'field.texts');
    if (field.values === 'texts' && !isTexts(item)) return wrongAt(rest, 'field.lists');
    if (record?.closed && !Object.hasOwn(record.fields, name)) return wrongAt(rest, 'field.closed', { field: name });
  }
  for (const [name, inner] of Object.entries(record?.fields ?? {})) {
    const item = own(value, name);
    const rest = pointerTo('', name);
    if (item === undefined) {
      if (inner.required) return wrongAt('', 'field.lacks', { field: name });
      continue;
    }
    if (item === null && inner.nullable) continue;
    const wrong = whatIsWrong(tree, item, inner);
    if (wrong !== undefined) return wrongAt(rest + wrong.rest, 'field.at', { field: name, wrong: wrong.words });
  }
  if (
    field.record === 'RetryPolicy' &&
    numberOf(value, 'max_retry_delay', 8) < numberOf(value, 'initial_retry_delay', 1)
  )
    return wrongAt('/max_retry_delay', 'field.delays');
  return undefined;
}

function numberOf(record: JsonObject, name: string, fallback: number): number {
  const value = own(record, name);
  return typeof value === 'number' ? value : fallback;
}

/** Collections of a data store: each is an object with properties. */
function wrongSchemas(value: Json): Wrong | undefined {
  if (!isObject(value)) return must(false, 'what.object');
  for (const [name, schema] of Object.entries(value)) {
    const [fault] = faultsOfSchema(schema);
    if (fault !== undefined)
      return wrongAt(pointerTo('', name) + fault.pointer, 'field.schema', { wrong: fault.words });
    if (isObject(schema) && own(schema, 'type') === 'object' && isObject(own(schema, 'properties'))) continue;
    return wrongAt(pointerTo('', name), 'field.records');
  }
  return undefined;
}

function isComponentKind(field: FieldDefinition): boolean {
  return field.kind === 'component' || field.kind === 'components' || field.kind === 'pairs';
}

function resolvedPlain(tree: JsonObject, value: Json): Json {
  return (resolveReference(tree, value) as Json | undefined) ?? value;
}

function isTexts(value: Json): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function firstWrong<T>(items: Json[], check: (item: Json, i: number) => T | undefined): T | undefined {
  for (const [i, item] of items.entries()) {
    const wrong = check(item, i);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

const groupTexts: Record<string, TextKey> = {
  node: 'what.node',
  tool: 'what.tool',
  toolbox: 'what.toolbox',
  transport: 'what.transport',
  llm: 'what.llm',
  agentic: 'what.agentic',
  store: 'what.store',
  connection: 'what.connection',
  transform: 'what.transform',
  auth: 'what.auth',
};

function wrongComponent(tree: JsonObject, value: Json, field: FieldDefinition, rest: string): Wrong | undefined {
  const wanted =
    field.of === undefined
      ? said('what.component')
      : oneOrOther(field.of.map((type) => said(groupTexts[type] ?? 'what.type', { type })));
  const component = resolveReference(tree, value);
  if (component === undefined) {
    // A reference that leads nowhere is reported as such.
    return referenceOf(value) === undefined ? wrongAt(rest, 'field.must', { what: wanted }) : undefined;
  }
  const type = ownText(component, 'component_type');
  if (type === undefined) {
    // Where only one type can stand, the official examples leave it out.
    const [implied] = field.of ?? [];
    if (
      field.of?.length === 1 &&
      typeNamed(implied ?? '') !== undefined &&
      own(component, 'component_type') === undefined
    )
      return wrongWithin(tree, component, implied ?? '', rest);
    return wrongAt(rest, 'field.noType', { what: wanted });
  }
  if (typeNamed(type) === undefined || isAccepted(type, field)) return undefined;
  return wrongAt(rest, 'field.otherType', { what: wanted, component: called(component), type });
}

/** The first thing that is wrong in the fields of a component that does not say its type, as there can be only one. */
function wrongWithin(tree: JsonObject, component: JsonObject, type: string, rest: string): Wrong | undefined {
  for (const [name, field] of Object.entries(fieldsOf(type))) {
    const value = own(component, name);
    if (value === undefined || (value === null && field.nullable)) {
      if (field.required && name !== 'name') return wrongAt(rest, 'field.lacksOf', { field: name, type });
      continue;
    }
    const wrong = whatIsWrong(tree, value, field);
    if (wrong !== undefined)
      return wrongAt(rest + pointerTo('', name) + wrong.rest, 'field.at', { field: name, wrong: wrong.words });
  }
  return undefined;
}
