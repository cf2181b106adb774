import { Button } from '@mantine/core';
import type { RunView } from '@rondo/shared/runs/fold.ts';
import { Link } from 'wouter';
import type { Outputs } from '../../api/queries.ts';
import { partWords } from '../../flow/testing/partWords.ts';
import { errorWords } from '../../messages/journalWords.ts';
import { useT } from '../../messages/useT.ts';
import { Notice } from '../../parts/Notice.tsx';
import { queuedWords } from './queuedWords.ts';

interface Props {
  run: Outputs['run']['get'];
  view: RunView;
  over: boolean;
}

/** What the whole run has to say: paused, kept back and why, waiting for a person, failed, values gone. */
export function RunNotices({ run, view, over }: Props) {
  const t = useT();
  const review = run.reviews.find((one) => one.state === 'open');
  return (
    <>
      {view.partial && <Notice tone="off">{partWords(view, t)}</Notice>}
      {!over && run.queued && <Notice tone="wait">{queuedWords(run.queued, t)}</Notice>}
      {!over && run.paused && run.queued?.why !== 'run_paused' && (
        <Notice tone="wait">{t('runs.paused', { who: run.pausedByName ?? t('runs.queued.somebody') })}</Notice>
      )}
      {review && !over && (
        <Notice
          tone="wait"
          aside={
            <Button component={Link} href={`/inbox/${review.id}`} variant="default" size="xs">
              {t('runs.decide')}
            </Button>
          }
        >
          {t('runs.waiting', { title: review.title })}
        </Notice>
      )}
      {view.error && <Notice tone="bad">{t('runs.failed', { message: errorWords(view.error, t) })}</Notice>}
      {run.valuesRemovedAt && <Notice tone="off">{t('runs.valuesRemoved')}</Notice>}
    </>
  );
}
