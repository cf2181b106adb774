import { newNode } from '@rondo/shared/oas/create.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import type { Source } from './dataGestures.ts';
import { dropDeadEdges, feed, freeTitle } from './dataGestures.ts';
import { addStep, connectSteps, earlierSteps } from './drawing.ts';
import type { Point } from './geometry.ts';
import type { GestureDraft } from './gesture.ts';
import { partOf, titleOf } from './gesture.ts';
import type { PickedValue } from './inspector/values/valuePath.ts';
import { lastName, pathFormula } from './inspector/values/valuePath.ts';

interface TakeOptions {
  positions: ReadonlyMap<string, Point>;
  /** the name of a step that takes a value out of another, by the value's name */
  stepName: (value: string) => string;
}

/**
 * Makes a chosen value one that a data edge can carry. An output is taken as it is. For a value inside of an output,
 * which no edge of the specification can name, a formula step that takes it out is drawn right before the step that
 * wants it; one that takes the same value already is used again.
 *
 * @returns the output to connect
 */
export function takeValue(draft: GestureDraft, nodeId: string, picked: PickedValue, options: TakeOptions): Source {
  const whole = { node: picked.node, output: picked.output };
  if (picked.path.length === 0) return whole;
  const input = freeTitle(picked.output, []);
  const expression = pathFormula(input, picked.path);
  if (expression === undefined) return whole;
  const view = draft.view();
  const before = earlierSteps(view, nodeId);
  const drawn = before.find(
    (step) =>
      configured(draft.tree, step.component) === expression &&
      view.dataEdges.some(
        (edge) =>
          edge.destination === step.id &&
          edge.input === input &&
          edge.source === picked.node &&
          edge.output === picked.output,
      ),
  );
  const given = drawn?.outputs[0];
  if (drawn && given) return { node: drawn.id, output: titleOf(given) };

  const name = lastName(picked.output, picked.path);
  const source = draft.node(picked.node)?.outputs.find((property) => titleOf(property) === picked.output) ?? {};
  const { default: _default, ...shape } = source;
  const output = freeTitle(name, []);
  const step = formulaStep(
    options.stepName(name),
    expression,
    { ...shape, title: input },
    { ...picked.schema, title: output },
  );
  const id = insertBefore(draft, nodeId, step, options.positions);
  if (id === undefined) return whole;
  feed(draft, id, input, whole);
  dropDeadEdges(draft, id);
  return { node: id, output };
}

/**
 * Draws a step right before another one: every way that led there leads through it.
 *
 * @returns the id of the new step; undefined, and nothing is drawn, where no way leads to the other one
 */
export function insertBefore(
  draft: GestureDraft,
  nodeId: string,
  step: JsonObject,
  positions: ReadonlyMap<string, Point>,
): string | undefined {
  const [first, ...others] = draft.view().controlEdges.filter((edge) => edge.to === nodeId);
  if (!first) return undefined;
  const id = addStep(draft, step, { at: positions.get(nodeId) ?? { x: 0, y: 0 }, into: first, positions });
  for (const edge of others) connectSteps(draft, edge.from, edge.branch, id);
  return id;
}

function configured(tree: JsonObject, component: JsonObject): string | undefined {
  const tool = partOf(tree, component, 'tool')?.value;
  if (tool?.tool_type !== 'rondo.formula' || !isObject(tool.configuration)) return undefined;
  return typeof tool.configuration.expression === 'string' ? tool.configuration.expression : undefined;
}

/** A formula step with one input and one output. */
export function formulaStep(name: string, expression: string, input: JsonObject, output: JsonObject): JsonObject {
  const step = newNode('formula', { name });
  const values = { inputs: [input], outputs: [output] };
  const tool = isObject(step.tool) ? step.tool : {};
  return { ...step, ...values, tool: { ...tool, ...values, configuration: { expression } } };
}
