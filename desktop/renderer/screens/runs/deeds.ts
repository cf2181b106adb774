import type { Actor, RunEvent } from '@rondo/shared/runs/events.ts';
import type { Words } from '../../messages/useT.ts';

export interface Deed {
  at: string;
  actor: Actor;
  words: string;
}

/** Who did what to the run, as its journal says. */
export function deedsOf(events: readonly RunEvent[], t: Words): Deed[] {
  const names = new Map<string, string>();
  const deeds: Deed[] = [];
  for (const event of events) {
    if (event.kind === 'step_started') names.set(event.path, event.name);
    else if (event.kind === 'run_started')
      deeds.push({ at: event.at, actor: event.actor, words: t('runs.did.started') });
    else if (event.kind === 'run_cancelled') {
      deeds.push({ at: event.at, actor: event.actor, words: t('runs.did.cancelled') });
    } else if (event.kind === 'run_paused') {
      deeds.push({ at: event.at, actor: event.actor, words: t('runs.did.paused') });
    } else if (event.kind === 'run_unpaused') {
      deeds.push({ at: event.at, actor: event.actor, words: t('runs.did.unpaused') });
    } else if (event.kind === 'wait_answered' && event.answer.kind !== 'timer') {
      const step = names.get(event.path) ?? event.path;
      const words =
        event.answer.kind === 'review'
          ? t('runs.did.decided', { step, decision: event.answer.decision })
          : t('runs.did.answered', { step });
      deeds.push({ at: event.at, actor: event.actor, words });
    }
  }
  return deeds;
}
