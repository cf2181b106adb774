import type { Services } from './services.ts';

/**
 * Goes on with a run that a commit has put into the queue: whoever watches is told, and it is woken. When waking it
 * fails, a sweep takes the run: it is on record, and whoever asked for it must not hear otherwise.
 */
export async function goOnWith(
  { live, runs, log }: Pick<Services, 'live' | 'runs' | 'log'>,
  runId: string,
  flowId?: string,
): Promise<void> {
  live.tell({ kind: 'run', id: runId, flowId, state: 'queued' });
  try {
    await runs.wake(runId);
  } catch (error) {
    log.warn({ err: error, runId }, 'a queued run was not woken at once');
  }
}
