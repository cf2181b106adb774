import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { fold } from '@rondo/shared/runs/fold.ts';
import { expect, test } from 'vitest';
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
const stateOf = (events: RunEvent[]) =>
  runMarks(openFlow(document), fold(events), Date.parse(at), String).get('ask')?.state;

test('a step that was ended with its run did not fail; one with an error did', () => {
  expect(stateOf(begun)).toBe('waiting');
  expect(stateOf([...begun, { kind: 'run_cancelled', at, actor }])).toBe('skipped');
  const error = { code: 'X', message: 'No.', step: 'ask' };
  const failed: RunEvent = { kind: 'step_failed', path: 'ask', at, attempt: 1, error };
  expect(stateOf([...begun, failed, { kind: 'run_failed', at, error }])).toBe('failed');
});
