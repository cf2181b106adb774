import type { Outputs } from '../../api/queries.ts';
import type { Words } from '../../messages/useT.ts';

type Queued = NonNullable<Outputs['run']['get']['queued']>;

/** Why a run does not go on, in a sentence or two. */
export function queuedWords({ why, ahead, limit, key, byName }: Queued, t: Words): string {
  const who = byName ?? t('runs.queued.somebody');
  const reason = t(`runs.queued.${why}`, { limit: limit ?? 0, key: key ?? '', who, ahead });
  const counts = why !== 'run_paused' && why !== 'turn' && ahead > 0;
  return counts ? `${reason} ${t('runs.queued.ahead', { ahead })}` : reason;
}
