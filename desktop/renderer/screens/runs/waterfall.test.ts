import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { StepView } from '@rondo/shared/runs/fold.ts';
import { describe, expect, it } from 'vitest';
import { axisOf, type Span, spanOf, waitsOf } from './waterfall.ts';

const start = Date.parse('2026-11-23T09:00:00.000Z');
const at = (ms: number) => new Date(start + ms).toISOString();

function step(path: string, from: number, to: number | null): StepView {
  return {
    path,
    nodeId: path,
    type: 'ToolNode',
    name: path,
    state: to === null ? 'waiting' : 'done',
    startedAt: at(from),
    finishedAt: to === null ? null : at(to),
    attempt: 1,
    cutOffs: 0,
    inputs: {},
    outputs: null,
    branch: null,
    error: null,
    retryAt: null,
    usage: null,
    given: false,
  };
}

const waitEvents: RunEvent[] = [
  {
    kind: 'wait_started',
    path: 'b',
    at: at(1000),
    wait: { id: 'b!1', path: 'b', for: 'message', prompt: null },
  },
  {
    kind: 'wait_answered',
    path: 'b',
    at: at(3_601_000),
    waitId: 'b!1',
    answer: { kind: 'message', text: 'yes' },
    actor: { kind: 'person', id: '1', name: 'Ann' },
  },
];

function bars(steps: StepView[], waits: Map<string, Span[]>, now: number) {
  const axis = axisOf(steps, waits, now);
  return { folded: axis.folded, bars: steps.map((one) => axis.place(spanOf(one, now))) };
}

describe('axis', () => {
  it('places steps that never waited by their real times', () => {
    const drawn = bars([step('a', 0, 500), step('b', 500, 1000)], new Map(), start + 9999);
    expect(drawn.folded).toBe(false);
    expect(drawn.bars.map(({ left, width }) => [left, width])).toEqual([
      [0, 0.5],
      [0.5, 0.5],
    ]);
  });

  it('folds an hour of waiting to half of the time that was worked', () => {
    const waits = waitsOf(waitEvents, start + 9_999_999);
    const drawn = bars([step('a', 0, 1000), step('b', 1000, 3_601_000), step('c', 3_601_000, 3_602_000)], waits, 0);
    expect(drawn.folded).toBe(true);
    const [a, b, c] = drawn.bars;
    expect(a?.width).toBeCloseTo(1000 / 3000);
    expect(b?.width).toBeCloseTo(1000 / 3000);
    expect((c?.left ?? 0) + (c?.width ?? 0)).toBeCloseTo(1);
  });

  it('lets an open wait last until now, and no longer than the end of the run', () => {
    const open = waitEvents.slice(0, 1);
    expect(waitsOf(open, start + 5000).get('b')).toEqual([{ from: start + 1000, to: start + 5000 }]);
    const cancelled: RunEvent = {
      kind: 'run_cancelled',
      at: at(2000),
      actor: { kind: 'system', id: 's', name: 'Server' },
    };
    expect(waitsOf([...open, cancelled], start + 5000).get('b')).toEqual([{ from: start + 1000, to: start + 2000 }]);
  });

  it('ends a wait with the failure of a step around it', () => {
    const wait = { id: 'try/b!1', path: 'try/b', for: 'message' as const, prompt: null };
    const events: RunEvent[] = [
      { kind: 'wait_started', path: 'try/b', at: at(1000), wait },
      {
        kind: 'step_failed',
        path: 'try',
        at: at(3000),
        attempt: 1,
        error: { code: 'X', message: 'x', step: 'try/c' },
      },
    ];
    expect(waitsOf(events, start + 9000).get('try/b')).toEqual([{ from: start + 1000, to: start + 3000 }]);
  });

  it('draws nothing for a run without steps', () => {
    expect(axisOf([], new Map(), start)).toMatchObject({ from: start, to: start, folded: false });
  });
});
