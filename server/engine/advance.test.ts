import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { describe, expect, it } from 'vitest';
import { advance } from './advance.ts';
import { Cancelled, type EnginePorts, type SegmentEnd } from './ports.ts';
import { actor, at, ports, text } from './testRuns.ts';

type Edge = [from: string, to: string, branch?: string];
type Data = [source: string, output: string, destination: string, input: string];

function flow(nodes: JsonObject[], edges: Edge[], data: Data[] | null, more: JsonObject = {}): JsonObject {
  const ref = (id: string): JsonObject => ({ $component_ref: id });
  return {
    component_type: 'Flow',
    id: 'flow',
    name: 'Test',
    agentspec_version: '26.1.2',
    start_node: ref('start'),
    nodes,
    control_flow_connections: edges.map(([from, to, branch], i) => ({
      component_type: 'ControlFlowEdge',
      id: `c${i}`,
      name: `c${i}`,
      from_node: ref(from),
      from_branch: branch ?? null,
      to_node: ref(to),
    })),
    data_flow_connections:
      data?.map(([source, output, destination, input], i) => ({
        component_type: 'DataFlowEdge',
        id: `d${i}`,
        name: `d${i}`,
        source_node: ref(source),
        source_output: output,
        destination_node: ref(destination),
        destination_input: input,
      })) ?? null,
    ...more,
  };
}

const start = (...inputs: JsonObject[]): JsonObject => ({
  component_type: 'StartNode',
  id: 'start',
  name: 'Start',
  inputs,
});
const end = (id: string, outputs: JsonObject[], branch = 'next'): JsonObject => ({
  component_type: 'EndNode',
  id,
  name: id,
  outputs,
  branch_name: branch,
});

interface Ran {
  journal: RunEvent[];
  end: SegmentEnd;
  appends: number;
}

async function run(
  document: JsonObject,
  inputs: JsonObject,
  more: Partial<EnginePorts> = {},
  journal: RunEvent[] = [],
  pending?: RunEvent[],
): Promise<Ran> {
  const kept = [...journal];
  let appends = 0;
  const result = await advance({
    runId: 'r1',
    document,
    journal,
    pending: pending ?? (journal.length > 0 ? [] : [{ kind: 'run_started', at, actor, trigger: 'test', inputs }]),
    ports: ports(more),
    append: async (events) => {
      appends++;
      kept.push(...structuredClone(events));
    },
    signal: new AbortController().signal,
  });
  return { journal: kept, end: result, appends };
}

describe('a flow of steps that touch nothing', () => {
  const document = flow(
    [
      start(text('size'), { title: 'count', type: 'integer', default: 3 }),
      {
        component_type: 'BranchingNode',
        id: 'by',
        name: 'By size',
        mapping: { small: 'little' },
        inputs: [text('size')],
      },
      { component_type: 'OutputMessageNode', id: 'say', name: 'Say', message: 'Size {{ size }}, {{ count }} of them' },
      end('done', [text('size'), { title: 'count', type: 'string' }]),
      end('other', [text('size', { default: 'none' }), { title: 'count', type: 'string', default: '-' }], 'other'),
    ],
    [
      ['start', 'by'],
      ['by', 'say', 'little'],
      ['by', 'other', 'default'],
      ['say', 'done'],
    ],
    null,
  );

  it('runs to its end in one append, with casts, defaults and the message', async () => {
    const { end: result, appends, journal } = await run(document, { size: 'small' });
    expect(result).toEqual({ state: 'succeeded', outputs: { size: 'small', count: '3' }, branch: 'next' });
    expect(appends).toBe(1);
    expect(journal.find((event) => event.kind === 'message')).toMatchObject({
      role: 'assistant',
      text: 'Size small, 3 of them',
    });
  });

  it('takes the default branch and says which end it reached', async () => {
    expect((await run(document, { size: 'huge' })).end).toMatchObject({ state: 'succeeded', branch: 'other' });
  });

  it('names the input that is missing', async () => {
    const { end: result } = await run(document, {});
    expect(result).toMatchObject({
      state: 'failed',
      error: { code: 'INPUT_MISSING', message: expect.stringContaining('size') },
    });
  });

  it('names the branch that leads nowhere', async () => {
    const open = structuredClone(document);
    (open.control_flow_connections as JsonObject[]).splice(2, 1);
    expect((await run(open, { size: 'huge' })).end).toMatchObject({
      state: 'failed',
      error: { code: 'BRANCH_OPEN', step: 'by', message: expect.stringContaining('default') },
    });
  });
});

