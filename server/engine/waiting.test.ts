import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { takenOver } from '@rondo/shared/runs/retry.ts';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from './ports.ts';
import { actor, at, base, call, chain, doubling, mapFlow, number, ports, run, started, text } from './testRuns.ts';

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
