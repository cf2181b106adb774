import { describe, expect, it } from 'vitest';
import { compareRuns } from './compare.ts';
import type { RunEvent } from './events.ts';
import { fold } from './fold.ts';
import { diffValues, placeWords } from './valueDiff.ts';

const actor = { kind: 'person' as const, id: 'p', name: 'Pat' };
const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();
type Step = [path: string, ms: number, outputs: { [name: string]: number }, branch?: string];

function runOf(steps: Step[], amount = 1) {
  const events: RunEvent[] = [{ kind: 'run_started', at: at(0), actor, trigger: 'test', inputs: { amount } }];
  for (const [path, ms, outputs, branch = 'next'] of steps) {
    const nodeId = path.replace(/.*\//, '');
    const start = { path, at: at(0), nodeId, nodeType: 'ToolNode', name: path, attempt: 1, inputs: {} };
    events.push({ kind: 'step_started', ...start }, { kind: 'step_succeeded', path, at: at(ms), outputs, branch });
  }
  events.push({ kind: 'run_succeeded', at: at(9000), outputs: { total: amount }, branch: 'next' });
  return fold(events);
}

describe('two runs compared', () => {
  it('finds the first step that did something else, and in what', () => {
    const a = runOf([
      ['start', 1, {}],
      ['ask', 10, { b: 1 }],
      ['decide', 1, {}, 'yes'],
      ['pay', 5, {}],
      ['end', 1, {}],
    ]);
    const b = runOf(
      [
        ['start', 1, {}],
        ['ask', 900, { b: 1 }],
        ['decide', 1, {}, 'no'],
        ['tell', 5, {}],
        ['end', 1, {}],
      ],
      2,
    );
    const compared = compareRuns(a, b);
    expect(compared.steps.map((step) => [step.path, step.differs])).toEqual([
      ['start', []],
      ['ask', ['duration']],
      ['decide', ['branch']],
      ['tell', ['missing']],
      ['pay', ['missing']],
      ['end', []],
    ]);
    expect(compared.first).toBe(2);
    expect(compared.inputs).toEqual([{ at: ['amount'], a: 1, b: 2 }]);
    expect(compared.outputs).toEqual([{ at: ['total'], a: 1, b: 2 }]);
    expect(compared.sameState).toBe(true);
  });

  it('finds nothing between a run and itself', () => {
    const run = runOf([
      ['start', 1, {}],
      ['map[0]/call', 3, { n: 1 }],
      ['map[1]/call', 3, { n: 2 }],
    ]);
    expect(compareRuns(run, run)).toMatchObject({ first: null, inputs: [], outputs: [], sameState: true });
  });
});

describe('two values', () => {
  it('differ field by field', () => {
    const a = { same: 1, lines: [{ n: 1 }, { n: 2 }], gone: null };
    const b = { lines: [{ n: 1 }, { n: 3 }, 'x'], same: 1, new: {} };
    expect(diffValues(a, b).map((one) => [placeWords(one.at), one.a, one.b])).toEqual([
      ['lines[2].n', 2, 3],
      ['lines[3]', undefined, 'x'],
      ['gone', null, undefined],
      ['new', undefined, {}],
    ]);
  });
});
