import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { describe, expect, it } from 'vitest';
import { chain, say } from '../work/testFlows.ts';
import { advance } from './advance.ts';
import { Outage } from './ports.ts';
import { actor, at, ports } from './testRuns.ts';

const child: JsonObject = {
  component_type: 'ToolNode',
  id: 'child',
  name: 'child',
  tool: {
    component_type: 'BuiltinTool',
    id: 'tool',
    name: 'tool',
    tool_type: 'rondo.run_flow',
    configuration: { flow: 'other' },
    inputs: [],
    outputs: [],
  },
};

describe('a database that is away while a step reaches for it', () => {
  it('G1 fails no step: the segment breaks off, and the call is made again with the same key', async () => {
    const keys: string[] = [];
    const gone = new Error('Connection terminated unexpectedly');
    const given = ports({
      startChild: async ({ key }) => {
        keys.push(key);
        if (keys.length === 1) throw new Outage(gone);
        return { runId: 'r2', flowName: 'Other' };
      },
    });
    const journal: RunEvent[] = [];
    const go = (pending: RunEvent[]) =>
      advance({
        runId: 'r1',
        document: chain([say('a'), child]),
        journal: [...journal],
        pending,
        ports: given,
        append: async (events) => {
          journal.push(...events);
        },
        signal: new AbortController().signal,
      });
    await expect(go([{ kind: 'run_started', at, actor, trigger: 'test', inputs: {} }])).rejects.toBe(gone);
    expect(journal.some((event) => event.kind === 'step_failed' || event.kind === 'run_failed')).toBe(false);
    expect(await go([])).toMatchObject({ state: 'waiting', waits: [{ for: 'run', runId: 'r2' }] });
    expect(keys).toEqual(['r1:child:1', 'r1:child:1']);
    expect(journal.filter((event) => event.kind === 'step_cut_off')).toHaveLength(1);
  });
});
