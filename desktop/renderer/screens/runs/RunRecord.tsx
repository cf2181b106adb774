import { Anchor } from '@mantine/core';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { Link } from 'wouter';
import { useMe } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { Avatar } from '../../parts/Avatar.tsx';
import { When } from '../../parts/When.tsx';
import { deedsOf } from './deeds.ts';

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
