import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { StepView } from '@rondo/shared/runs/fold.ts';

/** A stretch of time in milliseconds since 1970. */
export interface Span {
  from: number;
  to: number;
}

export interface Bar {
  step: StepView;
  /** 0..1 along the axis */
  left: number;
  width: number;
  /** how long it took, or has taken so far */
  ms: number;
  /** it waited for somebody or something */
  waited: boolean;
}

export interface Waterfall {
  from: number;
  to: number;
  bars: Bar[];
  /** waiting time was made shorter than it was */
  folded: boolean;
}

/** The times in which each step waited, by its path; a wait that is open ends `now`. */
export function waitsOf(events: readonly RunEvent[], now: number): Map<string, Span[]> {
  const waits = new Map<string, Span[]>();
  const open = new Map<string, Span>();
  for (const event of events) {
    if (event.kind === 'wait_started') {
      const span = { from: Date.parse(event.at), to: now };
      open.set(event.wait.id, span);
      waits.set(event.path, [...(waits.get(event.path) ?? []), span]);
    } else if (event.kind === 'wait_answered') {
      const span = open.get(event.waitId);
      if (span) span.to = Date.parse(event.at);
    } else if (event.kind === 'run_cancelled' || event.kind === 'run_failed') {
      for (const span of open.values()) if (span.to === now) span.to = Date.parse(event.at);
    }
  }
  return waits;
}

/**
 * Places the steps of a run along one axis of time. Stretches in which nothing but waiting happened are folded to at
 * most half of the time that was worked, so that a night in an inbox does not hide the seconds around it.
 */
export function waterfall(steps: readonly StepView[], waits: Map<string, Span[]>, now: number): Waterfall {
  const spans = steps.map((step) => ({
    step,
    from: step.startedAt ? Date.parse(step.startedAt) : now,
    to: step.finishedAt ? Date.parse(step.finishedAt) : now,
  }));
  if (spans.length === 0) return { from: now, to: now, bars: [], folded: false };
  const from = Math.min(...spans.map((span) => span.from));
  const to = Math.max(from + 1, ...spans.map((span) => span.to));
  const stretches = merge([...waits.values()].flat()).map((span) => ({
    from: Math.max(from, span.from),
    to: Math.min(to, span.to),
  }));
  const waited = stretches.reduce((sum, span) => sum + Math.max(0, span.to - span.from), 0);
  const worked = to - from - waited;
  const room = Math.max(worked * 0.5, 1);
  const scale = waited > room ? room / waited : 1;
  const shrunk = (time: number) =>
    time -
    from -
    stretches.reduce((sum, span) => sum + Math.max(0, Math.min(time, span.to) - span.from) * (1 - scale), 0);
  const whole = Math.max(shrunk(to), 1);
  return {
    from,
    to,
    folded: scale < 1,
    bars: spans.map((span) => ({
      step: span.step,
      left: shrunk(span.from) / whole,
      width: (shrunk(span.to) - shrunk(span.from)) / whole,
      ms: Math.max(0, span.to - span.from),
      waited: waits.has(span.step.path),
    })),
  };
}

/** Spans in order, those that touch made one. */
function merge(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else out.push({ ...span });
  }
  return out;
}
