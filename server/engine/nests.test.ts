import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent, Wait } from '@rondo/shared/runs/events.ts';
import { takenOver } from '@rondo/shared/runs/retry.ts';
import { describe, expect, it } from 'vitest';
import { Cancelled, type HttpRequest, RunTimedOut, StepError } from './ports.ts';
import {
  actor,
  at,
  base,
  call,
  chain,
  doubling,
  list,
  mapFlow,
  number,
  ports,
  ref,
  run,
  started,
  text,
} from './testRuns.ts';

describe('a step for each item', () => {
  it('keeps the order, one after the other or side by side, within its limit', async () => {
    for (const [type, limit] of [
      ['MapNode', 1],
      ['ParallelMapNode', 3],
    ] as const) {
      const outside = doubling(3);
      const metadata = { __metadata_info__: { rondo: { concurrency: 3 } } };
      const { end, events } = await run(mapFlow(type, { metadata }), ports(outside), {
        pending: [started({ iterated_n: [5, 1, 4, 2, 3, 9, 8] })],
      });
      expect(end).toMatchObject({ state: 'succeeded', outputs: { collected_doubled: [10, 2, 8, 4, 6, 18, 16] } });
      expect(outside.most()).toBe(limit);
      expect(events.filter((event) => event.kind === 'step_succeeded').map((event) => event.path)).toContain(
        'map[6]/call',
      );
      expect([...outside.calls.keys()]).toContain('r1:map[2]/call:1');
    }
  });

  it('reduces as asked, and takes no items', async () => {
    const reducers = { doubled: 'sum' };
    const sum = mapFlow('MapNode', { reducers }, [number('collected_doubled')]);
    expect((await run(sum, ports(doubling()), { pending: [started({ iterated_n: [1, 2, 3] })] })).end).toMatchObject({
      outputs: { collected_doubled: 12 },
    });
    for (const [reducer, value] of [
      ['average', 4],
      ['max', 6],
      ['min', 2],
    ] as const) {
      const document = mapFlow('ParallelMapNode', { reducers: { doubled: reducer } }, [number('collected_doubled')]);
      const { end } = await run(document, ports(doubling()), { pending: [started({ iterated_n: [1, 2, 3] })] });
      expect(end).toMatchObject({ outputs: { collected_doubled: value } });
    }
    expect(
      (await run(mapFlow('MapNode'), ports(doubling()), { pending: [started({ iterated_n: [] })] })).end,
    ).toMatchObject({
      outputs: { collected_doubled: [] },
    });
    const empty = mapFlow('MapNode', { reducers: { doubled: 'max' } }, [number('collected_doubled')]);
    expect((await run(empty, ports(doubling()), { pending: [started({ iterated_n: [] })] })).end).toMatchObject({
      state: 'failed',
      error: { code: 'MAP_EMPTY' },
    });
  });

  it('takes several lists side by side, a single value for all, and refuses lists of other lengths', async () => {
    const sum: JsonObject = {
      ...base('ToolNode', 'sum'),
      tool: {
        ...base('BuiltinTool', 'sum-tool'),
        tool_type: 'rondo.formula',
        configuration: { expression: 'a + b' },
        inputs: [number('a'), number('b')],
        outputs: [number('total')],
      },
    };
    const inner = chain('inner', [sum], [number('a'), number('b')], [number('total')]);
    const document = chain(
      'flow',
      [{ ...base('MapNode', 'map'), subflow: inner }],
      [list('iterated_a', number('a')), { title: 'iterated_b' }],
      [list('collected_total', number('total'))],
    );
    const add = ports({
      sandbox: {
        ...ports().sandbox,
        formula: async (_source, values) => Number(values.a) + Number(values.b),
      },
    });
    const ended = async (a: Json, b: Json) =>
      (await run(document, add, { pending: [started({ iterated_a: a, iterated_b: b })] })).end;
    expect(await ended([1, 2], [10, 20])).toMatchObject({ outputs: { collected_total: [11, 22] } });
    expect(await ended([1, 2], 5)).toMatchObject({ outputs: { collected_total: [6, 7] } });
    expect(await ended([1, 2], [1, 2, 3])).toMatchObject({
      state: 'failed',
      error: { code: 'MAP_LENGTHS', step: 'map' },
    });
  });

  it('fails by the first item that failed; the others finish the step that they are at, and no more begin', async () => {
    const outside = doubling(5);
    const metadata = { __metadata_info__: { rondo: { concurrency: 2 } } };
    const { end, events } = await run(mapFlow('ParallelMapNode', { metadata }), ports(outside), {
      pending: [started({ iterated_n: [1, -1, 2, 3, 4, 5] })],
    });
    expect(end).toMatchObject({ state: 'failed', error: { code: 'HTTP_STATUS', step: 'map[1]/call' } });
    const failed = events.filter((event) => event.kind === 'step_failed').map((event) => event.path);
    expect(failed).toEqual(['map[1]/call', 'map']);
    expect(outside.calls.size).toBeLessThanOrEqual(3);
  });

  it('waits for what several items ask, and takes their answers in any order', async () => {
    const ask: JsonObject = {
      ...base('InputMessageNode', 'ask'),
      message: 'For {{ n }}?',
      inputs: [number('n')],
      outputs: [text('said')],
    };
    const inner = chain('inner', [ask], [number('n')], [text('said')]);
    const metadata = { __metadata_info__: { rondo: { concurrency: 2 } } };
    const document = chain(
      'flow',
      [{ ...base('ParallelMapNode', 'map'), subflow: inner, metadata }],
      [list('iterated_n', number('n'))],
      [list('collected_said', text('said'))],
    );
    let { end, events } = await run(document, ports(), { pending: [started({ iterated_n: [1, 2, 3] })] });
    const answer = (wait: Wait, word: string): RunEvent => ({
      kind: 'wait_answered',
      path: wait.path,
      at,
      waitId: wait.id,
      answer: { kind: 'message', text: word },
      actor,
    });
    expect(end.state).toBe('waiting');
    const waits = end.state === 'waiting' ? end.waits : [];
    expect(waits.map((wait) => wait.id)).toEqual(['map[0]/ask!message', 'map[1]/ask!message']);
    ({ end, events } = await run(document, ports(), {
      journal: events,
      pending: [answer(waits[1] as Wait, 'two')],
    }));
    const open = end.state === 'waiting' ? end.waits : [];
    expect(open.map((wait) => wait.id)).toEqual(['map[0]/ask!message', 'map[2]/ask!message']);
    ({ end, events } = await run(document, ports(), {
      journal: events,
      pending: open.map((wait, i) => answer(wait, i === 0 ? 'one' : 'three')),
    }));
    expect(end).toMatchObject({ state: 'succeeded', outputs: { collected_said: ['one', 'two', 'three'] } });
    expect(events.filter((event) => event.kind === 'message')).toHaveLength(3);
  });

  it('takes ten thousand items, and skips them quickly when it is resumed', async () => {
    const outside = doubling();
    const items = Array.from({ length: 10_000 }, (_, i) => i);
    const { end, events } = await run(
      mapFlow('ParallelMapNode'),
      ports({
        http: {
          call: async (request) => {
            outside.calls.set(request.url, 1);
            return { status: 200, headers: {}, body: { doubled: 1 } };
          },
        },
      }),
      { pending: [started({ iterated_n: items })] },
    );
    expect(end.state).toBe('succeeded');
    const last = events.findLastIndex((event) => event.kind === 'step_succeeded' && event.path === 'map[9999]/call');
    let again = 0;
    const resumed = await run(
      mapFlow('ParallelMapNode'),
      ports({
        http: {
          call: async () => {
            again += 1;
            return { status: 200, headers: {}, body: { doubled: 1 } };
          },
        },
      }),
      { journal: events.slice(0, last) },
    );
    expect(resumed.end.state).toBe('succeeded');
    const done =
      events.slice(0, last).filter((event) => event.kind === 'step_succeeded' && event.path !== 'map').length - 1;
    expect(again).toBe(10_000 - done);
    expect(again).toBeLessThan(40);
  }, 20_000);
});

