import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { quoted } from '@rondo/shared/words/said.ts';
import { describe, expect, it } from 'vitest';
import { failureContext } from './failureContext.ts';
import { type HttpRequest, StepError } from './ports.ts';
import { call, chain, doubling, list, mapFlow, number, ports, run, started } from './testRuns.ts';

const policy = (more: JsonObject) => ({ metadata: { __metadata_info__: { rondo: { policy: more } } } });

describe('the error of a run', () => {
  it('says which step failed, what it was given and what was tried', async () => {
    let tries = 0;
    const http = {
      call: async () => {
        tries += 1;
        throw new StepError(tries < 3 ? 'BUSY' : 'GONE', quoted(`Try ${tries}.`), { retryable: true });
      },
    };
    const step = call('call', 'n', policy({ attempts: 3, delaySeconds: 0 }));
    const { end, events } = await run(chain('flow', [step], [number('n')], []), ports({ http }), {
      pending: [started({ n: 7 })],
    });
    const context = {
      name: 'call',
      nodeType: 'ApiNode',
      inputs: { n: 7 },
      tries: [
        { attempt: 1, code: 'BUSY', message: '“Try 1.”' },
        { attempt: 2, code: 'BUSY', message: '“Try 2.”' },
        { attempt: 3, code: 'GONE', message: '“Try 3.”' },
      ],
    };
    expect(end).toMatchObject({ state: 'failed', error: { code: 'GONE', step: 'call', context } });
    expect(events.at(-1)).toMatchObject({ kind: 'run_failed', error: { context } });
    // The steps have their own inputs and failures on record.
    for (const event of events) if (event.kind === 'step_failed') expect(event.error.context).toBeUndefined();
  });

  it('tells of the innermost step, and the same when another process finds the failure on record', async () => {
    const document = mapFlow('ParallelMapNode', {}, [list('collected_doubled', number('doubled'))]);
    const whole = await run(document, ports(doubling()), { pending: [started({ iterated_n: [1, -2] })] });
    const context = { name: 'call', inputs: { n: -2 }, tries: [{ attempt: 1, code: 'HTTP_STATUS' }] };
    expect(whole.end).toMatchObject({ error: { step: 'map[1]/call', context } });
    const first = whole.events.findIndex((event) => event.kind === 'step_failed') + 1;
    for (const cut of [first, whole.events.length - 1]) {
      const { end } = await run(document, ports(doubling()), { journal: whole.events.slice(0, cut) });
      expect(end, `after ${cut}`).toEqual(whole.end);
    }
  });

  it('has the tries of earlier segments, too', async () => {
    let now = Date.parse('2026-01-01T00:00:00.000Z');
    const http = {
      call: async () => {
        throw new StepError('BUSY', quoted('Not now.'), { retryable: true });
      },
    };
    const given = ports({ http, now: () => new Date(now) });
    const step = call('call', 'n', policy({ attempts: 2, delaySeconds: 60, jitter: 'none' }));
    const document = chain('flow', [step], [number('n')], []);
    const first = await run(document, given, { pending: [started({ n: 1 })] });
    now += 60_000;
    const wait = first.end.state === 'waiting' ? first.end.waits[0] : undefined;
    const { end } = await run(document, given, {
      journal: first.events,
      pending: [
        {
          kind: 'wait_answered',
          path: 'call',
          at: new Date(now).toISOString(),
          waitId: wait?.id ?? '',
          answer: { kind: 'timer' },
          actor: { kind: 'system', id: 's', name: 'S' },
        },
      ],
    });
    expect(end).toMatchObject({
      error: { context: { tries: [{ attempt: 1, at: '2026-01-01T00:00:00.000Z' }, { attempt: 2 }] } },
    });
  });

  it('G7: shows no secret among the values that led to it', async () => {
    const given = ports({
      resolve: async () => ({ 'X-Key': 'hush-hush-hush' }),
      http: {
        call: async ({ headers }: HttpRequest) => {
          throw new StepError('NO', quoted(`Refused ${headers['X-Key']}.`));
        },
      },
    });
    const long = `${'x'.repeat(490)}hush-hush-hush`;
    const step = call('call', 'path', {
      inputs: [{ title: 'path', type: 'string' }],
      sensitive_headers: { $component_ref: 'key' },
    });
    const document = chain('flow', [step], [{ title: 'path', type: 'string' }], []);
    const { end } = await run(document, given, { pending: [started({ path: long })] });
    expect(end).toMatchObject({
      error: { message: '“Refused •••.”', context: { inputs: { path: expect.any(String) } } },
    });
    expect(JSON.stringify(end)).not.toContain('hush');
  });

  it('has no step where the run failed without one', async () => {
    const { end } = await run(chain('flow', [], [number('n')], []), ports(), { pending: [started({})] });
    expect(end).toMatchObject({ state: 'failed', error: { code: 'INPUT_MISSING', step: null } });
    expect(end).not.toHaveProperty('error.context');
  });
});

describe('values that led to a failure', () => {
  const shown = (inputs: JsonObject) => failureContext({ name: 's', type: 'ToolNode' }, inputs, []).inputs;

  it('stay as they are while they are small', () => {
    const inputs = { a: 1, b: null, c: 'text', d: [1, { e: true }], f: {} };
    expect(shown(inputs)).toEqual(inputs);
  });

  it('are cut where they are long, many or deep, and all together', () => {
    const deep = { a: { b: { c: { d: { e: 1 } } } } };
    const cut = shown({ text: 'y'.repeat(1000), list: Array.from({ length: 50 }, (_, i) => i), deep });
    expect(cut.text).toHaveLength(500);
    expect(cut.list).toHaveLength(21);
    expect((cut.list as unknown[]).at(-1)).toBe('… 30 more');
    expect(cut.deep).toEqual({ a: { b: { c: { d: '…' } } } });
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [`k${i}`, Array.from({ length: 100 }, () => 'z'.repeat(1000))]),
    );
    expect(JSON.stringify(shown(many)).length).toBeLessThan(20_000);
    expect(shown(many)).toHaveProperty('…');
  });
});
