import './schedules.css';
import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useRead } from '../../api/queries.ts';
import { dateFormat } from '../../messages/formats.ts';
import { useT } from '../../messages/useT.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { useFilters } from '../../parts/useFilters.ts';
import { isDay, monthOf, weekOf } from './calendar.ts';
import { DayDialog } from './DayDialog.tsx';
import { MonthOfFires } from './MonthOfFires.tsx';
import { ownZone } from './presets.ts';
import { WeekOfFires } from './WeekOfFires.tsx';

/**
 * A week or a month of fires: past ones by what came of them, time to come by how many are planned. Which one is shown
 * stands in the address.
 */
export function FiresCalendar() {
  const t = useT();
  const [open, setOpen] = useState<string | null>(null);
  const place = useFilters(['by', 'day'] as const);
  const asked = place.value('day');
  const day = isDay(asked) ? asked : new Date().toISOString().slice(0, 10);
  const byWeek = place.value('by') === 'week';
  const stretch = byWeek ? weekOf : monthOf;
  const shown = stretch(day, 0);
  const go = (after: number) => place.set('day', stretch(day, after).first);
  const calendar = useRead(
    'schedule',
    'calendar',
    { from: shown.first, to: shown.last, timeZone: ownZone() },
    { keep: true },
  );
  const title = byWeek
    ? dateFormat({ dateStyle: 'long', timeZone: 'UTC' }).formatRange(new Date(shown.first), new Date(shown.last))
    : dateFormat({ month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(shown.first));
  return (
    <section className="panel schedule-calendar" aria-label={t('schedules.calendar')}>
      <header>
        <ActionIcon
          variant="subtle"
          aria-label={t(byWeek ? 'schedules.calendar.weekBefore' : 'schedules.calendar.before')}
          onClick={() => go(-1)}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <h2 className="title-3" aria-live="polite">
          {title}
        </h2>
        <ActionIcon
          variant="subtle"
          aria-label={t(byWeek ? 'schedules.calendar.weekAfter' : 'schedules.calendar.after')}
          onClick={() => go(1)}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
        <span className="grow" />
        <Button variant="default" size="xs" onClick={() => place.set('day', null)}>
          {t('schedules.calendar.today')}
        </Button>
        <SegmentedControl
          size="xs"
          aria-label={t('schedules.calendar.by')}
          value={byWeek ? 'week' : 'month'}
          onChange={(by) => place.set('by', by === 'week' ? by : null)}
          data={[
            { value: 'week', label: t('schedules.calendar.week') },
            { value: 'month', label: t('schedules.calendar.month') },
          ]}
        />
      </header>
      {calendar.error && !calendar.data ? (
        <ErrorState error={calendar.error} onAgain={() => void calendar.refetch()} />
      ) : (
        // nothing in a week takes the focus: the keyboard scrolls it as a whole
        <div className="table-scroll" {...(byWeek && { tabIndex: 0, role: 'group', 'aria-label': title })}>
          {byWeek && (!calendar.data || calendar.isPlaceholderData) ? (
            // the hours of another week say nothing of this one
            <RowsSkeleton rows={8} height={36} />
          ) : byWeek ? (
            <WeekOfFires {...shown} hours={calendar.data?.hours ?? []} />
          ) : (
            <MonthOfFires
              {...shown}
              byDay={new Map(calendar.data?.days.map((one) => [one.day, one]))}
              onOpen={setOpen}
            />
          )}
        </div>
      )}
      {open && <DayDialog day={open} onClose={() => setOpen(null)} />}
    </section>
  );
}
