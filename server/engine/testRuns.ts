import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunError, RunEvent } from '@rondo/shared/runs/events.ts';
import { quoted, sentence } from '@rondo/shared/words/said.ts';
import { advance } from './advance.ts';
import { type EnginePorts, type HttpRequest, type SegmentEnd, StepError } from './ports.ts';

export const actor = { kind: 'person' as const, id: 'p', name: 'Pat' };
export const at = '2026-01-01T00:00:00.000Z';
export const ref = (id: string): JsonObject => ({ $component_ref: id });
export const base = (type: string, id: string): JsonObject => ({ component_type: type, id, name: id });
export const number = (title: string, more: JsonObject = {}): JsonObject => ({ title, type: 'number', ...more });
export const text = (title: string, more: JsonObject = {}): JsonObject => ({ title, type: 'string', ...more });
export const list = (title: string, items: JsonObject): JsonObject => ({ title, type: 'array', items });

/** A flow of steps one after the other; data goes by name. */
export function chain(id: string, steps: JsonObject[], inputs: JsonObject[], outputs: JsonObject[]): JsonObject {
  const nodes = [
    { ...base('StartNode', `${id}-start`), inputs, outputs: inputs },
    ...steps,
    { ...base('EndNode', `${id}-end`), inputs: outputs, outputs },
  ];
  return {
    ...base('Flow', id),
    inputs,
    outputs,
    start_node: ref(`${id}-start`),
    nodes,
    control_flow_connections: nodes.slice(1).map((node, i) => ({
      ...base('ControlFlowEdge', `${id}-c${i}`),
      from_node: ref(String(nodes[i]?.id)),
      to_node: ref(String((node as JsonObject).id)),
    })),
    data_flow_connections: null,
  };
}

/** A step that calls the outside with the item and takes what comes back. */
export function call(id: string, input: string, more: JsonObject = {}): JsonObject {
  return {
    ...base('ApiNode', id),
    url: `https://a.example/{{ ${input} }}`,
    http_method: 'POST',
    data: {},
    inputs: [number(input)],
    outputs: [number('doubled')],
    ...more,
  };
}

/** Ports that reach nothing but what a test hands in. */
export function ports(more: Partial<EnginePorts> = {}): EnginePorts {
  const refuse = async (): Promise<never> => {
    throw new StepError('NOT_HERE', quoted('Nothing of the kind in this test.'));
  };
  return {
    now: () => new Date(at),
    models: { complete: refuse },
    http: { call: refuse },
    sandbox: { template: refuse, formula: refuse, script: refuse },
    serverTool: () => undefined,
    resolve: async () => undefined,
    ...more,
  };
}

export const started = (
  inputs: JsonObject,
  more: Partial<Extract<RunEvent, { kind: 'run_started' }>> = {},
): RunEvent => ({
  kind: 'run_started',
  at,
  actor,
  trigger: 'test',
  inputs: inputs as { [name: string]: Json },
  ...more,
});

/** Whoever reads no English must learn why a run failed, too. */
function mustBeSaid({ said, message }: RunError): void {
  if (!said || sentence(said) !== message) throw new Error(`Only English says it: ${message}`);
}

export interface Run {
  end: SegmentEnd;
  events: RunEvent[];
}

export async function run(
  document: JsonObject,
  given: EnginePorts,
  { journal = [], pending = [], ...more }: Partial<Parameters<typeof advance>[0]> = {},
): Promise<Run> {
  const events: RunEvent[] = [...journal];
  const end = await advance({
    runId: 'r1',
    document,
    journal,
    pending,
    ports: given,
    append: async (added) => {
      events.push(...structuredClone(added));
    },
    signal: new AbortController().signal,
    ...more,
  });
  if (end.state === 'failed') mustBeSaid(end.error);
  return { end, events };
}

/** An outside that doubles the number in the address and counts its calls by idempotency key. */
export function doubling(delay = 0) {
  const calls = new Map<string, number>();
  let now = 0;
  let most = 0;
  const http = {
    call: async (request: HttpRequest, { idempotencyKey }: { idempotencyKey: string }) => {
      calls.set(idempotencyKey, (calls.get(idempotencyKey) ?? 0) + 1);
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, delay));
      now -= 1;
      const n = Number(request.url.split('/').at(-1));
      if (n < 0) throw new StepError('HTTP_STATUS', quoted('It said no.'), { retryable: true });
      return { status: 200, headers: {}, body: { doubled: n * 2 } };
    },
  };
  return { http, calls, most: () => most };
}

export function mapFlow(
  type: 'MapNode' | 'ParallelMapNode',
  more: JsonObject = {},
  outputs = [list('collected_doubled', number('doubled'))],
) {
  const inner = chain('inner', [call('call', 'n')], [number('n')], [number('doubled')]);
  const map = { ...base(type, 'map'), subflow: inner, ...more };
  return chain('flow', [map], [list('iterated_n', number('n'))], outputs);
}