describe('flows side by side, and failures that are caught', () => {
  const side = () => {
    const one = chain('one', [call('a', 'n')], [number('n')], [number('doubled')]);
    const other = chain('other', [{ ...call('b', 'n'), outputs: [number('again')] }], [number('n')], [number('again')]);
    return chain(
      'flow',
      [{ ...base('ParallelFlowNode', 'both'), subflows: [one, other] }],
      [number('n')],
      [number('doubled'), number('again')],
    );
  };
  const both = ports({
    http: {
      call: async (request) => {
        const n = Number(request.url.split('/').at(-1)) * 2;
        return { status: 200, headers: {}, body: { doubled: n, again: n } };
      },
    },
  });

  it('give the outputs of both', async () => {
    const { end, events } = await run(side(), both, { pending: [started({ n: 4 })] });
    expect(end).toMatchObject({ state: 'succeeded', outputs: { doubled: 8, again: 8 } });
    expect(events.flatMap((event) => (event.kind === 'step_succeeded' ? [event.path] : []))).toEqual(
      expect.arrayContaining(['both[0]/a', 'both[1]/b', 'both']),
    );
  });

  it('take another way when something inside fails, also after a restart', async () => {
    const inner = chain('inner', [call('call', 'n')], [number('n')], [number('doubled', { default: 0 })]);
    const caught: JsonObject = { ...base('CatchExceptionNode', 'try'), subflow: inner };
    const info = { title: 'caught_exception_info', anyOf: [{ type: 'string' }, { type: 'null' }], default: null };
    const document = chain('flow', [caught], [number('n')], [number('doubled'), info]);
    const edges = document.control_flow_connections as JsonObject[];
    edges.push({
      ...base('ControlFlowEdge', 'caught'),
      from_node: ref('try'),
      from_branch: 'caught_exception_branch',
      to_node: ref('flow-end'),
    });
    const outside = doubling();
    expect((await run(document, ports(outside), { pending: [started({ n: 3 })] })).end).toMatchObject({
      outputs: { doubled: 6, caught_exception_info: null },
    });
    const failing = await run(document, ports(outside), { pending: [started({ n: -1 })] });
    expect(failing.end).toMatchObject({
      state: 'succeeded',
      outputs: { doubled: 0, caught_exception_info: 'It said no.' },
    });
    const calls = outside.calls.get('r1:try/call:1');
    const cut = failing.events.findIndex((event) => event.kind === 'step_failed') + 1;
    const resumed = await run(document, ports(outside), { journal: failing.events.slice(0, cut) });
    expect(resumed.end).toMatchObject({ state: 'succeeded', outputs: { doubled: 0 } });
    expect(outside.calls.get('r1:try/call:1')).toBe(calls);
  });

  it('nest deep', async () => {
    let flow = chain('f0', [call('c0', 'n')], [number('n')], [number('doubled')]);
    for (let depth = 1; depth <= 30; depth += 1)
      flow = chain(
        `f${depth}`,
        [{ ...base('FlowNode', `n${depth}`), subflow: flow }],
        [number('n')],
        [number('doubled')],
      );
    const { end } = await run(flow, ports(doubling()), { pending: [started({ n: 1 })] });
    expect(end).toMatchObject({ state: 'succeeded', outputs: { doubled: 2 } });
  });

  it('do not run themselves for ever', async () => {
    const again = { ...base('FlowNode', 'again'), subflow: ref('flow'), inputs: [], outputs: [], branches: ['next'] };
    const { end } = await run(chain('flow', [again], [], []), ports(), { pending: [started({})] });
    expect(end).toMatchObject({ state: 'failed', error: { code: 'FLOW_TOO_DEEP' } });
  });
});

