import type { Outputs } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';

type Runs = Outputs['home']['get']['recentRuns'][number];

const tones = {
  queued: 'off',
  running: 'run',
  waiting: 'wait',
  succeeded: 'ok',
  failed: 'bad',
  cancelled: 'off',
} as const;

/** How the last runs of a flow went, one bar each, the newest at the right, and how many there were this week. */
export function LastRuns({ runs }: { runs: Runs | undefined }) {
  const t = useT();
  const states = runs?.states ?? [];
  const failed = states.filter((state) => state === 'failed').length;
  return (
    <div className="last-runs">
      <span className="last-runs-bars" role="img" aria-label={t('home.lastRuns', { count: states.length, failed })}>
        {states.map((state, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars are alike and drawn anew together
          <span key={index} className={`dot tone-${tones[state]}`} />
        ))}
      </span>
      {runs !== undefined && runs.week > 0 && (
        <span className="small dim nowrap">{t('home.runsThisWeek', { count: runs.week })}</span>
      )}
    </div>
  );
}
