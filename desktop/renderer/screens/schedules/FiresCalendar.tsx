import './schedules.css';
import { ActionIcon, Modal, UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { type Outputs, useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { monthOf, weeksOf } from './calendar.ts';
import { ownZone } from './presets.ts';

/** A month of fires: past ones by what came of them, days to come by how many are planned. */
export function FiresCalendar() {
  const t = useT();
  const [shown, setShown] = useState<string | null>(null);
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
                  <td key={day ?? `empty ${place}`}>
                    {day && <Day day={day} counts={byDay.get(day)} onOpen={() => setShown(day)} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown && <DayDialog day={shown} onClose={() => setShown(null)} />}
    </section>
  );
}

type Counts = Omit<Outputs['schedule']['calendar']['days'][number], 'day'>;

function Day({ day, counts, onOpen }: { day: string; counts: Counts | undefined; onOpen: () => void }) {
  const t = useT();
  const none = !counts || counts.run + counts.caughtUp + counts.skipped + counts.planned === 0;
  const number = Number(day.slice(8));
  return (
    <>
      {none ? (
        <span className="schedule-day">{number}</span>
      ) : (
        <UnstyledButton
          className="schedule-day"
          aria-label={t('schedules.calendar.open', { day: inWords(day) })}
          onClick={onOpen}
        >
          {number}
        </UnstyledButton>
      )}
      {counts && <Fired counts={counts} />}
    </>
  );
}

/** Fires by what came of them: a colour each, and its word. */
function Fired({ counts }: { counts: Counts }) {
  const t = useT();
  return (
    <ul>
      {counts.run > 0 && <li className="run">{t('schedules.calendar.run', { n: counts.run })}</li>}
      {counts.caughtUp > 0 && <li className="caught">{t('schedules.calendar.caughtUp', { n: counts.caughtUp })}</li>}
      {counts.skipped > 0 && <li className="skipped">{t('schedules.calendar.skipped', { n: counts.skipped })}</li>}
      {counts.planned > 0 && <li className="planned">{t('schedules.calendar.planned', { n: counts.planned })}</li>}
    </ul>
  );
}

/** The hours of a day that have fires. */
function DayDialog({ day, onClose }: { day: string; onClose: () => void }) {
  const t = useT();
  const calendar = useRead('schedule', 'calendar', { from: day, to: day, timeZone: ownZone() });
  const hours = calendar.data?.hours.filter((hour) => hour.run + hour.caughtUp + hour.skipped + hour.planned > 0);
  return (
    <Modal opened onClose={onClose} title={inWords(day)}>
      {calendar.error && !hours ? (
        <ErrorState error={calendar.error} onAgain={() => void calendar.refetch()} />
      ) : !hours ? (
        <RowsSkeleton rows={3} />
      ) : (
        <table className="table schedule-hours">
          <thead>
            <tr>
              <th>{t('schedules.calendar.hour')}</th>
              <th>{t('schedules.calendar.fires')}</th>
            </tr>
          </thead>
          <tbody>
            {hours.map((hour) => (
              <tr key={hour.at}>
                <td className="nowrap">
                  <time dateTime={hour.at}>{clock.format(new Date(hour.at))}</time>
                </td>
                <td>
                  <Fired counts={hour} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Modal>
  );
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const longDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeZone: 'UTC' });

/** @param day YYYY-MM-DD */
function inWords(day: string): string {
  return longDay.format(new Date(day));
}
