import type { RunEvent } from './events.ts';
import type { RunState } from './states.ts';
import { isTerminal } from './states.ts';

/**
 * The state of a run after its events. The first terminal event decides, whatever follows (G3).
 * An empty journal is a queued run.
 */
export function stateAfter(events: readonly RunEvent[]): RunState {
  return stateAfterMore('queued', new Set(), events);
}

/**
 * The same, from where one stands: `openWaits` are the ids of what it waits for, and are brought up to date.
 */
export function stateAfterMore(state: RunState, openWaits: Set<string>, events: readonly RunEvent[]): RunState {
  let current = state;
  for (const event of events) {
    if (isTerminal(current)) return current;
    switch (event.kind) {
      case 'wait_started':
        openWaits.add(event.wait.id);
        current = 'waiting';
        break;
      case 'wait_answered':
        openWaits.delete(event.waitId);
        if (openWaits.size === 0) current = 'running';
        break;
      case 'run_succeeded':
        current = 'succeeded';
        break;
      case 'run_failed':
        current = 'failed';
        break;
      case 'run_cancelled':
        current = 'cancelled';
        break;
      case 'run_started':
      case 'run_resumed':
      case 'step_started':
        current = 'running';
        break;
      case 'run_paused':
      case 'run_unpaused':
      case 'step_cut_off':
      case 'step_succeeded':
      case 'step_failed':
      case 'message':
        break;
    }
  }
  return current;
}
