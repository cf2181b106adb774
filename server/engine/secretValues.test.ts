import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { quoted } from '@rondo/shared/words/said.ts';
import { describe, expect, it } from 'vitest';
import { advance } from './advance.ts';
import { type EnginePorts, type HttpRequest, StepError } from './ports.ts';
import { SecretValues } from './secretValues.ts';

const at = '2026-01-01T00:00:00.000Z';
const secret = 'sk-"very" secret/1';
const ref = (id: string): JsonObject => ({ $component_ref: id });
const edge = (from: string, to: string): JsonObject => ({
  component_type: 'ControlFlowEdge',
  id: `${from}-${to}`,
  name: `${from}-${to}`,
  from_node: ref(from),
  from_branch: null,
  to_node: ref(to),
});
const document: JsonObject = {
  component_type: 'Flow',
  id: 'flow',
  name: 'Call with a key',
  agentspec_version: '26.1.2',
  start_node: ref('start'),
  nodes: [
    { component_type: 'StartNode', id: 'start', name: 'Start' },
    {
      component_type: 'ApiNode',
      id: 'call',
      name: 'Call',
      url: 'https://service.example/',
      http_method: 'POST',
      sensitive_headers: { Authorization: { $component_ref: 'service key' } },
      outputs: [{ title: 'response' }],
    },
    { component_type: 'OutputMessageNode', id: 'say', name: 'Say', message: 'It said {{ response }}' },
    { component_type: 'EndNode', id: 'end', name: 'End', outputs: [{ title: 'response' }] },
  ],
  control_flow_connections: [edge('start', 'call'), edge('call', 'say'), edge('say', 'end')],
  data_flow_connections: null,
};

async function run(call: (request: HttpRequest) => ReturnType<EnginePorts['http']['call']>) {
  const refuse = async (): Promise<never> => {
    throw new StepError('NOT_HERE', quoted('Nothing of the kind in this test.'));
  };
  const journal: RunEvent[] = [];
  const end = await advance({
    runId: 'r1',
    document,
    journal: [],
    pending: [{ kind: 'run_started', at, actor: { kind: 'system', id: 's', name: 'S' }, trigger: 'test', inputs: {} }],
    ports: {
      now: () => new Date(at),
      models: { complete: refuse },
      http: { call },
      sandbox: { template: refuse, formula: refuse, script: refuse },
      serverTool: () => undefined,
      resolve: async (name) => (name === 'service key' ? secret : undefined),
    },
    append: async (events) => {
      journal.push(...events);
    },
    signal: new AbortController().signal,
  });
  return { end, text: JSON.stringify({ end, journal }) };
}

describe('G7: no secret’s value in a journal', () => {
  const escaped = JSON.stringify(secret).slice(1, -1);

  it('when a service sends it back, in a text, a key or escaped', async () => {
    const { end, text } = await run(async ({ headers }) => {
      const sent = headers.Authorization ?? '';
      return { status: 200, headers: {}, body: { echo: `Bearer ${sent}`, [sent]: 1, raw: JSON.stringify({ sent }) } };
    });
    expect(end.state).toBe('succeeded');
    expect(text).toContain('Bearer •••');
    expect(text).not.toContain(escaped);
    expect(text).not.toContain('very');
  });

  it('when an error holds it', async () => {
    const refused = await run(async () => ({ status: 403, headers: {}, body: { message: `bad key ${secret}` } }));
    expect(refused.end).toMatchObject({ state: 'failed', error: { code: 'HTTP_STATUS', step: 'call' } });
    expect(refused.text).not.toContain('very');
    const thrown = await run(async () => {
      throw new StepError('CALL_FAILED', quoted(`no way with ${secret}`), { details: { header: secret } });
    });
    expect(thrown.end).toMatchObject({ state: 'failed', error: { message: '“no way with •••”' } });
    expect(thrown.text).not.toContain('very');
  });
});

describe('secret values', () => {
  it('leave what the journal says about itself as it is', () => {
    const secrets = new SecretValues();
    secrets.learn({ key: ['next'] });
    expect(secrets.hide({ kind: 'step_succeeded', branch: 'next', outputs: { a: 'the next one' } })).toEqual({
      kind: 'step_succeeded',
      branch: 'next',
      outputs: { a: 'the ••• one' },
    });
  });

  it('are hidden under any name that a flow gives to its values', () => {
    const secrets = new SecretValues();
    secrets.learn('hush-hush');
    const values = { path: 'hush-hush', at: { kind: ['hush-hush'] }, error: { step: 'hush-hush' } };
    const hidden = { path: '•••', at: { kind: ['•••'] }, error: { step: '•••' } };
    const event = {
      kind: 'step_failed',
      path: 'a/hush-hush',
      error: { code: 'X', step: 'a/hush-hush', details: values },
    };
    expect(secrets.hide(event)).toEqual({ ...event, error: { ...event.error, details: hidden } });
    const wait = { id: 'hush-hush!tool', for: 'tool', path: 'hush-hush', arguments: values };
    expect(secrets.hide({ kind: 'wait_started', wait, outputs: values, inputs: values })).toEqual({
      kind: 'wait_started',
      wait: { ...wait, arguments: hidden },
      outputs: hidden,
      inputs: hidden,
    });
  });

  it('are not looked for while there are none, nor when they are too short to be one', () => {
    const secrets = new SecretValues();
    secrets.learn('abc');
    const value = { a: 'abc' };
    expect(secrets.hide(value)).toBe(value);
  });
});
