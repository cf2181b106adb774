import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { fold } from '@rondo/shared/runs/fold.ts';
import { expect, test } from 'vitest';
import { english } from '../messages/testing/wholeCatalogue.ts';
import { makeWords } from '../messages/useT.ts';
import { secondWords } from '../parts/times.ts';
import { runMarks } from './runMarks.ts';

const at = '2026-01-01T00:00:00.000Z';
const actor = { kind: 'person' as const, id: 'p', name: 'Pat' };
const document: JsonObject = {
  component_type: 'Flow',
  id: 'flow',
  name: 'Ask',
  start_node: { $component_ref: 'start' },
  nodes: [
    { component_type: 'StartNode', id: 'start', name: 'Start' },
    { component_type: 'InputMessageNode', id: 'ask', name: 'Ask' },
    { component_type: 'EndNode', id: 'end', name: 'End' },
  ],
  control_flow_connections: [],
  data_flow_connections: [],
};
const begun: RunEvent[] = [
  { kind: 'run_started', at, actor, trigger: 'test', inputs: {} },
  {
    kind: 'step_started',
    path: 'ask',
    at,
    nodeId: 'ask',
    nodeType: 'InputMessageNode',
    name: 'Ask',
    attempt: 1,
    inputs: {},
  },
  { kind: 'wait_started', path: 'ask', at, wait: { id: 'ask!message', path: 'ask', for: 'message', prompt: null } },
];
const t = makeWords('en', english);
const marksOf = (tree: JsonObject, events: RunEvent[]) =>
  runMarks(openFlow(tree), fold(events), Date.parse(at), { tree, t });
const stateOf = (events: RunEvent[]) => marksOf(document, events).get('ask')?.state;

test('a step that was ended with its run did not fail; one with an error did', () => {
  expect(stateOf(begun)).toBe('waiting');
  expect(stateOf([...begun, { kind: 'run_cancelled', at, actor }])).toBe('skipped');
  const error = { code: 'X', message: 'No.', step: 'ask' };
  const failed: RunEvent = { kind: 'step_failed', path: 'ask', at, attempt: 1, error };
  expect(stateOf([...begun, failed, { kind: 'run_failed', at, error }])).toBe('failed');
});

const started = (path: string, nodeId: string, nodeType: string, inputs: JsonObject = {}, attempt = 1): RunEvent => ({
  kind: 'step_started',
  path,
  at,
  nodeId,
  nodeType,
  name: nodeId,
  attempt,
  inputs,
});

test('a step that is tried again says which try it is, and when', () => {
  const call: JsonObject = {
    component_type: 'ApiNode',
    id: 'call',
    name: 'Call',
    metadata: { __metadata_info__: { rondo: { policy: { attempts: 3 } } } },
  };
  const tree: JsonObject = { ...document, nodes: [...(document.nodes as JsonObject[]), call] };
  const error = { code: 'HTTP_STATUS', message: 'Busy.', step: 'call', retryable: true };
  const retryAt = new Date(2099, 0, 1, 10, 42).toISOString();
  const events: RunEvent[] = [
    { kind: 'run_started', at, actor, trigger: 'test', inputs: {} },
    started('call', 'call', 'ApiNode'),
    { kind: 'step_failed', path: 'call', at, attempt: 1, error, retryAt },
  ];
  expect(marksOf(tree, events).get('call')).toMatchObject({
    state: 'running',
    note: expect.stringMatching(/^try 2 of 3 at .*2099.*10:42/),
  });
  const soon = new Date(Date.now() + 60_000);
  const soonest = [...events.slice(0, 2), { ...events[2], retryAt: soon.toISOString() } as RunEvent];
  expect(marksOf(tree, soonest).get('call')).toMatchObject({
    note: `try 2 of 3 at ${secondWords(soon.toISOString())}`,
  });
  const next = [...events, started('call', 'call', 'ApiNode', {}, 2)];
  expect(marksOf(tree, next).get('call')).toMatchObject({ note: 'try 2 of 3' });
});

test('a "for each" says how many of its items are done', () => {
  const map: JsonObject = { component_type: 'MapNode', id: 'map', name: 'Each' };
  const tree: JsonObject = { ...document, nodes: [...(document.nodes as JsonObject[]), map] };
  const events: RunEvent[] = [
    { kind: 'run_started', at, actor, trigger: 'test', inputs: {} },
    started('map', 'map', 'MapNode', { iterated_x: [1, 2, 3], iterated_y: 5 }),
    started('map[0]/a', 'a', 'ToolNode'),
    { kind: 'step_succeeded', path: 'map[0]/a', at, outputs: {}, branch: 'next' },
    started('map[1]/a', 'a', 'ToolNode'),
  ];
  expect(marksOf(tree, events).get('map')?.note).toBe('1 of 3 items');
  const done: RunEvent = { kind: 'step_succeeded', path: 'map', at, outputs: {}, branch: 'next' };
  expect(marksOf(tree, [...events, done]).get('map')?.note).toBe('3 of 3 items');
});

test('a flow inside that is opened has its own marks, over all its items', () => {
  const step = (index: number): RunEvent[] => [
    {
      kind: 'step_started',
      path: `each[${index}]/ask`,
      at,
      nodeId: 'ask',
      nodeType: 'InputMessageNode',
      name: 'Ask',
      attempt: 1,
      inputs: {},
    },
    { kind: 'step_succeeded', path: `each[${index}]/ask`, at, outputs: {}, branch: 'next' },
  ];
  const started: RunEvent = { kind: 'run_started', at, actor, trigger: 'test', inputs: {} };
  const mark = marksOf(document, [started, ...step(0), ...step(1)]).get('ask');
  expect(mark).toMatchObject({ state: 'done', visits: 2, branches: ['next'] });
});

test('a step that was not run says so', () => {
  const [started, begin] = begun;
  if (!started || !begin) throw new Error('not begun');
  const given: RunEvent = { kind: 'step_succeeded', path: 'ask', at, outputs: {}, branch: 'next', given: true };
  expect(marksOf(document, [started, begin, given]).get('ask')).toMatchObject({
    state: 'done',
    note: 'Taken as given',
  });
});
