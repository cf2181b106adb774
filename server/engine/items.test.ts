import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent, Wait } from '@rondo/shared/runs/events.ts';
import { describe, expect, it } from 'vitest';
import { actor, at, base, chain, doubling, list, mapFlow, number, ports, run, started, text } from './testRuns.ts';

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

  it('names the item that failed, of maps in maps too, at the step and in the words', async () => {
    const inner = mapFlow('MapNode');
    const outer = { ...base('ParallelMapNode', 'rows'), subflow: { ...inner, id: 'row', name: 'row' } };
    const document = chain(
      'table',
      [outer],
      [list('iterated_iterated_n', list('row', number('n')))],
      [list('collected_collected_doubled', list('row', number('doubled')))],
    );
    const rows = (given: Json) =>
      run(document, ports(doubling()), { pending: [started({ iterated_iterated_n: given })] });
    expect((await rows([[1, 2], [], [3]])).end).toMatchObject({
      outputs: { collected_collected_doubled: [[2, 4], [], [6]] },
    });
    expect((await rows([[1], [2, -2]])).end).toMatchObject({
      state: 'failed',
      error: {
        step: 'rows[1]/map[1]/call',
        message: 'Item 1 of “rows” failed: Item 1 of “map” failed: “It said no.”',
      },
    });
  });

  it('reduces yes and no and numbers in texts, and names what is no number', async () => {
    const pass = chain('pass', [], [{ title: 'v' }], [{ title: 'v' }]);
    const ended = async (reducer: string, values: Json[]) => {
      const map = {
        ...base('MapNode', 'map'),
        subflow: pass,
        reducers: { v: reducer },
        outputs: [number('collected_v')],
      };
      const document = chain('flow', [map], [{ title: 'iterated_v' }], [number('collected_v')]);
      return (await run(document, ports(), { pending: [started({ iterated_v: values })] })).end;
    };
    expect(await ended('sum', [true, '2.5', 1, false])).toMatchObject({ outputs: { collected_v: 4.5 } });
    expect(await ended('average', [1, 2])).toMatchObject({ outputs: { collected_v: 1.5 } });
    expect(await ended('min', [3, -1, '0'])).toMatchObject({ outputs: { collected_v: -1 } });
    expect(await ended('max', [])).toMatchObject({ error: { code: 'MAP_EMPTY' } });
    expect(await ended('sum', [])).toMatchObject({ outputs: { collected_v: 0 } });
    for (const wrong of [null, 'many', [1], ''])
      expect(await ended('sum', [1, wrong])).toMatchObject({
        error: { code: 'CAST_FAILED', step: 'map', message: expect.stringContaining(JSON.stringify(wrong)) },
      });
    expect(await ended('median', [1])).toMatchObject({ error: { code: 'FLOW_INVALID' } });
  });

  it('keeps a nothing that an item gives at its place', async () => {
    const may = { title: 'v', anyOf: [{ type: 'string' }, { type: 'null' }], default: 'none' };
    const inner = chain('pass', [], [may], [may]);
    const document = chain(
      'flow',
      [{ ...base('MapNode', 'map'), subflow: inner }],
      [{ title: 'iterated_v' }],
      [{ title: 'collected_v', type: 'array' }],
    );
    const { end } = await run(document, ports(), { pending: [started({ iterated_v: ['a', null, 'b'] })] });
    expect(end).toMatchObject({ outputs: { collected_v: ['a', null, 'b'] } });
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
