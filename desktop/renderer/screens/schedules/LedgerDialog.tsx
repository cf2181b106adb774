import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Outputs, useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { When } from '../../parts/When.tsx';

type Schedule = Outputs['schedule']['list']['schedules'][number];

/** Every fire of a schedule: when it was due, what came of it. */
export function LedgerDialog({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const t = useT();
  const [cursors, setCursors] = useState<(string | undefined)[]>([undefined]);
  return (
    <Modal opened onClose={onClose} size={640} title={t('schedules.ledger', { flow: schedule.flowName })}>
      <table className="table">
        <thead>
          <tr>
            <th>{t('schedules.due')}</th>
            <th>{t('schedules.happened')}</th>
          </tr>
        </thead>
        {cursors.map((cursor, index) => (
          <Fires
            key={cursor ?? ''}
            scheduleId={schedule.id}
            cursor={cursor}
            last={index === cursors.length - 1}
            onMore={(next) => setCursors((old) => [...old, next])}
          />
        ))}
      </table>
    </Modal>
  );
}

interface FiresProps {
  scheduleId: string;
  cursor: string | undefined;
  last: boolean;
  onMore: (cursor: string) => void;
}

function Fires({ scheduleId, cursor, last, onMore }: FiresProps) {
  const t = useT();
  const page = useRead('schedule', 'fires', { scheduleId, ...(cursor !== undefined && { cursor }) });
  const next = page.data?.nextCursor;
  return (
    <tbody>
      {page.data?.fires.map((fire) => (
        <tr key={`${fire.dueAt} ${fire.doneAt}`}>
          <td className="nowrap">
            <When at={fire.dueAt} />
          </td>
          <td>
            {t(`schedules.outcome.${fire.outcome}`)} {fire.reason && <span className="dim">{fire.reason}</span>}{' '}
            {fire.runId && <Link href={`/runs/${fire.runId}`}>{t('schedules.openRun')}</Link>}
          </td>
        </tr>
      ))}
      {!page.data && (
        <tr>
          <td colSpan={2}>
            {page.error ? (
              <ErrorState error={page.error} onAgain={() => void page.refetch()} />
            ) : (
              <RowsSkeleton rows={3} />
            )}
          </td>
        </tr>
      )}
      {page.data?.fires.length === 0 && cursor === undefined && (
        <tr>
          <td colSpan={2} className="dim">
            {t('schedules.ledgerEmpty')}
          </td>
        </tr>
      )}
      {last && next && (
        <tr>
          <td colSpan={2}>
            <Button variant="subtle" onClick={() => onMore(next)}>
              {t('parts.more')}
            </Button>
          </td>
        </tr>
      )}
    </tbody>
  );
}
