import { cast } from '@rondo/shared/oas/casts.ts';
import { openFlow, rootFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { errorAt, type Problem } from '@rondo/shared/oas/problems.ts';
import { defaultOf, type Property, titleOf } from '@rondo/shared/oas/properties.ts';
import { OperationError } from './errors.ts';

/** What a flow is started with: the inputs of its StartNode. */
export function startInputs(document: JsonObject): Property[] {
  if (!rootFlow(document)) throw new OperationError('INVALID', 'The document has no flow that could run.');
  const view = openFlow(document);
  const start = view.nodes.find((node) => node.id === view.startId);
  return start?.inputs ?? view.inputs;
}

/**
 * The inputs, cast to what the flow's start asks for.
 * @throws {OperationError} INVALID with a problem for each input that is missing, unknown or of the wrong type
 */
export function checkedInputs(document: JsonObject, given: JsonObject): JsonObject {
  const properties = startInputs(document);
  const problems: Problem[] = [];
  const inputs: JsonObject = {};
  for (const property of properties) {
    const title = titleOf(property);
    const value = Object.hasOwn(given, title) ? given[title] : undefined;
    if (value === undefined) {
      if (defaultOf(property) === undefined)
        problems.push(errorAt('INPUT-MISSING', `/inputs/${title}`, `“${title}” is missing.`));
      continue;
    }
    const result = cast(value, property);
    if (result.ok) inputs[title] = result.value;
    else problems.push(errorAt('INPUT-TYPE', `/inputs/${title}`, `“${title}”: ${result.message}`));
  }
  const known = new Set(properties.map(titleOf));
  for (const title of Object.keys(given))
    if (!known.has(title))
      problems.push(errorAt('INPUT-UNKNOWN', `/inputs/${title}`, `The flow has no input “${title}”.`));
  if (problems.length > 0)
    throw new OperationError('INVALID', problems.map((problem) => problem.message).join(' '), problems);
  return inputs;
}
