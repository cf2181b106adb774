import { quoted, type Said, said } from '../../words/said.ts';
import { fits } from '../casts.ts';
import { typeNamed } from '../componentTypes.ts';
import { inferredInputs, inferredOutputs } from '../inference.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, own, ownList, ownObject, ownText } from '../json.ts';
import { pointerTo, pointerTokens, valueAt } from '../pointer.ts';
import type { Problem } from '../problems.ts';
import { errorAt } from '../problems.ts';
import type { Property } from '../properties.ts';
import { alternativesOf, forbiddenInTitles, propertiesOf, titleOf, typeSaid } from '../properties.ts';
import { faultsOfSchema, schemaTypes } from './jsonSchema.ts';
import { called, subjectAt } from './subject.ts';

type Side = 'inputs' | 'outputs';

/** Are the inputs and outputs of a component well made, and are they those that its other fields ask for? */
export function checkProperties(tree: JsonObject, component: JsonObject, pointer: string): Problem[] {
  const type = ownText(component, 'component_type') ?? '';
  const id = subjectAt(tree, pointer);
  const problems: Problem[] = [];
  for (const side of ['inputs', 'outputs'] as const) {
    const list = own(component, side);
    if (!Array.isArray(list)) continue;
    const at = pointerTo(pointer, side);
    problems.push(...checkList(component, list, side, at, id));
    if (typeNamed(type)?.io) problems.push(...checkAgainstInferred(tree, component, type, side, at, id));
  }
  return problems;
}

function checkList(component: JsonObject, list: Json[], side: Side, at: string, id: string | undefined): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const word = side === 'inputs' ? 'input' : 'output';
  const subject = called(component);
  for (const [i, property] of list.entries()) {
    const place = pointerTo(at, i);
    if (!isObject(property)) {
      problems.push(errorAt(`OAS-PROPERTY.${word}`, place, { component: subject }, id));
      continue;
    }
    const title = titleOf(property);
    if (title === '') {
      problems.push(errorAt(`OAS-TITLE-MISSING.${word}`, place, { component: subject }, id));
    } else if (seen.has(title)) {
      problems.push(errorAt(`OAS-TITLE-TWICE.${word}`, place, { component: subject, title }, id));
    }
    seen.add(title);
    problems.push(...checkTitles(component, property, place, id, 0));
    const faults = faultsOfSchema(property);
    for (const { pointer, words } of faults) problems.push(faultIn(component, property, place, pointer, words, id));
    if (faults.length > 0) continue;
    const fallback = own(property, 'default');
    if (fallback !== undefined && !fitsLoosely(fallback, property)) {
      const values = { title, component: subject, type: typeSaid(property) };
      problems.push(errorAt('OAS-DEFAULT', pointerTo(place, 'default'), values, id));
    }
  }
  return problems;
}

/** Numbers, whole numbers and yes/no stand for each other, as in the reference SDK. */
function fitsLoosely(value: Json, schema: JsonObject): boolean {
  if (fits(value, schema)) return true;
  const numeric = alternativesOf(schema).some((part) =>
    ['number', 'integer', 'boolean'].includes(ownText(part, 'type') ?? ''),
  );
  return numeric && (typeof value === 'number' || typeof value === 'boolean');
}

/** A keyword of a schema with a value that it cannot have. */
function faultIn(
  component: JsonObject,
  property: JsonObject,
  place: string,
  pointer: string,
  wrong: Said,
  id: string | undefined,
): Problem {
  const keyword = pointerTokens(pointer).at(-1) ?? '';
  const of = { title: titleOf(property), component: called(component) };
  if (keyword === 'type') {
    const type = JSON.stringify(valueAt(property, pointer));
    return errorAt('OAS-TYPE-WORD', place + pointer, { ...of, type, types: schemaTypes }, id);
  }
  return errorAt('OAS-SCHEMA', place + pointer, { ...of, keyword, wrong }, id);
}

function checkTitles(
  component: JsonObject,
  schema: JsonObject,
  place: string,
  id: string | undefined,
  depth: number,
): Problem[] {
  const problems: Problem[] = [];
  const innerTitle = ownText(schema, 'title');
  if (innerTitle !== undefined && forbiddenInTitles.test(innerTitle)) {
    const bad = innerTitle.match(forbiddenInTitles)?.[0] ?? '';
    const sign = bad === ' ' ? said('title.space') : bad === '\n' ? said('title.lineBreak') : quoted(bad);
    const values = { title: innerTitle, component: called(component), sign };
    problems.push(errorAt('OAS-TITLE', pointerTo(place, 'title'), values, id));
  }
  if (depth > 20) return problems;
  const inside: [string, Json | undefined][] = [
    ['items', own(schema, 'items')],
    ['additionalProperties', own(schema, 'additionalProperties')],
    ...ownList(schema, 'anyOf').map((part, i): [string, Json] => [`anyOf/${i}`, part]),
    ...Object.entries(ownObject(schema, 'properties') ?? {}).map(([key, part]): [string, Json] => [
      `properties${pointerTo('', key)}`,
      part,
    ]),
  ];
  for (const [where, part] of inside) {
    if (isObject(part)) problems.push(...checkTitles(component, part, `${place}/${where}`, id, depth + 1));
  }
  return problems;
}

/** Types whose outputs are the author's own to name. */
const freeOutputs = new Set(['LlmNode', 'ApiNode', 'Flow', 'InputMessageNode', 'RemoteTool']);

/** Of these, the ones that have an output always: an empty list is not “none”. */
const neverWithout = new Set(['LlmNode', 'InputMessageNode']);

function checkAgainstInferred(
  tree: JsonObject,
  component: JsonObject,
  type: string,
  side: 'inputs' | 'outputs',
  at: string,
  id: string | undefined,
): Problem[] {
  const declared = propertiesOf(own(component, side));
  if (side === 'outputs' && freeOutputs.has(type) && (declared.length > 0 || !neverWithout.has(type))) return [];
  // A start or an end has one list, written twice or once.
  if ((type === 'StartNode' || type === 'EndNode') && declared.length === 0) return [];
  const other = propertiesOf(own(component, side === 'inputs' ? 'outputs' : 'inputs'));
  const inferred =
    (type === 'StartNode' || type === 'EndNode') && other.length > 0
      ? other
      : side === 'inputs'
        ? inferredInputs(tree, component)
        : inferredOutputs(tree, component);
  return compareTitles(component, declared, inferred, side, at, id);
}

function compareTitles(
  component: JsonObject,
  declared: Property[],
  inferred: Property[],
  side: 'inputs' | 'outputs',
  at: string,
  id: string | undefined,
): Problem[] {
  const has = new Set(declared.map(titleOf));
  const wants = new Set(inferred.map(titleOf));
  const problems: Problem[] = [];
  for (const title of wants) {
    if (has.has(title)) continue;
    const values = { component: called(component), title };
    problems.push(errorAt(side === 'inputs' ? 'OAS-INPUT-UNDECLARED' : 'OAS-OUTPUT-UNDECLARED', at, values, id));
  }
  for (const [i, title] of declared.map(titleOf).entries()) {
    if (wants.has(title)) continue;
    const values = { component: called(component), title };
    problems.push(errorAt(side === 'inputs' ? 'OAS-INPUT-UNUSED' : 'OAS-OUTPUT-UNMADE', pointerTo(at, i), values, id));
  }
  return problems;
}
