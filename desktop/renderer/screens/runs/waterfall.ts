import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { StepView } from '@rondo/shared/runs/fold.ts';
import { isWithin } from '@rondo/shared/runs/paths.ts';

/** A stretch of time in milliseconds since 1970. */
export interface Span {
  from: number;
  to: number;
}

/** The time of a run as a line from 0 to 1. */
export interface Axis {
  from: number;
  to: number;
  /** waiting time was made shorter than it was */
  folded: boolean;
  /** where a stretch of time stands on the line */
  place(span: Span): { left: number; width: number };
}

/** The times in which each step waited, by its path; a wait that is open ends `now`. */
export function waitsOf(events: readonly RunEvent[], now: number): Map<string, Span[]> {
  const waits = new Map<string, Span[]>();
  const open = new Map<string, { path: string; span: Span }>();
  const end = (id: string, at: string) => {
    const wait = open.get(id);
    if (wait) wait.span.to = Date.parse(at);
    open.delete(id);
  };
  for (const event of events) {
    if (event.kind === 'wait_started') {
      const span = { from: Date.parse(event.at), to: now };
      open.set(event.wait.id, { path: event.path, span });
      waits.set(event.path, [...(waits.get(event.path) ?? []), span]);
    } else if (event.kind === 'wait_answered') end(event.waitId, event.at);
    else if (event.kind === 'step_failed' && event.retryAt === undefined) {
      for (const [id, { path }] of open) if (isWithin(path, event.path)) end(id, event.at);
    } else if (event.kind === 'run_cancelled' || event.kind === 'run_failed')
      for (const id of open.keys()) end(id, event.at);
  }
  return waits;
}

/**
 * The axis along which the steps of a run are drawn. Stretches in which nothing but waiting happened are folded to at
 * most half of the time that was worked, so that a night in an inbox does not hide the seconds around it.
 */
export function axisOf(steps: readonly StepView[], waits: Map<string, Span[]>, now: number): Axis {
  if (steps.length === 0) return { from: now, to: now, folded: false, place: () => ({ left: 0, width: 0 }) };
  let from = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const step of steps) {
    const span = spanOf(step, now);
    from = Math.min(from, span.from);
    last = Math.max(last, span.to);
  }
  const to = Math.max(from + 1, last);
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
    place: (span) => ({ left: shrunk(span.from) / whole, width: (shrunk(span.to) - shrunk(span.from)) / whole }),
  };
}

/** From when to when a step, or an item, was under way; what has not ended ends `now`. */
export function spanOf(of: { startedAt: string | null; finishedAt: string | null }, now: number): Span {
  const from = of.startedAt ? Date.parse(of.startedAt) : now;
  return { from, to: Math.max(from, of.finishedAt ? Date.parse(of.finishedAt) : now) };
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
