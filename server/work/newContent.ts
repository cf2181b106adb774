import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { NewRun } from '../journal/journal.ts';
import { contentOf, type LargeValues } from '../journal/largeValues.ts';

/**
 * A new run with its first events as they are put on record: large values are kept beside the journal, files that it is
 * started with become its own. All of that is durable when this resolves, or stands with the transaction it is in.
 */
export async function keepContent(
  large: LargeValues,
  run: NewRun,
  events: readonly RunEvent[],
): Promise<{ run: NewRun; events: readonly RunEvent[] }> {
  const started = events[0];
  if (started?.kind !== 'run_started') return { run, events };
  const { files } = contentOf(started.inputs);
  if (files.length > 0) {
    const user = {
      runId: run.id,
      actorId: run.actor.id,
      flowId: run.flowId,
      byForm: run.trigger === 'form',
      // Whoever calls from outside knows no runs.
      readsRuns: run.trigger !== 'form' && run.trigger !== 'webhook',
    };
    await large.takeFiles(user, files, run.parent?.runId);
  }
  const kept = await large.stored(run.id, events);
  const first = kept[0];
  const inputs = first?.kind === 'run_started' ? first.inputs : run.inputs;
  return { run: inputs === run.inputs ? run : { ...run, inputs }, events: kept };
}
