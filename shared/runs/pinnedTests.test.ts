import { describe, expect, it } from 'vitest';
import { openFlow } from '../oas/flow.ts';
import type { JsonObject } from '../oas/json.ts';
import type { RunEvent } from './events.ts';
import { fold } from './fold.ts';
import { outsideOf } from './outside.ts';
import { givenFor, plainPath } from './partial.ts';
import { isTestTooLarge, judge, type PinnedTest, testFromRun, testsJson, testsOf } from './pinnedTests.ts';
import { givenBySamples, isSampleTooLarge, sampleOf, stepsBefore, stepsFrom } from './samples.ts';

const ref = (id: string): JsonObject => ({ $component_ref: id });
const node = (component_type: string, id: string, more: JsonObject = {}): JsonObject => ({
  component_type,
  id,
  name: id,
  ...more,
});
const edge = (from: string, to: string, branch?: string): JsonObject =>
  node('ControlFlowEdge', `${from}-${to}`, {
    from_node: ref(from),
    to_node: ref(to),
    ...(branch !== undefined && { from_branch: branch }),
  });
const rondo = (data: JsonObject): JsonObject => ({ metadata: { __metadata_info__: { rondo: data } } });
const number = (title: string): JsonObject => ({ title, type: 'number' });

const review = node('ClientTool', 'form', { inputs: [], outputs: [], ...rondo({ surface: [{}] }) });
const inner = node('Flow', 'inner', {
  start_node: ref('is'),
  nodes: [node('StartNode', 'is'), node('ApiNode', 'call', { url: 'https://{{ host }}/x' }), node('EndNode', 'ie')],
  control_flow_connections: [edge('is', 'call'), edge('call', 'ie')],
});
const document: JsonObject = node('Flow', 'flow', {
  start_node: ref('s'),
  nodes: [
    node('StartNode', 's', { inputs: [number('amount')] }),
    node('ApiNode', 'rate', {
      url: 'https://rates.example/eur?a={{ amount }}',
      outputs: [number('rate')],
      ...rondo({ sample: { outputs: { rate: 2 }, inputs: { amount: 1 } } }),
    }),
    node('BranchingNode', 'size', { mapping: { big: 'big' }, inputs: [number('rate')] }),
    node('MapNode', 'each', { subflow: inner }),
    node('ToolNode', 'ask', { tool: review }),
    node('EndNode', 'e'),
  ],
  control_flow_connections: [
    edge('s', 'rate'),
    edge('rate', 'size'),
    edge('size', 'each', 'big'),
    edge('size', 'ask', 'default'),
    edge('each', 'ask'),
    edge('ask', 'e'),
  ],
});
const view = openFlow(document);

const actor = { kind: 'person' as const, id: 'p', name: 'Pat' };
const at = '2026-01-01T00:00:00.000Z';
function step(path: string, nodeType: string, outputs: JsonObject, branch = 'next'): RunEvent[] {
  const nodeId = plainPath(path).split('/').at(-1) ?? '';
  return [
    { kind: 'step_started', path, at, nodeId, nodeType, name: nodeId, attempt: 1, inputs: {} },
    { kind: 'step_succeeded', path, at, outputs, branch },
  ];
}
const whole: RunEvent[] = [
  { kind: 'run_started', at, actor, trigger: 'test', inputs: { amount: 7 } },
  ...step('s', 'StartNode', { amount: 7 }),
  ...step('rate', 'ApiNode', { rate: 2 }),
  ...step('size', 'BranchingNode', {}, 'big'),
  ...step('each[0]/call', 'ApiNode', { n: 1 }),
  ...step('each[1]/call', 'ApiNode', { n: 2 }),
  ...step('each', 'MapNode', { all: [1, 2] }),
  ...step('ask', 'ToolNode', { decision: 'approve' }),
  { kind: 'run_succeeded', at, outputs: { total: 14, lines: [{ n: 1 }] }, branch: 'next' },
];

describe('what reaches outside', () => {
  it('is said of each step, those of flows inside included', () => {
    expect(outsideOf(document, view)).toEqual([
      { path: 'rate', name: 'rate', kind: 'web', where: 'rates.example' },
      { path: 'each/call', name: 'call', kind: 'web', where: '{{ host }}' },
      { path: 'ask', name: 'ask', kind: 'person', where: '' },
    ]);
    expect(outsideOf(document, view, new Set(['size', 'ask']))).toHaveLength(1);
  });
});

