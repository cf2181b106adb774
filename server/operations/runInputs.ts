import { cast } from '@rondo/shared/oas/casts.ts';
import { openFlow, rootFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { errorAt, type Problem } from '@rondo/shared/oas/problems.ts';
import { defaultOf, type Property, titleOf } from '@rondo/shared/oas/properties.ts';
import type { PartialRun } from '@rondo/shared/runs/partial.ts';
import { said } from '@rondo/shared/words/said.ts';
import { OperationError, refusedFor } from './errors.ts';

/** What a flow is started with: the inputs of its StartNode. `flowId`: a flow inside of the document's own. */
export function startInputs(document: JsonObject, flowId?: string): Property[] {
  if (!rootFlow(document)) throw new OperationError('INVALID', said('failure.noFlow'));
  const view = openFlow(document, flowId);
  const start = view.nodes.find((node) => node.id === view.startId);
  return start?.inputs ?? view.inputs;
}

/**
 * The inputs, cast to what the flow's start asks for. A part that does not begin with the start takes those that it is
 * given, and what it needs of them shows when it needs it.
 * @throws {OperationError} INVALID with a problem for each input that is missing, unknown or of the wrong type
 */
export function checkedInputs(document: JsonObject, given: JsonObject, partial?: PartialRun): JsonObject {
  if (partial?.from !== undefined) return given;
  const properties = startInputs(document, partial?.flow);
  const problems: Problem[] = [];
  const inputs: JsonObject = {};
  for (const property of properties) {
    const title = titleOf(property);
    const value = Object.hasOwn(given, title) ? given[title] : undefined;
    if (value === undefined) {
      if (defaultOf(property) === undefined) problems.push(errorAt('INPUT-MISSING', `/inputs/${title}`, { title }));
      continue;
    }
    const result = cast(value, property);
    if (result.ok) inputs[title] = result.value;
    else problems.push(errorAt('INPUT-TYPE', `/inputs/${title}`, { title, wrong: result.said }));
  }
  const known = new Set(properties.map(titleOf));
  for (const title of Object.keys(given))
    if (!known.has(title)) problems.push(errorAt('INPUT-UNKNOWN', `/inputs/${title}`, { title }));
  if (problems.length > 0) throw refusedFor(problems);
  return inputs;
}
