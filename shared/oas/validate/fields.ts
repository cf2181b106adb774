import { fieldsOf, isAccepted, isKnownNode, isSensitive, typeNamed } from '../componentTypes.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, own, ownText } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import type { Problem } from '../problems.ts';
import { errorAt, warningAt } from '../problems.ts';
import { referenceOf, resolveReference } from '../references.ts';
import type { FieldDefinition } from '../types/definition.ts';
import { called, calledFirst, subjectAt } from './subject.ts';

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
  if (typeNamed(type) === undefined) {
    const isStep = type.endsWith('Node');
    const consequence = isStep ? 'it is kept as it is, but it cannot be run' : 'it is kept as it is';
    return [
      warningAt(
        'OAS-UNKNOWN-TYPE',
        pointer,
        `${calledFirst(component)} is of a type that is not known here (${type}): ${consequence}.`,
        id,
      ),
    ];
  }
  const problems: Problem[] = [];
  const fields = fieldsOf(type);
  for (const [name, field] of Object.entries(fields)) {
    const value = own(component, name);
    const at = pointerTo(pointer, name);
    if (value === undefined || (value === null && !field.required)) {
      if (field.required) problems.push(missing(component, type, name, pointer, id));
      continue;
    }
    if (referenceOf(value) !== undefined && isSensitive(type, name)) continue;
    const wrong = whatIsWrong(tree, value, field);
    if (wrong === undefined) continue;
    const { rest, message } = wrong;
    problems.push(errorAt('OAS-FIELD', at + rest, `The field “${name}” of ${called(component)} ${message}.`, id));
  }
  for (const name of Object.keys(component)) {
    if (Object.hasOwn(fields, name) || everywhere.has(name)) continue;
    const message = `${calledFirst(component)} has a field “${name}” that ${type} does not have: it is kept, but means nothing here.`;
    problems.push(warningAt('OAS-UNKNOWN-FIELD', pointerTo(pointer, name), message, id));
  }
  if (own(component, 'name') === '') {
    problems.push(errorAt('OAS-NAME-EMPTY', pointerTo(pointer, 'name'), 'A name is missing here.', id));
  }
  if (isKnownNode(type) && !ownText(component, 'id')) {
    problems.push(
      errorAt('OAS-ID-MISSING', pointer, `${calledFirst(component)} has no id, so nothing can be connected to it.`, id),
    );
  }
  return problems;
}

function missing(component: JsonObject, type: string, name: string, pointer: string, id: string | undefined): Problem {
  const message =
    name === 'name'
      ? `A ${type} has no name.`
      : `${calledFirst(component)} lacks the field “${name}”, which a ${type} must have.`;
  return errorAt('OAS-FIELD-MISSING', pointer, message, id);
}

/** What a field should hold instead; undefined when it is right. `rest` is the pointer inside the field. */
function whatIsWrong(
  tree: JsonObject,
  value: Json,
  field: FieldDefinition,
): { rest: string; message: string } | undefined {
  const must = (ok: boolean, what: string) => (ok ? undefined : { rest: '', message: `must be ${what}` });
  // A plain value may stand among the referenced components, too.
  const plain = referenceOf(value) !== undefined && !isComponentKind(field) ? resolvedPlain(tree, value) : value;
  switch (field.kind) {
    case 'text':
      return must(typeof plain === 'string', 'a text');
    case 'number':
      return must(typeof plain === 'number', 'a number');
    case 'integer':
      return must(Number.isInteger(plain), 'a whole number');
    case 'boolean':
      return must(typeof plain === 'boolean', 'true or false');
    case 'texts':
      return must(isTexts(plain), 'a list of texts');
    case 'textOrTexts':
      return must(typeof plain === 'string' || isTexts(plain), 'a text or a list of texts');
    case 'object':
    case 'schemas':
      return must(isObject(plain), 'an object');
    case 'json':
      return undefined;
    case 'choice':
      return must(
        typeof plain === 'string' && (field.choices?.includes(plain) ?? true),
        `one of ${field.choices?.map((choice) => `“${choice}”`).join(', ')}`,
      );
    case 'properties':
      return must(Array.isArray(value), 'a list of inputs or outputs');
    case 'component':
      return wrongComponent(tree, value, field, '');
    case 'components':
      if (!Array.isArray(value)) return must(false, 'a list of components');
      return firstWrong(value, (item, i) => wrongComponent(tree, item, field, pointerTo('', i)));
    case 'pairs':
      if (!Array.isArray(value)) return must(false, 'a list of pairs of components');
      return firstWrong(value, (pair, i) => {
        const at = pointerTo('', i);
        if (!Array.isArray(pair) || pair.length !== 2) return { rest: at, message: 'must have pairs of components' };
        return firstWrong(pair, (item, j) => wrongComponent(tree, item, field, pointerTo(at, j)));
      });
  }
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

const groupWords: Record<string, string> = {
  node: 'a step',
  tool: 'a tool',
  toolbox: 'a toolbox',
  transport: 'a way to reach an MCP server',
  llm: 'a model',
  agentic: 'an agent or a flow',
  store: 'a data store',
  connection: 'a connection',
  transform: 'a transform',
  auth: 'an authorisation',
};

function wrongComponent(
  tree: JsonObject,
  value: Json,
  field: FieldDefinition,
  rest: string,
): { rest: string; message: string } | undefined {
  const wanted = field.of?.map((name) => groupWords[name] ?? `a ${name}`).join(' or ') ?? 'a component';
  const component = resolveReference(tree, value);
  if (component === undefined) {
    // A reference that leads nowhere is reported as such.
    return referenceOf(value) === undefined ? { rest, message: `must be ${wanted}` } : undefined;
  }
  const type = ownText(component, 'component_type');
  if (type === undefined) {
    // Where only one type can stand, the official examples leave it out.
    if (field.of?.length === 1 && typeNamed(field.of[0] ?? '') !== undefined) return undefined;
    return { rest, message: `must be ${wanted}, but what stands here says no component_type` };
  }
  if (typeNamed(type) === undefined || isAccepted(type, field)) return undefined;
  return { rest, message: `must be ${wanted}, but ${called(component)} is a ${type}` };
}