describe('a sample', () => {
  it('is read from its step, and stands for it in a test run', () => {
    expect(sampleOf(view.nodeById.get('rate')?.component ?? {})).toEqual({
      outputs: { rate: 2 },
      inputs: { amount: 1 },
    });
    expect(givenBySamples(view)).toEqual({ rate: { outputs: { rate: 2 } } });
  });

  it('has at most 64 KiB', () => {
    expect(isSampleTooLarge({ outputs: { a: 'x'.repeat(65_000) } })).toBe(false);
    expect(isSampleTooLarge({ outputs: { a: 'ü'.repeat(33_000) } })).toBe(true);
  });
});

describe('steps before and from', () => {
  it('are those that lead to a step, and those that it leads to', () => {
    expect(stepsBefore(view, 'each')).toEqual(['s', 'rate', 'size']);
    expect(stepsFrom(view, 'each')).toEqual(['each', 'ask', 'e']);
  });
});

describe('a given end', () => {
  it('is found for a path, its items and its visits', () => {
    const given = { 'a/b': { outputs: { x: 1 } }, 'a[2]/b': { outputs: { x: 2 } } };
    expect(givenFor({ given }, 'a[1]/b#3')?.outputs).toEqual({ x: 1 });
    expect(givenFor({ given }, 'a[2]/b')?.outputs).toEqual({ x: 2 });
    expect(givenFor({ given }, 'b')).toBeUndefined();
    expect(givenFor(undefined, 'b')).toBeUndefined();
  });
});

describe('a pinned test', () => {
  const outside = new Set(['rate', 'each/call', 'ask']);
  const test = testFromRun(fold(whole), view, { id: 't', name: 'Big', outside });

  it('is made of a run: what the outside gave is given, and what came out is expected', () => {
    expect(test).toEqual({
      id: 't',
      name: 'Big',
      inputs: { amount: 7 },
      given: {
        rate: { outputs: { rate: 2 } },
        'each[0]/call': { outputs: { n: 1 } },
        'each[1]/call': { outputs: { n: 2 } },
        ask: { outputs: { decision: 'approve' } },
      },
      expect: {
        state: 'succeeded',
        branch: 'next',
        outputs: { total: 14, lines: [{ n: 1 }] },
        branches: { size: 'big' },
      },
    });
  });

  it('is kept in the flow and read again; what is no test is left out', () => {
    const flow = {
      ...document,
      ...rondo({ tests: [...(testsJson([test]) as JsonObject[]), 'nonsense', { name: 'no id' }] }),
    };
    expect(testsOf(flow)).toEqual([test]);
    expect(testsOf(document)).toEqual([]);
  });

  it('has at most 256 KiB', () => {
    expect(isTestTooLarge(test)).toBe(false);
    expect(isTestTooLarge({ ...test, inputs: { a: 'x'.repeat(300_000) } })).toBe(true);
  });

  it('passes on the run that it was made of', () => {
    expect(judge(test, fold(whole))).toEqual({ state: 'passed' });
  });

  it('says what was otherwise: fields, branches, the end', () => {
    const other = whole.map((event): RunEvent => {
      if (event.kind === 'run_succeeded')
        return { ...event, outputs: { total: 15, lines: [{ n: 1 }] }, branch: 'rejected' };
      return event.kind === 'step_succeeded' && event.path === 'size' ? { ...event, branch: 'default' } : event;
    });
    expect(judge(test, fold(other))).toEqual({
      state: 'failed',
      misses: [
        { kind: 'end', expected: 'next', actual: 'rejected' },
        { kind: 'output', at: ['total'], a: 14, b: 15 },
        { kind: 'branch', path: 'size', name: 'size', expected: 'big', actual: 'default' },
      ],
    });
  });

  it('compares only the outputs that it names', () => {
    const few: PinnedTest = { ...test, expect: { state: 'succeeded', outputs: { total: 14 }, branches: {} } };
    const other = whole.map(
      (event): RunEvent =>
        event.kind === 'run_succeeded' ? { ...event, outputs: { total: 14, lines: [] }, branch: 'other' } : event,
    );
    expect(judge(few, fold(other))).toEqual({ state: 'passed' });
  });

  it('fails when the run waits for somebody, and goes on while it waits for a clock', () => {
    const wait = (timer: boolean): RunEvent => ({
      kind: 'wait_started',
      path: 'rate',
      at,
      wait: timer
        ? { id: 'rate!t', path: 'rate', for: 'timer', wakeAt: at }
        : { id: 'rate!m', path: 'rate', for: 'message', prompt: null },
    });
    expect(judge(test, fold([...whole.slice(0, 4), wait(true)]))).toEqual({ state: 'running' });
    expect(judge(test, fold([...whole.slice(0, 4), wait(false)]))).toMatchObject({
      state: 'failed',
      misses: [{ kind: 'state', actual: 'waiting', message: 'rate' }, { kind: 'branch' }],
    });
  });
});