describe('G1 resumed after any event', () => {
  it('runs no finished step of a map, of branches side by side or of a caught failure again', async () => {
    const inner = chain('inner', [call('call', 'n')], [number('n')], [number('doubled')]);
    const failing = chain(
      'failing',
      [call('bad', 'm')],
      [number('m', { default: -1 })],
      [number('doubled', { default: 0 })],
    );
    const document = chain(
      'flow',
      [
        { ...base('ParallelMapNode', 'map'), subflow: inner },
        { ...base('CatchExceptionNode', 'try'), subflow: failing },
      ],
      [list('iterated_n', number('n'))],
      [list('collected_doubled', number('doubled'))],
    );
    (document.control_flow_connections as JsonObject[]).push({
      ...base('ControlFlowEdge', 'caught'),
      from_node: ref('try'),
      from_branch: 'caught_exception_branch',
      to_node: ref('flow-end'),
    });
    const whole = await run(document, ports(doubling()), { pending: [started({ iterated_n: [1, 2, 3, 4] })] });
    expect(whole.end).toMatchObject({ state: 'succeeded', outputs: { collected_doubled: [2, 4, 6, 8] } });
    for (let cut = 1; cut < whole.events.length; cut += 1) {
      const journal = whole.events.slice(0, cut);
      const done = new Set(
        journal.flatMap((event) =>
          event.kind === 'step_succeeded' || (event.kind === 'step_failed' && event.retryAt === undefined)
            ? [event.path]
            : [],
        ),
      );
      const outside = doubling();
      const { end, events } = await run(document, ports(outside), { journal });
      expect(end).toEqual(whole.end);
      for (const path of done) expect(outside.calls.has(`r1:${path}:1`), `${path} after ${cut}`).toBe(false);
      for (const path of ['map[0]/call', 'map[3]/call', 'map', 'try'])
        expect(events.filter((event) => event.kind === 'step_succeeded' && event.path === path)).toHaveLength(1);
    }
  });
});

