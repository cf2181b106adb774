import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { describe, expect, it } from 'vitest';
import { base, call, chain, doubling, list, number, ports, ref, run, started } from './testRuns.ts';

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
