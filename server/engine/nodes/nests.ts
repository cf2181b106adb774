import { fits } from '@rondo/shared/oas/casts.ts';
import { type NodeView, rondoOf } from '@rondo/shared/oas/flow.ts';
import { caughtBranch, caughtInfo } from '@rondo/shared/oas/inference.ts';
import { type Json, type JsonObject, own, ownList, ownObject, ownText } from '@rondo/shared/oas/json.ts';
import { defaultOf, type Property, titleOf } from '@rondo/shared/oas/properties.ts';
import { runError } from '@rondo/shared/runs/runError.ts';
import { quoted, type Said, said } from '@rondo/shared/words/said.ts';
import { Failed, type FlowEnd, Halted, type Nest } from '../nest.ts';
import { Outage, StepError } from '../ports.ts';
import { MustWait, type StepResult } from '../step.ts';
import { castTo, fitTo } from '../values/values.ts';

/** Items that a ParallelMapNode has under way at once, where its metadata says nothing else. */
const defaultConcurrency = 20;

/**
 * Does something for each index, so many at a time. One that waits keeps its place, so that no more than those are ever
 * begun and open. When one fails, no further one begins, and those under way stop before their next step.
 *
 * @returns what they gave, in order
 * @throws {Failed} the first failure by index; {MustWait} with the waits of all; {Halted}; what else one throws
 */
async function forEach<T>(
  count: number,
  atOnce: number,
  one: (index: number, isOver: () => boolean) => Promise<T>,
): Promise<T[]> {
  const results = new Array<T>(count);
  const failures: { index: number; error: unknown }[] = [];
  const waits: MustWait['waits'] = [];
  let halted: Halted | undefined;
  let next = 0;
  const isOver = () => failures.length > 0;
  const place = async (): Promise<void> => {
    while (next < count && !isOver() && !halted) {
      const index = next++;
      try {
        results[index] = await one(index, isOver);
      } catch (error) {
        if (error instanceof MustWait) waits.push(...error.waits);
        else if (error instanceof Halted) halted = error;
        else failures.push({ index, error });
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, atOnce) }, place));
  // What is away says nothing of an item: it comes before what has failed.
  const outage = failures.find(({ error }) => error instanceof Outage);
  const first = outage ?? failures.sort((a, b) => a.index - b.index)[0];
  if (first) throw first.error;
  if (halted) throw halted;
  if (waits.length > 0) throw new MustWait(waits);
  return results;
}

/** MapNode, ParallelMapNode: runs a flow for each item of its iterated inputs, and gathers what the items give. */
export async function mapItems(nest: Nest): Promise<StepResult> {
  const { node } = nest;
  const subflow = own(node.component, 'subflow');
  const inner = nest.planOf(subflow).flow;
  const { count, itemInputs } = iterate(nest, inner.inputs);
  const parallel = node.type === 'ParallelMapNode';
  const wish = own(rondoOf(node.component), 'concurrency');
  const concurrency = typeof wish === 'number' && wish >= 1 ? Math.floor(wish) : defaultConcurrency;
  const kept = collectedOf(node);
  const ends = await forEach(count, parallel ? concurrency : 1, async (index, isOver) => {
    try {
      const end = await nest.walk(subflow, `[${index}]`, itemInputs(index), { quiet: true, isOver });
      return kept(end.outputs);
    } catch (error) {
      throw ofItem(error, index, node.name);
    }
  });
  return { outputs: reduce(nest, inner.outputs, ends) };
}

/** The failure of an item says which one it was; anything else is passed on as it is. */
function ofItem(error: unknown, index: number, name: string): unknown {
  const words = (reason: string | Said) => said('failure.item', { index, step: name, reason });
  if (error instanceof Failed) {
    const { code, step, message, said: inner, ...more } = error.error;
    return new Failed(runError(code, step, words(inner ?? message), more), error.context);
  }
  if (!(error instanceof StepError)) return error;
  const { code, retryable, details } = error;
  return new StepError(code, words(error.said), { retryable, ...(details !== undefined && { details }) });
}

/** Keeps of an item's outputs what the map collects, so that the rest needs no memory. */
function collectedOf(node: NodeView): (outputs: JsonObject) => JsonObject {
  const names = node.outputs.map(collectedFrom);
  return (outputs) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = own(outputs, name);
        return value === undefined ? [] : [[name, value]];
      }),
    );
}

/** The output of the flow inside that an output of a map collects. */
function collectedFrom(output: Property): string {
  return titleOf(output).replace(/^collected_/, '');
}

