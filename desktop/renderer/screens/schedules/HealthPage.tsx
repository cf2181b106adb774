import { journalWords } from '../../messages/journalWords.ts';
import './schedules.css';
import { Button } from '@mantine/core';
import { IconCalendarClock } from '@tabler/icons-react';
import { Link } from 'wouter';
import { type Outputs, useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Page } from '../../parts/Page.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { When } from '../../parts/When.tsx';
import { FiresCalendar } from './FiresCalendar.tsx';

const askedEvery = 10_000;

/** How all schedules do, and a calendar of their fires. */
export function HealthPage() {
  const t = useT();
  const health = useRead('schedule', 'health', {}, { refetchInterval: askedEvery });
  return (
    <Page
      title={t('schedules.health.title')}
      subtitle={t('schedules.health.subtitle')}
      actions={
        <Button component={Link} href="/schedules" variant="default">
          {t('schedules.health.back')}
        </Button>
      }
    >
      <div className="panel">
        {health.error && !health.data ? (
          <ErrorState error={health.error} onAgain={() => void health.refetch()} />
        ) : !health.data ? (
          <RowsSkeleton />
        ) : health.data.schedules.length === 0 ? (
          <EmptyState icon={IconCalendarClock} title={t('schedules.empty.title')} />
        ) : (
          <HealthTable schedules={health.data.schedules} />
        )}
      </div>
      <FiresCalendar />
    </Page>
  );
}

function HealthTable({ schedules }: { schedules: Outputs['schedule']['health']['schedules'] }) {
  const t = useT();
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th>{t('schedules.col.flow')}</th>
            <th>{t('schedules.health.state')}</th>
            <th>{t('schedules.col.next')}</th>
            <th>{t('schedules.col.last')}</th>
            <th className="end">{t('schedules.health.fires')}</th>
            <th className="end">{t('schedules.health.skipped')}</th>
            <th className="end">{t('schedules.health.lag')}</th>
          </tr>
        </thead>
        <tbody>
          {schedules.map((one) => (
            <tr key={one.id}>
              <td>
                <Link href={`/flows/${one.flowId}`}>{one.flowName}</Link>
                {one.name !== one.flowName && <div className="dim small">{one.name}</div>}
              </td>
              <td>
                <span className={`schedule-state ${one.state}`}>{t(`schedules.health.${one.state}`)}</span>
              </td>
              <td className="nowrap">{one.nextFireAt && <When coming at={one.nextFireAt} />}</td>
              <td className="nowrap">
                {one.lastFire && <When at={one.lastFire.dueAt} />}
                {one.lastFire?.reason && <div className="dim small">{journalWords(one.lastFire.reason, t)}</div>}
              </td>
              <td className="end">{one.fires}</td>
              <td className="end">{one.skipped}</td>
              <td className="end">
                {one.lagSeconds === null
                  ? ''
                  : t('schedules.health.seconds', { n: Math.round(one.lagSeconds * 10) / 10 })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