describe('null', () => {
  const document = flow(
    [
      start({ title: 'note', anyOf: [{ type: 'string' }, { type: 'null' }], default: 'none' }),
      end('done', [{ title: 'note', anyOf: [{ type: 'string' }, { type: 'null' }], default: 'empty' }]),
    ],
    [['start', 'done']],
    null,
  );
  it('is a value, not a missing one', async () => {
    expect((await run(document, { note: null })).end).toMatchObject({ outputs: { note: null } });
    expect((await run(document, {})).end).toMatchObject({ outputs: { note: 'none' } });
  });
});

describe('web calls', () => {
  const steps = 20;
  const document = flow(
    [
      start(text('v0')),
      ...Array.from({ length: steps }, (_, i) => ({
        component_type: 'ApiNode',
        id: `n${i}`,
        name: `Call ${i}`,
        url: `http://service/${i}?v={{ v${i} }}`,
        http_method: 'POST',
        outputs: [text(`v${i + 1}`)],
      })),
      end('done', [text(`v${steps}`)]),
    ],
    [
      ['start', 'n0'],
      ...Array.from({ length: steps - 1 }, (_, i): Edge => [`n${i}`, `n${i + 1}`]),
      [`n${steps - 1}`, 'done'],
    ],
    null,
  );

  const http = (calls: string[]): EnginePorts['http'] => ({
    call: async ({ url }, { idempotencyKey }) => {
      const i = Number(/service\/(\d+)/.exec(url)?.[1]);
      calls.push(idempotencyKey);
      return { status: 200, headers: {}, body: { [`v${i + 1}`]: `${i + 1}` } };
    },
  });

  it('G1: resumed after any event, no step that is journaled as finished runs again, and the end is the same', async () => {
    const whole = await run(document, { v0: '0' }, { http: http([]) });
    expect(whole.end).toMatchObject({ state: 'succeeded', outputs: { v20: '20' } });
    for (let cut = 1; cut < whole.journal.length; cut++) {
      const before = whole.journal.slice(0, cut);
      const finished = before.filter((event) => event.kind === 'step_succeeded').map((event) => event.path);
      const calls: string[] = [];
      const resumed = await run(document, {}, { http: http(calls) }, before);
      expect(resumed.end).toEqual(whole.end);
      for (const path of finished) expect(calls.filter((key) => key === `r1:${path}:1`)).toEqual([]);
      expect(new Set(calls).size).toBe(calls.length);
      const last = before.at(-1);
      if (last?.kind === 'step_started' && last.nodeType === 'ApiNode')
        expect(resumed.journal[cut]).toMatchObject({ kind: 'step_cut_off', path: last.path, attempt: 1 });
    }
  });

  it('puts the result of a step and the intent of the next into one append', async () => {
    expect((await run(document, { v0: '0' }, { http: http([]) })).appends).toBe(steps + 1);
  });

  it('tries again as the policy says, and says so in the journal', async () => {
    const retrying = structuredClone(document);
    const node = (retrying.nodes as JsonObject[])[1] as JsonObject;
    node.retry_policy = {
      component_type: 'RetryPolicy',
      id: 'p',
      name: 'p',
      max_attempts: 2,
      initial_retry_delay: 0.01,
      max_retry_delay: 0.01,
    };
    let failures = 2;
    const keys: string[] = [];
    const good = http(keys);
    const { end: result, journal } = await run(
      retrying,
      { v0: '0' },
      {
        http: {
          call: async (request, context) =>
            request.url.includes('/0?') && failures-- > 0
              ? { status: 503, headers: {}, body: null }
              : good.call(request, context),
        },
      },
    );
    expect(result.state).toBe('succeeded');
    expect(journal.filter((event) => event.kind === 'step_failed')).toHaveLength(2);
    expect(keys[0]).toBe('r1:n0:3');
  });

  it('G7: a secret header reaches the call and no event', async () => {
    const secret = structuredClone(document);
    const node = (secret.nodes as JsonObject[])[1] as JsonObject;
    node.sensitive_headers = { $component_ref: 'crm key' };
    const seen: string[] = [];
    const { journal } = await run(
      secret,
      { v0: '0' },
      {
        resolve: async (name) => (name === 'crm key' ? { authorization: 'Bearer hush' } : undefined),
        http: {
          call: async ({ headers, url }) => {
            seen.push(headers.authorization ?? '');
            return { status: 500, headers: {}, body: { error: url } };
          },
        },
      },
    );
    expect(seen).toEqual(['Bearer hush']);
    expect(JSON.stringify(journal)).not.toContain('hush');
  });

  it('a cancel breaks the call off and ends the run as cancelled', async () => {
    const controller = new AbortController();
    const journal: RunEvent[] = [];
    const result = await advance({
      runId: 'r1',
      document,
      journal: [],
      pending: [{ kind: 'run_started', at, actor, trigger: 'test', inputs: { v0: '0' } }],
      ports: ports({
        http: {
          call: (_request, { signal }) =>
            new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => reject(signal.reason));
              controller.abort(new Cancelled(actor));
            }),
        },
      }),
      append: async (events) => {
        journal.push(...events);
      },
      signal: controller.signal,
    });
    expect(result).toEqual({ state: 'cancelled' });
    expect(journal.at(-1)).toMatchObject({ kind: 'run_cancelled', actor });
  });
});

