import type { Outputs } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';

export type Counts = Omit<Outputs['schedule']['calendar']['days'][number], 'day'>;

/** Does a stretch of time have a fire at all? */
export function hasFires(counts: Counts | undefined): counts is Counts {
  return counts !== undefined && counts.run + counts.caughtUp + counts.skipped + counts.planned > 0;
}

/** Fires by what came of them: a colour each, and its word. */
export function Fired({ counts }: { counts: Counts }) {
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
