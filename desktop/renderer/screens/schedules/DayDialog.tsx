import { Modal } from '@mantine/core';
import { useRead } from '../../api/queries.ts';
import { dateFormat } from '../../messages/formats.ts';
import { useT } from '../../messages/useT.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { Fired, hasFires } from './Fired.tsx';
import { ownZone } from './presets.ts';

/** The hours of a day that have fires. */
export function DayDialog({ day, onClose }: { day: string; onClose: () => void }) {
  const t = useT();
  const calendar = useRead('schedule', 'calendar', { from: day, to: day, timeZone: ownZone() });
  const hours = calendar.data?.hours.filter(hasFires);
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
                  <time dateTime={hour.at}>{clock().format(new Date(hour.at))}</time>
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

const clock = () => dateFormat({ hour: '2-digit', minute: '2-digit' });
const longDay = () => dateFormat({ dateStyle: 'full', timeZone: 'UTC' });

/** A day, written out. @param day YYYY-MM-DD */
export function inWords(day: string): string {
  return longDay().format(new Date(day));
}