describe('the policy of a step', () => {
  const policy = (more: JsonObject) => ({ metadata: { __metadata_info__: { rondo: { policy: more } } } });
  const one = (more: JsonObject) => chain('flow', [call('call', 'n', more)], [number('n')], [number('doubled')]);

  it('tries again what may succeed later, and says so in the journal', async () => {
    let tries = 0;
    const http = {
      call: async () => {
        tries += 1;
        if (tries < 3) throw new StepError('HTTP_FAILED', 'Not now.', { retryable: true });
        return { status: 200, headers: {}, body: { doubled: 2 } };
      },
    };
    const { end, events } = await run(one(policy({ attempts: 3, delaySeconds: 0 })), ports({ http }), {
      pending: [started({ n: 1 })],
    });
    expect(end.state).toBe('succeeded');
    expect(
      events.flatMap((event) => (event.kind === 'step_started' && event.path === 'call' ? [event.attempt] : [])),
    ).toEqual([1, 2, 3]);
    expect(events.filter((event) => event.kind === 'step_failed' && event.retryAt !== undefined)).toHaveLength(2);
  });

  it('tries other failures again only where it is told to', async () => {
    for (const [retryOn, expected] of [
      ['transient', 1],
      ['any', 2],
    ] as const) {
      let tries = 0;
      const http = {
        call: async () => {
          tries += 1;
          throw new StepError('HTTP_STATUS', 'Never.');
        },
      };
      const { end } = await run(one(policy({ attempts: 2, delaySeconds: 0, retryOn })), ports({ http }), {
        pending: [started({ n: 1 })],
      });
      expect(end).toMatchObject({ state: 'failed', error: { code: 'HTTP_STATUS' } });
      expect(tries).toBe(expected);
    }
  });

  it('lets go of the run for a long pause, and goes on with the next try after it', async () => {
    let tries = 0;
    let now = Date.parse(at);
    const given = ports({
      now: () => new Date(now),
      http: {
        call: async () => {
          tries += 1;
          if (tries === 1) throw new StepError('HTTP_FAILED', 'Not now.', { retryable: true });
          return { status: 200, headers: {}, body: { doubled: 2 } };
        },
      },
    });
    const document = one(policy({ attempts: 2, delaySeconds: 60, jitter: 'none' }));
    const first = await run(document, given, { pending: [started({ n: 1 })] });
    expect(first.end).toMatchObject({
      state: 'waiting',
      waits: [{ id: 'call!retry2', for: 'timer', why: 'retry', wakeAt: '2026-01-01T00:01:00.000Z' }],
    });
    // A process that looks too early waits on, and asks nothing twice.
    now += 30_000;
    const early = await run(document, given, { journal: first.events });
    expect(early.end.state).toBe('waiting');
    expect(early.events).toHaveLength(first.events.length);
    now += 30_000;
    const wait = first.end.state === 'waiting' ? first.end.waits[0] : undefined;
    const { end, events } = await run(document, given, {
      journal: first.events,
      pending: [{ kind: 'wait_answered', path: 'call', at, waitId: wait?.id ?? '', answer: { kind: 'timer' }, actor }],
    });
    expect(end.state).toBe('succeeded');
    expect(tries).toBe(2);
    expect(events.filter((event) => event.kind === 'step_started' && event.path === 'call')).toHaveLength(2);
  });

  it('ends a try that takes too long, whatever it is at', async () => {
    let aborted = false;
    const http = {
      call: (_request: HttpRequest, { signal }: { signal: AbortSignal }) =>
        new Promise<never>((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(signal.reason);
          });
        }),
    };
    const { end } = await run(one(policy({ timeLimitSeconds: 0.05 })), ports({ http }), {
      pending: [started({ n: 1 })],
    });
    expect(end).toMatchObject({ state: 'failed', error: { code: 'TIMED_OUT', step: 'call', retryable: true } });
    expect(aborted).toBe(true);
  });

  it('gives way to the retry policy of the component', async () => {
    let tries = 0;
    const http = {
      call: async () => {
        tries += 1;
        return { status: 503, headers: {}, body: {} };
      },
    };
    const retry_policy = { ...base('RetryPolicy', 'rp'), max_attempts: 1, initial_retry_delay: 0 };
    const { end } = await run(one({ ...policy({ attempts: 9, delaySeconds: 0 }), retry_policy }), ports({ http }), {
      pending: [started({ n: 1 })],
    });
    expect(end.state).toBe('failed');
    expect(tries).toBe(2);
  });
});

