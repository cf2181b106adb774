import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { quoted } from '@rondo/shared/words/said.ts';
import { describe, expect, it } from 'vitest';
import { advance } from '../advance.ts';
import { type HttpRequest, StepError } from '../ports.ts';

const ref = (id: string): JsonObject => ({ $component_ref: id });
const edge = (from: string, to: string): JsonObject => ({
  component_type: 'ControlFlowEdge',
  id: `${from}-${to}`,
  name: `${from}-${to}`,
  from_node: ref(from),
  to_node: ref(to),
});
const name = { title: 'name', type: 'string' };

/** What a web call with these fields sends. */
async function sent(fields: JsonObject): Promise<HttpRequest | undefined> {
  let request: HttpRequest | undefined;
  const refuse = async (): Promise<never> => {
    throw new StepError('NOT_HERE', quoted('Nothing of the kind in this test.'));
  };
  const document: JsonObject = {
    component_type: 'Flow',
    id: 'flow',
    name: 'Call',
    start_node: ref('start'),
    nodes: [
      { component_type: 'StartNode', id: 'start', name: 'Start', inputs: [name], outputs: [name] },
      { component_type: 'ApiNode', id: 'call', name: 'Call', url: 'https://a.example/{{ name }}', ...fields },
      { component_type: 'EndNode', id: 'end', name: 'End' },
    ],
    control_flow_connections: [edge('start', 'call'), edge('call', 'end')],
    data_flow_connections: null,
  };
  const at = '2026-01-01T00:00:00.000Z';
  const end = await advance({
    runId: 'r1',
    document,
    journal: [],
    pending: [
      {
        kind: 'run_started',
        at,
        actor: { kind: 'system', id: 's', name: 'S' },
        trigger: 'test',
        inputs: { name: 'Ann & Bo' },
      },
    ],
    ports: {
      now: () => new Date(at),
      models: { complete: refuse },
      http: {
        call: async (given) => {
          request = given;
          return { status: 200, headers: {}, body: {} };
        },
      },
      sandbox: { template: refuse, formula: refuse, script: refuse },
      serverTool: () => undefined,
      resolve: async () => undefined,
    },
    append: async () => undefined,
    signal: new AbortController().signal,
  });
  expect(end.state).toBe('succeeded');
  return request;
}

describe('the body of a web call', () => {
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const cases: [string, Json, JsonObject, HttpRequest['body']][] = [
    ['a record is JSON', { who: '{{ name }}', n: 1 }, {}, { kind: 'json', value: { who: 'Ann & Bo', n: 1 } }],
    [
      'a record is a form where the header says so',
      { who: '{{ name }}' },
      form,
      { kind: 'text', value: 'who=Ann+%26+Bo' },
    ],
    ['a text that is JSON is JSON', '{"who": "{{ name }}"}', {}, { kind: 'json', value: { who: 'Ann & Bo' } }],
    ['a text with a type stays', '{"a": 1}', { 'content-type': 'text/plain' }, { kind: 'text', value: '{"a": 1}' }],
    ['another text stays', 'Dear {{ name }}', {}, { kind: 'text', value: 'Dear Ann & Bo' }],
    ['an empty record is none', {}, {}, undefined],
  ];
  it.each(cases)('%s', async (_what, data, headers, body) => {
    expect((await sent({ http_method: 'post', data, headers }))?.body).toEqual(body);
  });

  it('method, query and headers take values too', async () => {
    const request = await sent({
      http_method: 'get',
      query_params: { q: '{{ name }}' },
      headers: { 'X-Name': '{{ name }}' },
      url_allow_list: ['https://a.example/'],
    });
    expect(request).toMatchObject({
      method: 'GET',
      url: 'https://a.example/Ann & Bo',
      query: { q: 'Ann & Bo' },
      headers: { 'X-Name': 'Ann & Bo' },
      allowList: ['https://a.example/'],
    });
  });
});
