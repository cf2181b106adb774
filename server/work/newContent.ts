import type { RunEvent, RunStarted } from '@rondo/shared/runs/events.ts';
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
  const files = [...new Set(valuesAtStart(started).flatMap((values) => contentOf(values).files))];
  if (files.length > 0) {
    const user = {
      runId: run.id,
      actorId: run.actor.id,
      flowId: run.flowId,
      byForm: run.trigger === 'form',
      scheduleId: run.trigger === 'schedule' ? (run.originId ?? null) : null,
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

/** All values that a run is started with: its inputs, and what a part of a draft takes as given. */
function valuesAtStart({ inputs, partial }: RunStarted): RunStarted['inputs'][] {
  const given = [...Object.values(partial?.before ?? {}), ...Object.values(partial?.given ?? {})];
  return [inputs, partial?.inputs ?? {}, ...given.map((step) => step.outputs)];
}
