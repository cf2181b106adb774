import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { fold } from '@rondo/shared/runs/fold.ts';
import type { PinnedTest } from '@rondo/shared/runs/pinnedTests.ts';
import { describe, expect, it } from 'vitest';
import { formOf, testOf } from './testForm.ts';
import { planTest, startOf } from './testPlan.ts';

const ref = (id: string): JsonObject => ({ $component_ref: id });
const base = (component_type: string, id: string, more: JsonObject = {}): JsonObject => ({
  component_type,
  id,
  name: id,
  ...more,
});
const text = (title: string): JsonObject => ({ title, type: 'string' });
const call = (id: string, from: string, to: string, more: JsonObject = {}) =>
  base('ApiNode', id, { url: 'https://a.example/x', inputs: [text(from)], outputs: [text(to)], ...more });
const sample = { metadata: { __metadata_info__: { rondo: { sample: { outputs: { b: 'pinned' } } } } } };
const tree = base('Flow', 'flow', {
  inputs: [text('a')],
  outputs: [text('d')],
  start_node: ref('s'),
  nodes: [
    base('StartNode', 's', { inputs: [text('a')], outputs: [text('a')] }),
    call('one', 'a', 'b', sample),
    call('two', 'b', 'c'),
    call('three', 'c', 'd'),
    base('EndNode', 'e', { inputs: [text('d')], outputs: [text('d')] }),
  ],
  control_flow_connections: [
    ['s', 'one'],
    ['one', 'two'],
    ['two', 'three'],
    ['three', 'e'],
  ].map(([from, to]) =>
    base('ControlFlowEdge', `${from}${to}`, { from_node: ref(from ?? ''), to_node: ref(to ?? '') }),
  ),
  data_flow_connections: null,
});
const view = openFlow(tree);
const node = (id: string) => {
  const found = view.nodeById.get(id);
  if (!found) throw new Error(id);
  return found;
};
const at = '2026-01-01T00:00:00.000Z';
function lastRun() {
  const step = (id: string, outputs: JsonObject): RunEvent[] => [
    { kind: 'step_started', path: id, at, nodeId: id, nodeType: 'ApiNode', name: id, attempt: 1, inputs: {} },
    { kind: 'step_succeeded', path: id, at, outputs, branch: 'next' },
  ];
  const actor = { kind: 'person' as const, id: 'p', name: 'Pat' };
  const events: RunEvent[] = [
    { kind: 'run_started', at, actor, trigger: 'test', inputs: { a: 'A' } },
    ...step('s', { a: 'A' }),
    ...step('one', { b: 'B' }),
    ...step('two', { c: 'C' }),
    ...step('three', { d: 'D' }),
    { kind: 'run_succeeded', at, outputs: { d: 'D' }, branch: 'next' },
  ];
  return { id: 'r1', view: fold(events) };
}
/** Of a run that ended after the first step. */
const partEvents: RunEvent[] = [
  { kind: 'run_started', at, actor: { kind: 'person', id: 'p', name: 'Pat' }, trigger: 'part', inputs: { a: 'A' } },
  { kind: 'step_started', path: 's', at, nodeId: 's', nodeType: 'StartNode', name: 's', attempt: 1, inputs: {} },
  { kind: 'step_succeeded', path: 's', at, outputs: { a: 'A' }, branch: 'next' },
];
const where = { tree, view, last: lastRun() };
const start = { view, root: true, last: lastRun() };

describe('a test of one step', () => {
  it('asks for its inputs, filled with what would flow to it: samples before last values', () => {
    const plan = planTest(where, { kind: 'step', node: node('two') });
    expect(plan.known).toEqual({ b: 'pinned' });
    expect(plan.outside.map((one) => one.path)).toEqual(['two']);
    expect(planTest(where, { kind: 'step', node: node('three') }).known).toEqual({ c: 'C' });
  });

  it('is started with them, and with what the last run knows of the steps before', () => {
    expect(startOf(start, { kind: 'step', node: node('two') }, { b: 'typed' }, true)).toEqual({
      inputs: { a: 'A' },
      partial: {
        from: 'two',
        to: 'two',
        inputs: { b: 'typed' },
        before: { one: { outputs: { b: 'pinned' } } },
        taken: { runId: 'r1', steps: ['s'] },
      },
    });
  });

  it('knows from the run of all of the flow what a run of a part did not come to', () => {
    const part = { id: 'r2', view: fold([...partEvents]), older: lastRun() };
    expect(planTest({ ...where, last: part }, { kind: 'step', node: node('three') }).known).toEqual({ c: 'C' });
    const { partial } = startOf({ ...start, last: part }, { kind: 'step', node: node('three') }, { c: 'x' }, true);
    expect(partial).toMatchObject({
      before: { one: { outputs: { b: 'pinned' } }, two: { outputs: { c: 'C' } } },
      taken: { runId: 'r2', steps: ['s'] },
    });
  });

  it('can be started before anything has run', () => {
    const asked = startOf(
      { view, root: false, last: undefined },
      { kind: 'step', node: node('three') },
      { c: 'x' },
      true,
    );
    expect(asked).toEqual({
      inputs: {},
      partial: {
        flow: 'flow',
        from: 'three',
        to: 'three',
        inputs: { c: 'x' },
        before: { one: { outputs: { b: 'pinned' } } },
      },
    });
  });
});

describe('a test up to a step, and from one on', () => {
  it('asks for the inputs of the flow, and takes samples where it may', () => {
    const plan = planTest(where, { kind: 'to', node: node('two') });
    expect(plan.fields).toEqual(view.inputs);
    expect(plan.sampled.map((one) => one.id)).toEqual(['one']);
    const given = { one: { outputs: { b: 'pinned' } } };
    expect(startOf(start, { kind: 'to', node: node('two') }, { a: 'x' }, true)).toEqual({
      inputs: { a: 'x' },
      partial: { to: 'two', given },
    });
    expect(startOf(start, { kind: 'to', node: node('two') }, { a: 'x' }, false).partial).toEqual({ to: 'two' });
  });

  it('goes on to the end', () => {
    const { partial } = startOf(start, { kind: 'from', node: node('two') }, { b: 'x' }, true);
    expect(partial).toEqual({
      from: 'two',
      inputs: { b: 'x' },
      before: { one: { outputs: { b: 'pinned' } } },
      taken: { runId: 'r1', steps: ['s'] },
    });
  });
});

describe('a pinned test as a form', () => {
  const test: PinnedTest = {
    id: 't',
    name: 'T',
    inputs: { a: 'A' },
    given: { one: { outputs: { b: 'B' } } },
    expect: { state: 'succeeded', branch: 'next', outputs: { d: 'D' }, branches: {} },
  };

  it('is the same test when nothing was changed', () => {
    expect(testOf('t', formOf(tree, view, test))).toEqual({ ok: true, test });
  });

  it('offers every step that reaches outside, ticked where it is given', () => {
    expect(formOf(tree, view, test).given.map((step) => [step.path, step.on])).toEqual([
      ['one', true],
      ['two', false],
      ['three', false],
    ]);
  });

  it('forgets outputs that are not ticked, and says which value cannot be read', () => {
    const form = formOf(tree, view, test);
    const fewer = { ...form, outputs: form.outputs.map((output) => ({ ...output, on: false })) };
    expect(testOf('t', fewer)).toMatchObject({ ok: true, test: { expect: { outputs: {} } } });
    const inputs = [{ schema: { title: 'a', type: 'integer' }, entered: 'many' }];
    expect(testOf('t', { ...form, inputs })).toMatchObject({ ok: false, name: 'a' });
  });
});