describe('waits', () => {
  const review = flow(
    [
      start(text('claimant')),
      {
        component_type: 'ToolNode',
        id: 'ask',
        name: 'Manager approves',
        tool: {
          component_type: 'ClientTool',
          id: 't',
          name: 'approve',
          inputs: [text('claimant')],
          outputs: [text('decision'), { title: 'amount', type: 'number' }],
          metadata: { __metadata_info__: { rondo: { surface: [], title: 'Expense of {{ claimant }}' } } },
        },
      },
      end('done', [text('decision'), { title: 'amount', type: 'number' }]),
    ],
    [
      ['start', 'ask'],
      ['ask', 'done'],
    ],
    null,
  );

  it('a review waits, and its typed answer flows on', async () => {
    const first = await run(review, { claimant: 'Mara' });
    expect(first.end).toMatchObject({
      state: 'waiting',
      waits: [{ for: 'review', title: 'Expense of Mara', arguments: { claimant: 'Mara' } }],
    });
    const wait = first.journal.find((event) => event.kind === 'wait_started');
    if (wait?.kind !== 'wait_started') throw new Error('no wait');
    const answered: RunEvent = {
      kind: 'wait_answered',
      path: wait.path,
      at,
      waitId: wait.wait.id,
      actor,
      answer: { kind: 'review', decision: 'approve', values: { amount: '12.5' } },
    };
    const second = await run(review, {}, {}, first.journal, [answered]);
    expect(second.end).toEqual({ state: 'succeeded', outputs: { decision: 'approve', amount: 12.5 }, branch: 'next' });
    expect(second.journal.filter((event) => event.kind === 'step_started' && event.path === 'ask')).toHaveLength(1);
  });
});

describe('flows in flows, and loops', () => {
  it('runs a flow inside, with its own paths, branch and outputs', async () => {
    const inner = flow(
      [{ ...start(text('name')), id: 'istart' }, { ...end('iend', [text('name')], 'fine') }],
      [['istart', 'iend']],
      null,
      { id: 'inner', name: 'Inner', start_node: { $component_ref: 'istart' } },
    );
    const outer = flow(
      [
        start(text('name')),
        { component_type: 'FlowNode', id: 'sub', name: 'Sub', subflow: inner },
        end('done', [text('name')]),
      ],
      [
        ['start', 'sub'],
        ['sub', 'done', 'fine'],
      ],
      null,
    );
    const { end: result, journal } = await run(outer, { name: 'x' });
    expect(result).toEqual({ state: 'succeeded', outputs: { name: 'x' }, branch: 'next' });
    expect(journal.filter((event) => event.kind === 'step_started').map((event) => event.path)).toEqual([
      'start',
      'sub',
      'sub/istart',
      'sub/iend',
      'done',
    ]);
  });

  it('names each visit of a loop and stops one that has no end', async () => {
    const loop = flow(
      [
        start(text('x')),
        { component_type: 'OutputMessageNode', id: 'say', name: 'Say', message: 'again' },
        end('done', []),
      ],
      [
        ['start', 'say'],
        ['say', 'say'],
      ],
      null,
    );
    const { end: result, journal } = await run(loop, { x: '' });
    expect(result).toMatchObject({ state: 'failed', error: { code: 'TOO_MANY_STEPS' } });
    expect(journal.some((event) => event.kind === 'step_started' && event.path === 'say#3')).toBe(true);
  });
});
