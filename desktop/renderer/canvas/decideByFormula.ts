import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Source } from './dataGestures.ts';
import { declare, feed, freeTitle } from './dataGestures.ts';
import type { Point } from './geometry.ts';
import type { GestureDraft } from './gesture.ts';
import { titleOf } from './gesture.ts';
import { pathFormula } from './inspector/values/valuePath.ts';
import { formulaStep, insertBefore } from './takeValue.ts';

interface Options {
  positions: ReadonlyMap<string, Point>;
  stepName: string;
}

/** A condition to begin with, which says "yes" or "no", by the type of what it looks at. */
export function firstCondition(input: JsonObject): string {
  const name = pathFormula(titleOf(input), []) ?? 'value';
  const condition = input.type === 'number' || input.type === 'integer' ? `${name} > 100` : `$boolean(${name})`;
  return `${condition} ? "yes" : "no"`;
}

/**
 * Lets a decision go by a condition: a formula step right before it looks at the value that decided until now and says
 * "yes" or "no", which the decision then goes by.
 *
 * @returns the id of the formula step; undefined where no way leads to the decision
 */
export function decideByFormula(
  draft: GestureDraft,
  nodeId: string,
  source: Source | undefined,
  options: Options,
): string | undefined {
  const from = source && draft.node(source.node)?.outputs.find((property) => titleOf(property) === source.output);
  const { default: _default, ...shape } = from ?? {};
  const input: JsonObject = { ...shape, title: freeTitle(source?.output ?? 'value', []) };
  const output = { title: 'answer', type: 'string' };
  const step = formulaStep(options.stepName, firstCondition(input), input, output);
  const id = insertBefore(draft, nodeId, step, options.positions);
  if (id === undefined) return undefined;
  if (source) feed(draft, id, titleOf(input), source);
  declare(draft, nodeId, 'inputs', [output]);
  feed(draft, nodeId, 'answer', { node: id, output: 'answer' });
  return id;
}
