import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { WorkLog } from '../work/workLog.ts';

/**
 * Writes to the log how runs end and where their steps fail: what of them is in the log names run and step. The words of
 * an error may hold values of the run; they stand in its journal.
 */
export function logRuns(log: WorkLog) {
  return ({ runId, flowId }: { runId: string; flowId: string | null }, events: readonly RunEvent[]): void => {
    for (const event of events) {
      switch (event.kind) {
        case 'step_failed': {
          const { path, attempt, retryAt } = event;
          const details = { runId, flowId, path, attempt, code: event.error.code, ...(retryAt && { retryAt }) };
          log.warn(details, retryAt ? 'A step failed, and is tried again.' : 'A step failed.');
          break;
        }
        case 'step_cut_off':
          log.warn(
            { runId, flowId, path: event.path, attempt: event.attempt },
            'A step was cut off, and is made again.',
          );
          break;
        case 'run_succeeded':
        case 'run_cancelled':
          log.info({ runId, flowId, state: event.kind.slice('run_'.length) }, 'A run has ended.');
          break;
        case 'run_failed': {
          const { code, step } = event.error;
          log.info({ runId, flowId, state: 'failed', code, ...(step !== null && { path: step }) }, 'A run has ended.');
          break;
        }
      }
    }
  };
}
