import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { PartialRun } from '@rondo/shared/runs/partial.ts';
import { describe, expect, it } from 'vitest';
import { base, call, chain, doubling, mapFlow, number, ports, ref, run, started } from './testRuns.ts';

/** Three calls, each with what the one before gave. */
function three(): JsonObject {
  const step = (id: string, input: string, output: string) => call(id, input, { outputs: [number(output)] });
  const document = chain(
    'flow',
    [step('one', 'a', 'b'), step('two', 'b', 'c'), step('three', 'c', 'd')],
    [number('a')],
    [number('d')],
  );
  return document;
}

/** Answers each call with the double under whatever name the step wants. */
function doubled() {
  const outside = doubling();
  const call = async (...[request, context]: Parameters<typeof outside.http.call>) => {
    const { body } = await outside.http.call(request, context);
    return {
      status: 200,
      headers: {},
      body: { b: body.doubled, c: body.doubled, d: body.doubled, doubled: body.doubled },
    };
  };
  return { http: { call }, calls: outside.calls };
}

const begin = (partial: PartialRun, inputs: JsonObject = { a: 1 }) => [started(inputs, { partial })];
const ran = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.kind === 'step_succeeded' && !event.given ? [event.path] : []));
const given = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.kind === 'step_succeeded' && event.given ? [event.path] : []));

describe('a part of a flow', () => {
  it('ends after the step that it goes to, with what that one gave', async () => {
    const { end, events } = await run(three(), ports(doubled()), { pending: begin({ to: 'two' }) });
    expect(end).toEqual({ state: 'succeeded', outputs: { c: 4 }, branch: 'next' });
    expect(ran(events)).toEqual(['flow-start', 'one', 'two']);
  });

  it('begins with a step, on what the steps before are taken to have given', async () => {
    const before = { 'flow-start': { outputs: { a: 1 } }, one: { outputs: { b: 10 } } };
    const { end, events } = await run(three(), ports(doubled()), { pending: begin({ from: 'two', before }) });
    expect(end).toEqual({ state: 'succeeded', outputs: { d: 40 }, branch: 'next' });
    expect(given(events)).toEqual(['flow-start', 'one']);
    expect(ran(events)).toEqual(['two', 'three', 'flow-end']);
  });

  it('runs one step alone, also with inputs that somebody typed', async () => {
    const outside = doubled();
    const partial = { from: 'two', to: 'two', inputs: { b: 21 } };
    const { end, events } = await run(three(), ports(outside), { pending: begin(partial, {}) });
    expect(end).toEqual({ state: 'succeeded', outputs: { c: 42 }, branch: 'next' });
    expect(ran(events)).toEqual(['two']);
    expect([...outside.calls.keys()]).toEqual(['r1:two:1']);
  });

  it('says which value is missing when nothing before gave it', async () => {
    const { end } = await run(three(), ports(doubled()), { pending: begin({ from: 'two' }) });
    expect(end).toMatchObject({ state: 'failed', error: { code: 'INPUT_MISSING', step: 'two' } });
  });

  it('fails in words when its step is not there', async () => {
    const { end } = await run(three(), ports(doubled()), { pending: begin({ from: 'gone' }) });
    expect(end).toMatchObject({ state: 'failed', error: { code: 'STEP_MISSING' } });
  });

  it('does not run a step that is taken as given, and takes its branch', async () => {
    const document = chain(
      'flow',
      [
        call('ask', 'a', { outputs: [number('b')] }),
        { ...base('BranchingNode', 'decide'), inputs: [number('b')], mapping: { '7': 'seven' } },
      ],
      [number('a')],
      [number('b', { default: 0 })],
    );
    const seven = { ...base('EndNode', 'seven'), branch_name: 'seven', inputs: [number('b')], outputs: [number('b')] };
    (document.nodes as JsonObject[]).push(seven);
    const edges = document.control_flow_connections as JsonObject[];
    edges.push({
      ...base('ControlFlowEdge', 's'),
      from_node: ref('decide'),
      from_branch: 'seven',
      to_node: ref('seven'),
    });
    Object.assign(edges.find((edge) => (edge.from_node as JsonObject).$component_ref === 'decide') ?? {}, {
      from_branch: 'default',
    });
    const outside = doubled();
    const one = await run(document, ports(outside), { pending: begin({ given: { ask: { outputs: { b: 7 } } } }) });
    expect(one.end).toEqual({ state: 'succeeded', outputs: { b: 7 }, branch: 'seven' });
    expect(outside.calls.size).toBe(0);
    const forced = { ask: { outputs: { b: 7 } }, decide: { outputs: {}, branch: 'default' } };
    const other = await run(document, ports(outside), { pending: begin({ given: forced }) });
    expect(other.end).toMatchObject({ branch: 'next' });
  });

  it('takes one given end for every item of a map, and that of an item for itself', async () => {
    const outside = doubled();
    const steps = { 'map/call': { outputs: { doubled: 100 } }, 'map[1]/call': { outputs: { doubled: 5 } } };
    const { end } = await run(mapFlow('ParallelMapNode'), ports(outside), {
      pending: begin({ given: steps }, { iterated_n: [1, 2, 3] }),
    });
    expect(end).toMatchObject({ outputs: { collected_doubled: [100, 5, 100] } });
    expect(outside.calls.size).toBe(0);
  });

  it('runs a step of a flow inside by itself', async () => {
    const { end } = await run(mapFlow('MapNode'), ports(doubled()), {
      pending: begin({ flow: 'inner', from: 'call', to: 'call', before: { 'inner-start': { outputs: { n: 4 } } } }, {}),
    });
    expect(end).toEqual({ state: 'succeeded', outputs: { doubled: 8 }, branch: 'next' });
  });

  it('runs a step again that the flow comes back to, although its first end was given', async () => {
    const document = three();
    const edges = document.control_flow_connections as JsonObject[];
    const back = edges.find((edge) => (edge.from_node as JsonObject).$component_ref === 'two');
    Object.assign(back ?? {}, { to_node: ref('one') });
    (document.data_flow_connections as null | JsonObject[]) = null;
    const outside = doubled();
    const before = { 'flow-start': { outputs: { a: 1 } }, one: { outputs: { b: 10 } } };
    const { events } = await run(document, ports(outside), { pending: begin({ from: 'two', to: 'one', before }) });
    expect(ran(events)).toEqual(['two', 'one#2']);
  });
});

describe('G1 a part that is resumed after any event', () => {
  it.each<[string, PartialRun, JsonObject]>([
    ['to here', { to: 'two' }, { a: 1 }],
    ['from here', { from: 'two', before: { 'flow-start': { outputs: { a: 1 } }, one: { outputs: { b: 10 } } } }, {}],
    ['one step', { from: 'two', to: 'two', inputs: { b: 3 } }, {}],
    ['a step taken as given', { given: { two: { outputs: { c: 9 } } } }, { a: 1 }],
  ])('%s', async (_name, partial, inputs) => {
    const whole = await run(three(), ports(doubled()), { pending: begin(partial, inputs) });
    expect(whole.end.state).toBe('succeeded');
    for (let cut = 1; cut < whole.events.length; cut += 1) {
      const journal = whole.events.slice(0, cut);
      const outside = doubled();
      const { end, events } = await run(three(), ports(outside), { journal });
      expect(end).toEqual(whole.end);
      for (const path of ran(journal)) expect(outside.calls.has(`r1:${path}:1`), `${path} after ${cut}`).toBe(false);
      expect(ran(events)).toEqual(ran(whole.events));
      expect(given(events)).toEqual(given(whole.events));
    }
  });
});
