import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { fold } from '@rondo/shared/runs/fold.ts';
import { describe, expect, it } from 'vitest';
import { openWaits } from '../journal/rowChange.ts';
import { base, call, chain, doubling, number, ports, ref, run, started, text } from './testRuns.ts';

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
      outputs: { doubled: 0, caught_exception_info: '“It said no.”' },
    });
    const calls = outside.calls.get('r1:try/call:1');
    const cut = failing.events.findIndex((event) => event.kind === 'step_failed') + 1;
    const resumed = await run(document, ports(outside), { journal: failing.events.slice(0, cut) });
    expect(resumed.end).toMatchObject({ state: 'succeeded', outputs: { doubled: 0 } });
    expect(outside.calls.get('r1:try/call:1')).toBe(calls);
  });

  it('tell a nothing that was given from what was not, and leave by the end that was reached', async () => {
    const may = { title: 'v', anyOf: [{ type: 'string' }, { type: 'null' }], default: 'none' };
    const decide = { ...base('BranchingNode', 'decide'), mapping: { stop: 'stop' }, inputs: [text('way')] };
    const inner = chain('inner', [decide], [may, text('way')], [may]);
    const nodes = inner.nodes as JsonObject[];
    const end = nodes.at(-1) as JsonObject;
    nodes.push({ ...end, id: 'stopped', name: 'stopped', branch_name: 'stopped', inputs: [], outputs: [] });
    const edges = inner.control_flow_connections as JsonObject[];
    (edges[1] as JsonObject).from_branch = 'default';
    edges.push({
      ...base('ControlFlowEdge', 'stop'),
      from_node: ref('decide'),
      from_branch: 'stop',
      to_node: ref('stopped'),
    });
    for (const type of ['CatchExceptionNode', 'FlowNode']) {
      const document = chain('flow', [{ ...base(type, 'sub'), subflow: inner }], [may, text('way')], [may]);
      const outer = document.nodes as JsonObject[];
      outer.push({ ...(outer.at(-1) as JsonObject), id: 'second', name: 'second', branch_name: 'second' });
      (document.control_flow_connections as JsonObject[]).push({
        ...base('ControlFlowEdge', 'second-way'),
        from_node: ref('sub'),
        from_branch: 'stopped',
        to_node: ref('second'),
      });
      const ended = async (given: JsonObject) => (await run(document, ports(), { pending: [started(given)] })).end;
      expect(await ended({ v: null, way: 'on' })).toMatchObject({ branch: 'next', outputs: { v: null } });
      expect(await ended({ v: 'a', way: 'on' })).toMatchObject({ branch: 'next', outputs: { v: 'a' } });
      // On the way to the other end nothing gives it: the default does.
      expect(await ended({ v: 'a', way: 'stop' })).toMatchObject({ branch: 'second', outputs: { v: 'none' } });
    }
  });

  it('leave no wait behind in a branch beside the one whose failure was caught, wherever it was cut off', async () => {
    const asking = (id: string) => ({ ...base('InputMessageNode', id), message: '?', outputs: [text(`${id} said`)] });
    const both = {
      ...base('ParallelFlowNode', 'both'),
      subflows: [
        chain('left', [asking('ask')], [number('n')], []),
        chain('right', [call('call', 'n')], [number('n')], []),
      ],
    };
    const careful = { ...base('CatchExceptionNode', 'try'), subflow: chain('inner', [both], [number('n')], []) };
    const document = chain('flow', [careful, asking('later')], [number('n')], []);
    (document.control_flow_connections as JsonObject[]).push({
      ...base('ControlFlowEdge', 'caught'),
      from_node: ref('try'),
      from_branch: 'caught_exception_branch',
      to_node: ref('later'),
    });
    const whole = await run(document, ports(doubling()), { pending: [started({ n: -1 })] });
    const asked = 'try/both[0]/ask';
    const isStart = (event: RunEvent) => event.kind === 'wait_started' && event.path === asked;
    expect(whole.events.filter(isStart)).toHaveLength(1);
    expect(whole.end).toMatchObject({ state: 'waiting', waits: [{ path: 'later' }] });
    expect(openWaits(whole.events)).toMatchObject([{ path: 'later' }]);
    for (let cut = 1; cut <= whole.events.length; cut += 1) {
      const { end, events } = await run(document, ports(doubling()), { journal: whole.events.slice(0, cut) });
      expect(end, `after ${cut}`).toEqual(whole.end);
      expect(openWaits(events), `after ${cut}`).toMatchObject([{ path: 'later' }]);
      expect(fold(events).waits).toEqual(openWaits(events));
      expect(events.filter(isStart), `after ${cut}`).toHaveLength(1);
      const gaveUp = events.findIndex((event) => event.kind === 'step_failed' && event.path === 'try/both');
      expect(events.findIndex(isStart)).toBeLessThan(gaveUp);
    }
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
