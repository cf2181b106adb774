import { fits } from '../casts.ts';
import { typeNamed } from '../componentTypes.ts';
import { inferredInputs, inferredOutputs } from '../inference.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, own, ownList, ownObject, ownText } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import type { Problem } from '../problems.ts';
import { errorAt, warningAt } from '../problems.ts';
import type { Property } from '../properties.ts';
import { alternativesOf, forbiddenInTitles, propertiesOf, titleOf, typeWords } from '../properties.ts';
import { called, calledFirst, subjectAt } from './subject.ts';

const knownTypes = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'];

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

function checkList(component: JsonObject, list: Json[], side: string, at: string, id: string | undefined): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const word = side === 'inputs' ? 'input' : 'output';
  for (const [i, property] of list.entries()) {
    const place = pointerTo(at, i);
    if (!isObject(property)) {
      problems.push(errorAt('OAS-PROPERTY', place, `An ${word} of ${called(component)} must be an object.`, id));
      continue;
    }
    const title = titleOf(property);
    if (title === '') {
      problems.push(errorAt('OAS-TITLE-MISSING', place, `An ${word} of ${called(component)} has no title.`, id));
    } else if (seen.has(title)) {
      problems.push(
        errorAt('OAS-TITLE-TWICE', place, `${calledFirst(component)} has two ${side} called “${title}”.`, id),
      );
    }
    seen.add(title);
    problems.push(...checkSchema(component, property, title, place, id, 0));
    const fallback = own(property, 'default');
    if (fallback !== undefined && !fitsLoosely(fallback, property)) {
      const message = `The default of “${title}” of ${called(component)} is not ${typeWords(property)}.`;
      problems.push(errorAt('OAS-DEFAULT', pointerTo(place, 'default'), message, id));
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

function checkSchema(
  component: JsonObject,
  schema: JsonObject,
  title: string,
  place: string,
  id: string | undefined,
  depth: number,
): Problem[] {
  const problems: Problem[] = [];
  const innerTitle = ownText(schema, 'title');
  if (innerTitle !== undefined && forbiddenInTitles.test(innerTitle)) {
    const bad = innerTitle.match(forbiddenInTitles)?.[0] ?? '';
    const spoken = bad === ' ' ? 'a space' : bad === '\n' ? 'a line break' : `“${bad}”`;
    const message = `The title “${innerTitle}” of ${called(component)} has ${spoken} in it, which titles must not have.`;
    problems.push(errorAt('OAS-TITLE', pointerTo(place, 'title'), message, id));
  }
  const type = own(schema, 'type');
  const types = Array.isArray(type) ? type : type === undefined ? [] : [type];
  for (const one of types) {
    if (typeof one === 'string' && knownTypes.includes(one)) continue;
    const message = `“${title}” of ${called(component)} has the type ${JSON.stringify(one)}, which does not exist. Types are ${knownTypes.join(', ')}.`;
    problems.push(errorAt('OAS-TYPE-WORD', pointerTo(place, 'type'), message, id));
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
    if (isObject(part)) problems.push(...checkSchema(component, part, title, `${place}/${where}`, id, depth + 1));
  }
  return problems;
}

/** Types whose outputs are the author's own to name. */
const freeOutputs = new Set(['LlmNode', 'ApiNode', 'Flow', 'InputMessageNode', 'RemoteTool']);

function checkAgainstInferred(
  tree: JsonObject,
  component: JsonObject,
  type: string,
  side: 'inputs' | 'outputs',
  at: string,
  id: string | undefined,
): Problem[] {
  const declared = propertiesOf(own(component, side));
  if (side === 'outputs' && freeOutputs.has(type)) return [];
  // A start or an end has one list, written twice or once.
  if ((type === 'StartNode' || type === 'EndNode') && declared.length === 0) return [];
  const other = propertiesOf(own(component, side === 'inputs' ? 'outputs' : 'inputs'));
  const inferred =
    (type === 'StartNode' || type === 'EndNode') && other.length > 0
      ? other
      : side === 'inputs'
        ? inferredInputs(tree, component)
        : inferredOutputs(tree, component);
  if (side === 'outputs' && declared.length === 0) return [];
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
    const message =
      side === 'inputs'
        ? `${calledFirst(component)} uses “${title}”, but does not list it among its inputs.`
        : `${calledFirst(component)} does not list “${title}” among its outputs, though what it is made of delivers it.`;
    const make = side === 'inputs' ? errorAt : warningAt;
    problems.push(make(side === 'inputs' ? 'OAS-INPUT-UNDECLARED' : 'OAS-OUTPUT-UNDECLARED', at, message, id));
  }
  for (const [i, title] of declared.map(titleOf).entries()) {
    if (wants.has(title)) continue;
    const message =
      side === 'inputs'
        ? `${calledFirst(component)} lists the input “${title}”, but nothing in it uses it.`
        : `${calledFirst(component)} lists the output “${title}”, but nothing in it delivers it.`;
    const make = side === 'inputs' ? warningAt : errorAt;
    problems.push(make(side === 'inputs' ? 'OAS-INPUT-UNUSED' : 'OAS-OUTPUT-UNMADE', pointerTo(at, i), message, id));
  }
  return problems;
}
