import type { RunEvent, Wait } from '@rondo/shared/runs/events.ts';
import { isWithin } from '@rondo/shared/runs/paths.ts';
import type { RunState } from '@rondo/shared/runs/states.ts';

/** An open wait as the run's row keeps it for lists; the journal has the whole. */
export interface KeptWait {
  id: string;
  for: Wait['for'];
  path: string;
  title?: string;
}

/** What the events of an append change in the run's row. */
export interface RowChange {
  state: Extract<RunState, 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'>;
  /** JSON texts */
  outputs: string | null;
  error: string | null;
  finishedAt: string | null;
  /** steps that these events finished */
  steps: number;
}

/** Reads the change of a run's row off its new events. */
export function rowChange(events: readonly RunEvent[]): RowChange {
  const change: RowChange = { state: 'running', outputs: null, error: null, finishedAt: null, steps: 0 };
  for (const event of events) {
    if (event.kind === 'step_succeeded') change.steps += 1;
    else if (event.kind === 'run_succeeded') {
      change.state = 'succeeded';
      change.outputs = JSON.stringify(event.outputs);
      change.finishedAt = event.at;
    } else if (event.kind === 'run_failed') {
      change.state = 'failed';
      change.error = JSON.stringify(event.error);
      change.finishedAt = event.at;
    } else if (event.kind === 'run_cancelled') {
      change.state = 'cancelled';
      change.finishedAt = event.at;
    }
  }
  return change;
}

/** The row's view of a wait. */
export function keptWait(wait: Wait): KeptWait {
  const kept: KeptWait = { id: wait.id, for: wait.for, path: wait.path };
  if (wait.for === 'review') kept.title = wait.title;
  return kept;
}

/** Steps that these events end as failed, by their paths: what was asked inside of them is not wanted any more. */
export function givenUp(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) => (event.kind === 'step_failed' && event.retryAt === undefined ? [event.path] : []));
}

/**
 * Waits that these events leave open, in the order in which they began. The failure of a step ends those inside of it,
 * also where the run goes on, because somebody around the step caught it.
 */
export function openWaits(events: readonly RunEvent[]): Wait[] {
  const open = new Map<string, Wait>();
  for (const event of events) {
    if (event.kind === 'wait_started') open.set(event.wait.id, event.wait);
    else if (event.kind === 'wait_answered') open.delete(event.waitId);
    else if (event.kind === 'step_failed' && event.retryAt === undefined && open.size > 0)
      for (const wait of [...open.values()]) if (isWithin(wait.path, event.path)) open.delete(wait.id);
  }
  return [...open.values()];
}
