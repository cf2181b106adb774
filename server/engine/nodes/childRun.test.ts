import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent, WaitAnswer } from '@rondo/shared/runs/events.ts';
import { describe, expect, it } from 'vitest';
import { actor, at, base, chain, number, ports, run, started, text } from '../testRuns.ts';

function builtin(id: string, kind: string, configuration: JsonObject, outputs: JsonObject[], more: JsonObject = {}) {
  const tool = { ...base('BuiltinTool', `${id}-t`), tool_type: kind, configuration, inputs: [], outputs };
  return { ...base('ToolNode', id), tool, ...more };
}

const answered = (path: string, waitId: string, answer: WaitAnswer): RunEvent => ({
  kind: 'wait_answered',
  path,
  at,
  waitId,
  answer,
  actor,
});

describe('a run of another flow', () => {
  it('that fails is started anew by the policy of its step, and the error names the run', async () => {
    const policy = { attempts: 2, delaySeconds: 0, jitter: 'none' };
    const metadata = { __metadata_info__: { rondo: { policy } } };
    const step = builtin('child', 'rondo.run_flow', { flow: 'other' }, [number('x')], { metadata });
    const document = chain('flow', [step], [], [number('x')]);
    let count = 0;
    const keys: string[] = [];
    const given = ports({
      startChild: async ({ key }) => {
        keys.push(key);
        count += 1;
        return { runId: `child${count}`, flowName: 'Other' };
      },
    });
    const failure: WaitAnswer = {
      kind: 'run',
      state: 'failed',
      outputs: {},
      error: { code: 'X', message: 'No.', step: null },
    };
    const first = await run(document, given, { pending: [started({})] });
    const second = await run(document, given, {
      journal: first.events,
      pending: [answered('child', 'child!run1', failure)],
    });
    expect(second.end).toMatchObject({ state: 'waiting', waits: [{ id: 'child!run2', runId: 'child2' }] });
    expect(second.events.find((event) => event.kind === 'step_failed')).toMatchObject({
      error: { code: 'CHILD_FAILED', details: { runId: 'child1' } },
      retryAt: at,
    });
    expect(keys).toEqual(['r1:child:1', 'r1:child:2']);
    const cancelled = await run(document, given, {
      journal: second.events,
      pending: [answered('child', 'child!run2', { kind: 'run', state: 'cancelled', outputs: {} })],
    });
    expect(cancelled.end).toMatchObject({
      state: 'failed',
      error: { code: 'CHILD_CANCELLED', details: { runId: 'child2' } },
    });
    const good: WaitAnswer = { kind: 'run', state: 'succeeded', outputs: { x: 4 } };
    const done = await run(document, given, {
      journal: second.events,
      pending: [answered('child', 'child!run2', good)],
    });
    expect(done.end).toMatchObject({ state: 'succeeded', outputs: { x: 4 } });
  });

  it('that nobody waits for gives its id at once', async () => {
    const step = builtin('child', 'rondo.run_flow', { flow: 'other', detached: true }, [text('run_id')]);
    const document = chain('flow', [step], [], [text('run_id')]);
    const given = ports({
      startChild: async ({ waitId }) => {
        expect(waitId).toBe('');
        return { runId: 'r2', flowName: 'Other' };
      },
    });
    const { end, events } = await run(document, given, { pending: [started({})] });
    expect(end).toMatchObject({ state: 'succeeded', outputs: { run_id: 'r2' } });
    expect(events.some((event) => event.kind === 'wait_started')).toBe(false);
  });

  it('needs a server', async () => {
    const step = builtin('child', 'rondo.run_flow', { flow: 'other' }, []);
    const { end } = await run(chain('flow', [step], [], []), ports(), { pending: [started({})] });
    expect(end).toMatchObject({ state: 'failed', error: { code: 'CHILD_NOT_HERE' } });
  });
});

describe('a call of the run’s own address', () => {
  const outputs = [text('outcome'), { title: 'payload' }];
  const address = builtin('address', 'rondo.callback_address', { name: 'paid' }, [text('url')]);
  const wait = builtin('wait', 'rondo.wait', { mode: 'webhook', name: 'paid', timeoutSeconds: 30 }, outputs);
  const document = chain('flow', [address, wait], [], [text('url'), ...outputs]);
  const given = ports({ callbackUrl: (name) => `https://rondo.example/callback/${name}` });

  it('is waited for by the event of its name, and its address is a value', async () => {
    const { end, events } = await run(document, given, { pending: [started({})] });
    expect(end).toMatchObject({
      state: 'waiting',
      waits: [{ for: 'event', name: 'run:r1:paid', key: '', wakeAt: '2026-01-01T00:00:30.000Z' }],
    });
    const call: WaitAnswer = { kind: 'event', eventId: 'e1', payload: { ok: true } };
    const done = await run(document, given, { journal: events, pending: [answered('wait', 'wait!event', call)] });
    expect(done.end).toMatchObject({
      outputs: { url: 'https://rondo.example/callback/paid', outcome: 'received', payload: { ok: true } },
    });
  });

  it('needs a server', async () => {
    const { end } = await run(document, ports(), { pending: [started({})] });
    expect(end).toMatchObject({ state: 'failed', error: { code: 'CALLBACK_NOT_HERE', step: 'address' } });
  });
});
