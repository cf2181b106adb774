import { dateFormat } from '../../messages/formats.ts';
import { useT } from '../../messages/useT.ts';
import { weeksOf } from './calendar.ts';
import { type Counts, Fired, hasFires } from './Fired.tsx';

interface Props {
  first: string;
  last: string;
  hours: readonly (Counts & { at: string })[];
}

/** The hours of a week in which something fires: a column a day, a row an hour of the clock. */
export function WeekOfFires({ first, last, hours }: Props) {
  const t = useT();
  const days = weeksOf(first, last)
    .flat()
    .filter((day) => day !== undefined);
  const cells = new Map<string, (Counts & { at: string })[]>();
  const clocks = new Set<number>();
  for (const hour of hours.filter(hasFires)) {
    const at = new Date(hour.at);
    const place = `${dayHere(at)} ${at.getHours()}`;
    cells.set(place, [...(cells.get(place) ?? []), hour]);
    clocks.add(at.getHours());
  }
  if (clocks.size === 0) return <p className="panel-empty">{t('schedules.calendar.noneInWeek')}</p>;
  return (
    <table className="schedule-week">
      <thead>
        <tr>
          <th scope="col">{t('schedules.calendar.hour')}</th>
          {days.map((day) => (
            <th key={day} scope="col">
              {dateFormat({ weekday: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(day))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...clocks]
          .sort((a, b) => a - b)
          .map((clock) => (
            <tr key={clock}>
              <th scope="row">
                {dateFormat({ hour: '2-digit', minute: '2-digit' }).format(new Date(2026, 0, 1, clock))}
              </th>
              {days.map((day) => (
                <td key={day}>
                  {/* an hour that the clocks go through twice is there twice */}
                  {cells.get(`${day} ${clock}`)?.map((hour) => (
                    <Fired key={hour.at} counts={hour} />
                  ))}
                </td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}

/** The day that it is here at a moment, YYYY-MM-DD. */
function dayHere(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