describe('an abort and a halt', () => {
  const hanging = (onCall: () => void) => ({
    call: (_request: HttpRequest, { signal }: { signal: AbortSignal }) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        onCall();
      }),
  });
  it('break off all that is under way side by side', async () => {
    for (const [reason, state] of [
      [new Cancelled(actor), 'cancelled'],
      [new RunTimedOut(7), 'failed'],
    ] as const) {
      const abort = new AbortController();
      let calls = 0;
      const { end, events } = await run(
        mapFlow('ParallelMapNode'),
        ports({ http: hanging(() => ++calls === 3 && abort.abort(reason)) }),
        { pending: [started({ iterated_n: [1, 2, 3] })], signal: abort.signal },
      );
      expect(end.state).toBe(state);
      if (state === 'failed') expect(end).toMatchObject({ error: { code: 'RUN_TIMED_OUT' } });
      expect(events.some((event) => event.kind === 'step_failed')).toBe(false);
    }
  });

  it('stop before the next step, with what was done in the journal', async () => {
    const halt = new AbortController();
    const outside = doubling(2);
    const http = {
      call: async (...given: Parameters<typeof outside.http.call>) => {
        if (outside.calls.size === 1) halt.abort();
        return outside.http.call(...given);
      },
    };
    const items = [1, 2, 3, 4, 5, 6];
    const metadata = { __metadata_info__: { rondo: { concurrency: 2 } } };
    const first = await run(mapFlow('ParallelMapNode', { metadata }), ports({ http }), {
      pending: [started({ iterated_n: items })],
      halt: halt.signal,
    });
    expect(first.end).toEqual({ state: 'stopped' });
    const done = first.events.filter((event) => event.kind === 'step_succeeded' && event.path.endsWith('/call'));
    expect(done).toHaveLength(2);
    const { end } = await run(mapFlow('ParallelMapNode', { metadata }), ports({ http }), { journal: first.events });
    expect(end).toMatchObject({ outputs: { collected_doubled: items.map((n) => n * 2) } });
    expect([...outside.calls.values()].every((n) => n === 1)).toBe(true);
  });
});

