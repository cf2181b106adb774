import { UnstyledButton } from '@mantine/core';
import { dateFormat } from '../../messages/formats.ts';
import { useT } from '../../messages/useT.ts';
import { weeksOf } from './calendar.ts';
import { inWords } from './DayDialog.tsx';
import { type Counts, Fired, hasFires } from './Fired.tsx';

interface Props {
  first: string;
  last: string;
  byDay: ReadonlyMap<string, Counts>;
  onOpen: (day: string) => void;
}

/** of November 2026 */
const aSunday = 22;
const weekdays = [1, 2, 3, 4, 5, 6, 0] as const;

/** The weeks of a month, each day with its fires. */
export function MonthOfFires({ first, last, byDay, onOpen }: Props) {
  const day = dateFormat({ weekday: 'short', timeZone: 'UTC' });
  return (
    <table>
      <thead>
        <tr>
          {weekdays.map((number) => (
            <th key={number} scope="col">
              {day.format(new Date(Date.UTC(2026, 10, aSunday + number)))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(first, last).map((week) => (
          <tr key={week.find(Boolean) ?? ''}>
            {week.map((day, place) => (
              <td key={day ?? `empty ${place}`}>
                {day && <Day day={day} counts={byDay.get(day)} onOpen={() => onOpen(day)} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ day, counts, onOpen }: { day: string; counts: Counts | undefined; onOpen: () => void }) {
  const t = useT();
  const number = Number(day.slice(8));
  return (
    <>
      {!hasFires(counts) ? (
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
