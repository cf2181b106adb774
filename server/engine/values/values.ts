import { cast } from '@rondo/shared/oas/casts.ts';
import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { isObject, type Json, type JsonObject, own } from '@rondo/shared/oas/json.ts';
import { defaultOf, type Property, propertyTitled, titleOf } from '@rondo/shared/oas/properties.ts';
import { quoted, type Said, said } from '@rondo/shared/words/said.ts';
import type { FlowPlan } from '../plan.ts';
import { StepError } from '../ports.ts';

/** What a node gave when it was executed last, and when that was. */
interface Given {
  outputs: JsonObject;
  order: number;
}

/** The values that the nodes of one flow have given so far. */
export class FlowValues {
  readonly #given = new Map<string, Given>();
  #order = 0;

  give(node: string, outputs: JsonObject): void {
    this.#given.set(node, { outputs, order: this.#order++ });
  }

  /**
   * The inputs of a node: of several sources the one executed last, else the default, each cast to its type.
   * `optional` inputs that nothing feeds are left out.
   * @throws {StepError} INPUT_MISSING, CAST_FAILED
   */
  inputsOf(plan: FlowPlan, node: NodeView, optional = false): JsonObject {
    const inputs: JsonObject = {};
    const sources = plan.sources.get(node.id);
    for (const property of node.inputs) {
      const title = titleOf(property);
      const value = orDefault(this.#latest(sources?.get(title)), property);
      if (value === undefined) {
        if (optional) continue;
        throw new StepError('INPUT_MISSING', said('failure.input', { step: node.name, title }));
      }
      inputs[title] = castTo(value, property, said('whose.value', { title, step: node.name }));
    }
    return inputs;
  }

  #latest(sources: readonly { node: string; output: string }[] | undefined): Json | undefined {
    let best: Json | undefined;
    let bestOrder = -1;
    for (const source of sources ?? []) {
      const given = this.#given.get(source.node);
      const value = given && own(given.outputs, source.output);
      if (given === undefined || value === undefined || given.order < bestOrder) continue;
      best = value;
      bestOrder = given.order;
    }
    return best;
  }
}

/** A value, or the default where there is none: `null` is a value. */
function orDefault(value: Json | undefined, property: Property): Json | undefined {
  return value === undefined ? defaultOf(property) : value;
}

/**
 * A value cast to the type of a property.
 * @param what whose value it is, as `said('whose.…')`
 * @throws {StepError} CAST_FAILED
 */
export function castTo(value: Json, property: Property, what: Said): Json {
  const result = cast(value, property);
  if (!result.ok) throw new StepError('CAST_FAILED', said('failure.fit', { what, wrong: result.said }));
  return result.value;
}

/**
 * Values by name brought to a list of properties: missing ones take their default; names that nobody asked for are
 * left out.
 * @throws {StepError} with the given code when one is missing without a default; CAST_FAILED
 */
export function fitTo(
  properties: readonly Property[],
  values: JsonObject,
  what: Said,
  missing = 'INPUT_MISSING',
): JsonObject {
  const fitted: JsonObject = {};
  for (const property of properties) {
    const title = titleOf(property);
    const value = orDefault(own(values, title), property);
    if (value === undefined) throw new StepError(missing, said('failure.lacks', { what, title }));
    fitted[title] = castTo(value, property, said('whose.of', { title, what }));
  }
  return fitted;
}

/**
 * What a tool answered as its outputs: one output takes the value itself (or the value of its name in an object),
 * several take an object by name or a list in order.
 * @throws {StepError} OUTPUT_MISSING, CAST_FAILED
 */
export function outputsFrom(properties: readonly Property[], value: Json, what: Said): JsonObject {
  const [only] = properties;
  if (only === undefined) return {};
  if (properties.length === 1) {
    const title = titleOf(only);
    const named = isObject(value) ? own(value, title) : undefined;
    return { [title]: castTo(named === undefined ? value : named, only, said('whose.of', { title, what })) };
  }
  if (Array.isArray(value) && value.length === properties.length)
    return fitTo(
      properties,
      Object.fromEntries(properties.map((p, i) => [titleOf(p), value[i] ?? null])),
      what,
      'OUTPUT_MISSING',
    );
  if (!isObject(value))
    throw new StepError(
      'OUTPUT_MISSING',
      said('failure.mustAnswer', { what, titles: properties.map((one) => quoted(titleOf(one))) }),
    );
  return fitTo(properties, value, what, 'OUTPUT_MISSING');
}

/** The outputs of a flow: what its end gave, else the flow's own default. @throws {StepError} OUTPUT_MISSING */
export function flowOutputs(plan: FlowPlan, given: JsonObject): JsonObject {
  const outputs: JsonObject = {};
  for (const property of plan.flow.outputs) {
    const title = titleOf(property);
    const stated = orDefault(own(given, title), property);
    const value = stated === undefined ? endDefault(plan, title) : stated;
    if (value === undefined)
      throw new StepError('OUTPUT_MISSING', said('failure.promised', { flow: plan.flow.name, title }));
    outputs[title] = castTo(value, property, said('whose.output', { title, flow: plan.flow.name }));
  }
  return outputs;
}

/** A default that any end of the flow states for an output. */
function endDefault(plan: FlowPlan, title: string): Json | undefined {
  for (const node of plan.flow.nodes) {
    const property = node.type === 'EndNode' ? propertyTitled(node.inputs, title) : undefined;
    const value = property && defaultOf(property);
    if (value !== undefined) return value;
  }
  return undefined;
}
