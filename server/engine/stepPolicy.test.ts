import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { quoted } from '@rondo/shared/words/said.ts';
import { describe, expect, it } from 'vitest';
import { type HttpRequest, StepError } from './ports.ts';
import { actor, at, base, call, chain, number, ports, run, started } from './testRuns.ts';

describe('the policy of a step', () => {
  const policy = (more: JsonObject) => ({ metadata: { __metadata_info__: { rondo: { policy: more } } } });
  const one = (more: JsonObject) => chain('flow', [call('call', 'n', more)], [number('n')], [number('doubled')]);

  it('tries again what may succeed later, and says so in the journal', async () => {
    let tries = 0;
    const http = {
      call: async () => {
        tries += 1;
        if (tries < 3) throw new StepError('HTTP_FAILED', quoted('Not now.'), { retryable: true });
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
          throw new StepError('HTTP_STATUS', quoted('Never.'));
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
          if (tries === 1) throw new StepError('HTTP_FAILED', quoted('Not now.'), { retryable: true });
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
