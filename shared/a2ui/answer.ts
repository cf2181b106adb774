import { cast } from '../oas/casts.ts';
import type { Json, JsonObject } from '../oas/json.ts';
import { isObject, own } from '../oas/json.ts';
import { pointerTo, valueAt } from '../oas/pointer.ts';
import type { Property } from '../oas/properties.ts';
import { alternativesOf, defaultOf, titleOf } from '../oas/properties.ts';
import { inEnglish, type Said, said } from '../words/said.ts';
import { decisionTitle, labelFrom } from './reviewForm.ts';

/** What is wrong with one value of an answer. */
export interface AnswerProblem {
  title: string;
  label: string;
  /** what is wrong with it; undefined where it is missing */
  wrong: Said | undefined;
  message: string;
}

function problemWith(title: string, wrong?: Said): AnswerProblem {
  const label = labelFrom(title);
  const words =
    wrong === undefined ? said('ANSWER-INVALID.missing', { label }) : said('ANSWER-INVALID', { label, wrong });
  return { title, label, wrong, message: inEnglish(words) };
}

export type AnswerResult = { ok: true; outputs: JsonObject } | { ok: false; problems: AnswerProblem[] };

/**
 * The typed outputs of a review. For each declared output: `decision` is the name of the button; otherwise the value
 * that the button's context sends under that name; otherwise the value of the form at `/<title>`; otherwise the
 * default. Cast by the output's type; an empty text where a number is wanted counts as no value. A text that was not
 * filled in is empty, a box that was not ticked is no.
 */
export function answerOutputs(
  outputs: readonly Property[],
  decision: string,
  context: JsonObject,
  dataModel: Json,
): AnswerResult {
  const entries: [string, Json][] = [];
  const problems: AnswerProblem[] = [];
  for (const output of outputs) {
    const title = titleOf(output);
    const given = title === decisionTitle ? decision : givenValue(output, title, context, dataModel);
    const value = given ?? defaultOf(output) ?? untouched(output);
    if (value === undefined) {
      problems.push(problemWith(title));
      continue;
    }
    const result = cast(value, output);
    if (result.ok) entries.push([title, result.value]);
    else problems.push(problemWith(title, result.said));
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, outputs: Object.fromEntries(entries) };
}

/** What a field holds that nobody touched. */
function untouched(output: Property): Json | undefined {
  const types = alternativesOf(output).map((part) => own(part, 'type'));
  if (types.includes('null')) return null;
  if (types.length !== 1) return undefined;
  return types[0] === 'string' ? '' : types[0] === 'boolean' ? false : undefined;
}

function givenValue(output: Property, title: string, context: JsonObject, dataModel: Json): Json | undefined {
  const sent = own(context, title);
  const value = sent ?? (isObject(dataModel) ? valueAt(dataModel, pointerTo('', title)) : undefined);
  if (value === undefined) return undefined;
  const types = alternativesOf(output).map((part) => own(part, 'type'));
  const takes = (type: string) => types.length === 0 || types.includes(type);
  // A ChoicePicker sends a list even for one choice.
  if (Array.isArray(value) && !takes('array') && value.length <= 1) return value[0];
  if (value === '' && !takes('string')) return takes('null') ? null : undefined;
  return value;
}

/** JSON Schema of what an answer holds: the outputs, with the decision limited to the form's buttons. */
export function answerSchema(outputs: readonly Property[], actions: readonly string[]): JsonObject {
  const properties: [string, Json][] = outputs.map((output) => {
    const title = titleOf(output);
    if (title !== decisionTitle || actions.length === 0) return [title, output];
    return [title, { ...output, enum: [...actions] }];
  });
  const required = outputs.filter((output) => defaultOf(output) === undefined).map(titleOf);
  return { type: 'object', properties: Object.fromEntries(properties), required, additionalProperties: false };
}
