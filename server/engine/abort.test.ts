import { describe, expect, it } from 'vitest';
import { Cancelled, type HttpRequest, RunTimedOut } from './ports.ts';
import { actor, doubling, mapFlow, ports, run, started } from './testRuns.ts';

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
