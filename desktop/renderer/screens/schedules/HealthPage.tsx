import './schedules.css';
import { ActionIcon, Button } from '@mantine/core';
import { IconCalendarClock, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Outputs, useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Page } from '../../parts/Page.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { When } from '../../parts/When.tsx';
import { monthOf, weeksOf } from './calendar.ts';
import { ownZone } from './presets.ts';

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
      <Calendar />
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
              <td className="nowrap">{one.nextFireAt && <When at={one.nextFireAt} />}</td>
              <td className="nowrap">
                {one.lastFire && <When at={one.lastFire.dueAt} />}
                {one.lastFire?.reason && <div className="dim small">{one.lastFire.reason}</div>}
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

/** A month of fires: past ones by what came of them, days to come by how many are planned. */
function Calendar() {
  const t = useT();
  const [month, setMonth] = useState(() => monthOf(new Date().toISOString().slice(0, 10), 0));
  const calendar = useRead(
    'schedule',
    'calendar',
    { from: month.first, to: month.last, timeZone: ownZone() },
    { keep: true },
  );
  const byDay = new Map(calendar.data?.days.map((one) => [one.day, one]));
  return (
    <section className="panel schedule-calendar" aria-label={t('schedules.calendar')}>
      <header>
        <ActionIcon
          variant="subtle"
          aria-label={t('schedules.calendar.before')}
          onClick={() => setMonth(monthOf(month.first, -1))}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <h2 className="title-3" aria-live="polite">
          {new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
            new Date(month.first),
          )}
        </h2>
        <ActionIcon
          variant="subtle"
          aria-label={t('schedules.calendar.after')}
          onClick={() => setMonth(monthOf(month.first, 1))}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
      </header>
      <div className="table-scroll">
        <table>
          <thead>
            <tr>
              {(['1', '2', '3', '4', '5', '6', '0'] as const).map((day) => (
                <th key={day}>{t(`schedules.weekday.${day}`).slice(0, 3)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(month.first, month.last).map((week) => (
              <tr key={week.find(Boolean) ?? ''}>
                {week.map((day, place) => (
                  <td key={day ?? `empty ${place}`}>{day && <Day day={day} counts={byDay.get(day)} />}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Day({ day, counts }: { day: string; counts: Outputs['schedule']['calendar']['days'][number] | undefined }) {
  const t = useT();
  return (
    <>
      <span className="schedule-day">{Number(day.slice(8))}</span>
      {counts && (
        <ul>
          {counts.run > 0 && <li className="run">{t('schedules.calendar.run', { n: counts.run })}</li>}
          {counts.caughtUp > 0 && (
            <li className="caught">{t('schedules.calendar.caughtUp', { n: counts.caughtUp })}</li>
          )}
          {counts.skipped > 0 && <li className="skipped">{t('schedules.calendar.skipped', { n: counts.skipped })}</li>}
          {counts.planned > 0 && <li className="planned">{t('schedules.calendar.planned', { n: counts.planned })}</li>}
        </ul>
      )}
    </>
  );
}