/** What each item of a map gets: of lists its element, of anything else the value itself. */
function iterate(nest: Nest, properties: readonly Property[]) {
  const lists: { title: string; items: Json[] }[] = [];
  const same: JsonObject = {};
  for (const property of properties) {
    const title = titleOf(property);
    const value = own(nest.inputs, `iterated_${title}`);
    if (value === undefined) continue;
    // A list may also be one value for every item, where a list is what an item takes.
    const isWhole = Array.isArray(value) && fits(value, property) && !value.every((item) => fits(item, property));
    if (Array.isArray(value) && !isWhole) lists.push({ title, items: value });
    else same[title] = value;
  }
  const count = lists[0]?.items.length ?? 1;
  const other = lists.find((list) => list.items.length !== count);
  if (other)
    throw new StepError(
      'MAP_LENGTHS',
      said('failure.lengths', {
        step: nest.node.name,
        first: lists[0]?.title ?? '',
        second: other.title,
        firstCount: count,
        secondCount: other.items.length,
      }),
    );
  const itemInputs = (index: number): JsonObject => ({
    ...same,
    ...Object.fromEntries(lists.map(({ title, items }) => [title, items[index] ?? null])),
  });
  return { count, itemInputs };
}

function reduce(nest: Nest, inner: readonly Property[], ends: readonly JsonObject[]): JsonObject {
  const { node } = nest;
  const reducers = ownObject(node.component, 'reducers');
  const outputs: JsonObject = {};
  for (const output of node.outputs) {
    const title = titleOf(output);
    const from = collectedFrom(output);
    if (!inner.some((one) => titleOf(one) === from)) continue;
    const reducer = (reducers && ownText(reducers, from)) ?? 'append';
    const values = ends.map((end) => own(end, from) ?? null);
    const what = said('whose.of', { title, what: quoted(node.name) });
    outputs[title] = castTo(reduced(reducer, values, output, what), output, what);
  }
  return outputs;
}

function reduced(reducer: string, values: Json[], output: Property, what: Said): Json {
  if (reducer === 'append') return values;
  const numbers = values.map((value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    if (typeof number === 'boolean') return Number(number);
    throw new StepError('CAST_FAILED', said('failure.noNumber', { what, value: JSON.stringify(value) }));
  });
  const total = numbers.reduce((sum, number) => sum + number, 0);
  if (reducer === 'sum') return total;
  if (numbers.length === 0) {
    const otherwise = defaultOf(output);
    if (otherwise !== undefined) return otherwise;
    throw new StepError('MAP_EMPTY', said('failure.ofNothing', { what, reducer }));
  }
  switch (reducer) {
    case 'average':
      return total / numbers.length;
    case 'max':
      return numbers.reduce((best, number) => Math.max(best, number));
    case 'min':
      return numbers.reduce((best, number) => Math.min(best, number));
    default:
      throw new StepError('FLOW_INVALID', said('failure.reducer', { what, reducer }));
  }
}

/** ParallelFlowNode: runs several flows side by side; their outputs together are its own. */
export async function sideBySide(nest: Nest): Promise<StepResult> {
  const { node, inputs } = nest;
  const flows = ownList(node.component, 'subflows');
  const ends = await forEach(flows.length, Math.max(1, flows.length), (index, isOver) =>
    nest.walk(flows[index], `[${index}]`, inputs, { isOver }),
  );
  const outputs = Object.assign({}, ...ends.map((end) => end.outputs));
  return { outputs: fitTo(node.outputs, outputs, quoted(node.name), 'OUTPUT_MISSING') };
}

/** CatchExceptionNode: what fails inside becomes a branch, with the failure in words. */
export async function catchException(nest: Nest): Promise<StepResult> {
  const { node, inputs } = nest;
  let end: FlowEnd;
  let caught: string | null = null;
  try {
    end = await nest.walk(own(node.component, 'subflow'), '', inputs);
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    caught = error.error.message;
    end = { outputs: {}, branch: caughtBranch };
  }
  const outputs: JsonObject = {};
  for (const output of node.outputs) {
    const title = titleOf(output);
    // A value that is null was given; the default is for one that was not.
    const given = title === caughtInfo ? caught : own(end.outputs, title);
    const value = given === undefined ? (defaultOf(output) ?? null) : given;
    outputs[title] =
      value === null ? null : castTo(value, output, said('whose.of', { title, what: quoted(node.name) }));
  }
  return { outputs, branch: end.branch };
}