describe('waiting and other runs', () => {
  const builtin = (
    id: string,
    tool_type: string,
    configuration: JsonObject,
    outputs: JsonObject[],
    inputs: JsonObject[] = [],
  ): JsonObject => ({
    ...base('ToolNode', id),
    tool: { ...base('BuiltinTool', `${id}-tool`), tool_type, configuration, inputs, outputs },
    inputs,
    outputs,
  });
  const outputs = [text('outcome'), { title: 'payload' }];

  it('takes an event by its name and key, or its time-out', async () => {
    const wait = builtin(
      'wait',
      'rondo.wait',
      { mode: 'event', event: 'paid', key: 'order {{ n }}', timeoutSeconds: 60 },
      outputs,
      [number('n')],
    );
    const document = chain('flow', [wait], [number('n')], outputs);
    const { end, events } = await run(document, ports(), { pending: [started({ n: 7 })] });
    const asked = { id: 'wait!event', for: 'event', name: 'paid', key: 'order 7', wakeAt: '2026-01-01T00:01:00.000Z' };
    expect(end).toMatchObject({ state: 'waiting', waits: [asked] });
    for (const [answer, given] of [
      [
        { kind: 'event', eventId: 'e', payload: { sum: 3 } },
        { outcome: 'received', payload: { sum: 3 } },
      ],
      [{ kind: 'timer' }, { outcome: 'timed_out', payload: null }],
    ] as const) {
      const answered: RunEvent = { kind: 'wait_answered', path: 'wait', at, waitId: 'wait!event', answer, actor };
      expect((await run(document, ports(), { journal: events, pending: [answered] })).end).toMatchObject({
        outputs: given,
      });
    }
  });

  it('waits until a moment, and says when that is none', async () => {
    const document = (until: string) =>
      chain('flow', [builtin('wait', 'rondo.wait', { mode: 'until', until }, [])], [], []);
    expect((await run(document('2026-02-01T12:00:00+01:00'), ports(), { pending: [started({})] })).end).toMatchObject({
      waits: [{ for: 'timer', wakeAt: '2026-02-01T11:00:00.000Z' }],
    });
    expect((await run(document('tomorrow'), ports(), { pending: [started({})] })).end).toMatchObject({
      error: { code: 'INPUT_INVALID', step: 'wait' },
    });
  });

  it('starts another flow once, waits for its end, and takes its outputs or its failure', async () => {
    const child = builtin('child', 'rondo.run_flow', { flow: 'other' }, [number('x')], [number('n')]);
    const document = chain('flow', [child], [number('n')], [number('x')]);
    const keys: string[] = [];
    const given = ports({
      startChild: async (request) => {
        keys.push(request.key);
        expect(request).toMatchObject({ flow: 'other', inputs: { n: 1 }, path: 'child', waitId: 'child!run1' });
        return { runId: 'r2', flowName: 'Other' };
      },
    });
    const { end, events } = await run(document, given, { pending: [started({ n: 1 })] });
    expect(end).toMatchObject({
      state: 'waiting',
      waits: [{ id: 'child!run1', for: 'run', runId: 'r2', flow: 'Other' }],
    });
    const answered = (answer: Extract<RunEvent, { kind: 'wait_answered' }>['answer']): RunEvent => ({
      kind: 'wait_answered',
      path: 'child',
      at,
      waitId: 'child!run1',
      answer,
      actor,
    });
    const good = answered({ kind: 'run', state: 'succeeded', outputs: { x: 5 } });
    expect((await run(document, given, { journal: events, pending: [good] })).end).toMatchObject({ outputs: { x: 5 } });
    const bad = answered({
      kind: 'run',
      state: 'failed',
      outputs: {},
      error: { code: 'X', message: 'No.', step: null },
    });
    expect((await run(document, given, { journal: events, pending: [bad] })).end).toMatchObject({
      error: { code: 'CHILD_FAILED', message: 'The run of “Other” failed: No.' },
    });
    // Cut off before its wait was on record: the same key finds the run that it had started.
    const cut = events.findIndex((event) => event.kind === 'wait_started');
    await run(document, given, { journal: events.slice(0, cut) });
    expect(new Set(keys)).toEqual(new Set(['r1:child:1']));
    // A wait that nobody has answered yet starts nothing.
    const before = keys.length;
    expect((await run(document, given, { journal: events })).end.state).toBe('waiting');
    expect(keys).toHaveLength(before);
  });
});

