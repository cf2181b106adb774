import { rondoOf } from '../flow.ts';
import { isObject, type Json, type JsonObject, own } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import { errorAt, type Problem } from '../problems.ts';
import { called } from './subject.ts';

const isTexts = (value: Json | undefined) =>
  value === undefined || (Array.isArray(value) && value.every((one) => typeof one === 'string'));

/** Whom a review is for and how long they have (shared/runs/assignment.ts): what cannot be read would be left out. */
export function checkReviewSettings(component: JsonObject, pointer: string, id: string | undefined): Problem[] {
  const at = `${pointer}/metadata/__metadata_info__/rondo`;
  const rondo = rondoOf(component);
  const problems: Problem[] = [];
  const assign = own(rondo, 'assign');
  if (assign !== undefined && !isObject(assign)) {
    problems.push(errorAt('OAS-ASSIGN', `${at}/assign`, { component: called(component) }, id));
  }
  for (const field of ['people', 'groups']) {
    if (!isObject(assign) || isTexts(own(assign, field))) continue;
    const values = { component: called(component), field };
    problems.push(errorAt('OAS-ASSIGN.list', pointerTo(`${at}/assign`, field), values, id));
  }
  const due = own(rondo, 'dueSeconds');
  if (due !== undefined && !(typeof due === 'number' && due > 0)) {
    problems.push(errorAt('OAS-DUE', `${at}/dueSeconds`, { component: called(component) }, id));
  }
  return problems;
}
