import { Anchor } from '@mantine/core';
import type { Actor, RunEvent } from '@rondo/shared/runs/events.ts';
import { Link } from 'wouter';
import { useMe } from '../../api/queries.ts';
import { useT, type Words } from '../../messages/useT.ts';
import { Avatar } from '../../parts/Avatar.tsx';
import { When } from '../../parts/When.tsx';

interface Deed {
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

/** The record of a run: who started, answered and cancelled it; cancelling and deciding stand in the audit too. */
export function RunRecord({ runId, events }: { runId: string; events: readonly RunEvent[] }) {
  const t = useT();
  const { may } = useMe();
  return (
    <>
      {deedsOf(events, t).map((deed) => (
        <div key={`${deed.at} ${deed.words}`} className="message-row record-row">
          <span className="dim small">
            <When at={deed.at} />
          </span>
          <span className="record-who">
            <Avatar name={deed.actor.name} kind={deed.actor.kind} small />
            <strong>{deed.actor.name}</strong>
            <span>{deed.words}</span>
          </span>
        </div>
      ))}
      <p className="dim small">{t('runs.recordWords')}</p>
      {may('audit.read') && (
        <Anchor component={Link} href={`/admin/audit?search=${runId}`} size="sm">
          {t('runs.auditOpen')}
        </Anchor>
      )}
    </>
  );
}
