import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor, RunEvent, Wait } from './events.ts';
import { fold, foldMore } from './fold.ts';
import { stateAfter } from './state.ts';

const actor: Actor = { kind: 'person', id: 'p', name: 'Ada' };
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const started = (path: string, second: number, attempt = 1): RunEvent => ({
  kind: 'step_started',
  path,
  at: at(second),
  nodeId: path.split('/').at(-1) ?? '',
  nodeType: 'ToolNode',
  name: path,
  attempt,
  inputs: { n: second },
});
const done = (path: string, second: number, branch = 'next'): RunEvent => ({
  kind: 'step_succeeded',
  path,
  at: at(second),
  outputs: { x: 1 },
  branch,
});
const wait: Wait = { id: 'b!1', path: 'b', for: 'message', prompt: 'Why?' };

const journal: RunEvent[] = [
  { kind: 'run_started', at: at(0), actor, trigger: 'test', inputs: { a: 1 }, messages: ['hello'] },
  started('a', 1),
  {
    kind: 'step_failed',
    path: 'a',
    at: at(2),
    attempt: 1,
    error: { code: 'X', message: 'x', step: 'a' },
    retryAt: at(3),
  },
  started('a', 3, 2),
  { kind: 'step_cut_off', path: 'a', at: at(4), attempt: 2 },
  started('a', 5, 2),
  done('a', 6),
  started('b', 7),
  { kind: 'message', path: 'b', at: at(8), role: 'assistant', text: 'Why?' },
  { kind: 'wait_started', path: 'b', at: at(9), wait },
  { kind: 'wait_answered', path: 'b', at: at(10), waitId: 'b!1', answer: { kind: 'message', text: 'so' }, actor },
  { kind: 'run_resumed', at: at(11), holder: 'h', why: 'answer' },
  done('b', 12, 'yes'),
  started('c', 13),
  started('c/x', 14),
  done('c/x', 15),
  started('c/y', 16),
  done('c/y', 17),
  done('c', 18),
  { kind: 'run_succeeded', at: at(19), outputs: { r: 2 }, branch: 'next' },
];