describe('a run that tries another one again', () => {
  it('does only what the other had not done, with other inputs for the step where it is told so', async () => {
    const document = chain(
      'flow',
      [call('one', 'n'), { ...call('two', 'm'), outputs: [number('again')] }],
      [number('n'), number('m', { default: -1 })],
      [number('doubled'), number('again')],
    );
    const old = await run(document, ports(doubling()), { pending: [started({ n: 2 })] });
    expect(old.end).toMatchObject({ state: 'failed', error: { step: 'two' } });
    const outside = doubling();
    const http = {
      call: async (...given: Parameters<typeof outside.http.call>) => {
        const answer = await outside.http.call(...given);
        return { ...answer, body: { ...answer.body, again: answer.body.doubled } };
      },
    };
    const retry = { runId: 'r1', number: 1, from: 'two', inputs: { m: 4 } };
    const journal = [started({ n: 2 }, { retry, trigger: 'retry' }), ...takenOver(old.events, 'two')];
    const { end, events } = await run(document, ports({ http }), { runId: 'r9', journal });
    expect(end).toMatchObject({ state: 'succeeded', outputs: { doubled: 4, again: 8 } });
    expect([...outside.calls.keys()]).toEqual(['r9:two:1']);
    expect(events.filter((event) => event.kind === 'step_succeeded' && event.path === 'one')).toHaveLength(1);
  });

  it('keeps the items of a map that had succeeded', async () => {
    const document = mapFlow('ParallelMapNode');
    const old = await run(document, ports(doubling(1)), { pending: [started({ iterated_n: [1, 2, -3, 4] })] });
    expect(old.end).toMatchObject({ state: 'failed', error: { step: 'map[2]/call' } });
    const done = old.events.flatMap((event) =>
      event.kind === 'step_succeeded' && event.path.startsWith('map[') ? [event.path] : [],
    );
    expect(done.length).toBeGreaterThan(0);
    const taken = takenOver(old.events, 'map[2]/call');
    const outside = doubling();
    const http = {
      call: async (request: HttpRequest, context: { idempotencyKey: string }) =>
        outside.http.call({ ...request, url: request.url.replace('-', '') }, context),
    };
    const { end } = await run(document, ports({ http }), {
      runId: 'r9',
      journal: [started({ iterated_n: [1, 2, -3, 4] }), ...taken],
    });
    expect(end).toMatchObject({ outputs: { collected_doubled: [2, 4, 6, 8] } });
    for (const path of done) expect(outside.calls.has(`r9:${path}:1`)).toBe(false);
  });
});