describe('folding a run', () => {
  it('tells steps, messages, ways taken and the end', () => {
    const view = fold(journal);
    expect(view).toMatchObject({
      state: 'succeeded',
      outputs: { r: 2 },
      startedAt: at(0),
      finishedAt: at(19),
      waits: [],
      trigger: 'test',
    });
    expect(
      view.steps.map(({ path, state, attempt, cutOffs, branch }) => [path, state, attempt, cutOffs, branch]),
    ).toEqual([
      ['a', 'done', 2, 1, 'next'],
      ['b', 'done', 1, 0, 'yes'],
      ['c', 'done', 1, 0, 'next'],
      ['c/x', 'done', 1, 0, 'next'],
      ['c/y', 'done', 1, 0, 'next'],
    ]);
    expect(view.steps[0]).toMatchObject({ startedAt: at(1), finishedAt: at(6), error: null, retryAt: null });
    expect(view.messages.map((message) => message.text)).toEqual(['hello', 'Why?']);
    expect(view.takenEdges).toEqual([
      { from: 'a', branch: 'next', to: 'b' },
      { from: 'b', branch: 'yes', to: 'c' },
      { from: 'c/x', branch: 'next', to: 'c/y' },
      { from: 'c/y', branch: 'next' },
      { from: 'c', branch: 'next' },
    ]);
  });

  it('shows waiting and retrying while they last', () => {
    expect(fold(journal.slice(0, 3))).toMatchObject({
      state: 'running',
      steps: [{ state: 'running', retryAt: at(3) }],
    });
    const waiting = fold(journal.slice(0, 10));
    expect(waiting).toMatchObject({ state: 'waiting', waits: [wait] });
    expect(waiting.steps[1]?.state).toBe('waiting');
  });

  it('waits as long as one of several waits is open, and not for what a failed step asked', () => {
    const two: Wait = { id: 'm[1]/b!1', path: 'm[1]/b', for: 'message', prompt: null };
    const answered: RunEvent = { ...journal[10], waitId: 'b!1' } as RunEvent;
    const resumed: RunEvent = { kind: 'run_resumed', at: at(11), holder: 'h', why: 'answer' };
    const begun = [
      ...journal.slice(0, 10),
      started('m', 9),
      started('m[1]/b', 9),
      { kind: 'wait_started', path: 'm[1]/b', at: at(9), wait: two } satisfies RunEvent,
      answered,
      resumed,
    ];
    expect(fold(begun)).toMatchObject({ state: 'waiting', waits: [two] });
    const failed: RunEvent = {
      kind: 'step_failed',
      path: 'm',
      at: at(12),
      attempt: 1,
      error: { code: 'X', message: 'x', step: 'm[0]/a' },
    };
    expect(fold([...begun, failed])).toMatchObject({ state: 'running', waits: [] });
  });

  it('takes a map of ten thousand items without going through all of them for each', () => {
    const items = Array.from({ length: 10_000 }, (_, i) => [started(`m[${i}]/a`, 1), done(`m[${i}]/a`, 1)]).flat();
    const begin = performance.now();
    const view = fold([...journal.slice(0, 1), started('m', 1), ...items]);
    expect(performance.now() - begin).toBeLessThan(1000);
    expect(view.steps).toHaveLength(10_001);
    expect(view.steps[0]?.state).toBe('running');
  });

  it('ends what was under way with the run', () => {
    const view = fold([...journal.slice(0, 8), { kind: 'run_cancelled', at: at(9), actor }]);
    expect(view).toMatchObject({
      state: 'cancelled',
      steps: [{ state: 'done' }, { state: 'failed', finishedAt: at(9) }],
    });
    const failed = fold([
      ...journal.slice(0, 2),
      { kind: 'run_failed', at: at(2), error: { code: 'X', message: 'x', step: 'a' } },
    ]);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'X' } });
  });

  it('ends what waits beside a failure, when somebody around both catches it', () => {
    const error = { code: 'X', message: 'x', step: 'try/both[1]/call' };
    const fails = (path: string, second: number): RunEvent => ({
      kind: 'step_failed',
      path,
      at: at(second),
      attempt: 1,
      error,
    });
    const early: Wait = { id: 'e', path: 'try/both[0]/ask', for: 'message', prompt: null };
    const view = fold([
      ...journal.slice(0, 1),
      ...['try', 'try/both', 'try/both[0]/ask', 'try/both[1]/call'].map((path, index) => started(path, index)),
      { kind: 'wait_started', path: early.path, at: at(4), wait: early },
      fails('try/both[1]/call', 5),
      fails('try/both', 6),
      done('try', 7, 'caught_exception_branch'),
    ]);
    expect(view).toMatchObject({ state: 'running', waits: [] });
    const steps = view.steps.map(({ path, state, finishedAt, error: its }) => [path, state, finishedAt, its?.code]);
    expect(steps).toEqual([
      ['try', 'done', at(7), undefined],
      ['try/both', 'failed', at(6), 'X'],
      ['try/both[0]/ask', 'failed', at(6), undefined],
      ['try/both[1]/call', 'failed', at(5), 'X'],
    ]);
  });

  it('gives the same in any number of pieces, and leaves the earlier view alone', () => {
    fc.assert(
      fc.property(fc.nat(journal.length), (cut) => {
        const first = fold(journal.slice(0, cut));
        const copy = structuredClone(first);
        expect(foldMore(first, journal.slice(cut))).toEqual(fold(journal));
        expect(first).toEqual(copy);
      }),
    );
  });

  it('agrees with the state of the journal, and a terminal state stays (G3)', () => {
    for (let cut = 0; cut <= journal.length; cut++) {
      expect(stateAfter(journal.slice(0, cut))).toBe(fold(journal.slice(0, cut)).state);
    }
    expect(
      stateAfter([...journal, { kind: 'run_failed', at: at(20), error: { code: 'X', message: 'x', step: null } }]),
    ).toBe('succeeded');
    expect(
      fold([...journal, { kind: 'run_failed', at: at(20), error: { code: 'X', message: 'x', step: null } }]).state,
    ).toBe('succeeded');
  });
});
