import { useMediaQuery } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import type { Outputs } from '../../api/queries.ts';
import { StepIcon } from '../../canvas/StepIcon.tsx';
import { kindOf } from '../../canvas/stepKinds.ts';
import { useT } from '../../messages/useT.ts';
import { clockWords, spanText } from '../../parts/times.ts';

type Review = Outputs['review']['get'];
type TrailStep = Review['trail'][number];

const mostShown = 4;

/** What led to a review: who started the run, the steps that it has done, and whose turn it is now. */
export function Trail({ review }: { review: Review }) {
  const t = useT();
  const phone = useMediaQuery('(max-width: 720px)') ?? false;
  // a run goes on after its review: what came later did not lead here
  const asked = Date.parse(review.createdAt);
  const before = review.trail.filter((step) => Date.parse(step.at) <= asked);
  const steps = before.filter((step) => step.nodeType !== 'StartNode');
  const start = before.find((step) => step.nodeType === 'StartNode');
  const shown = steps.slice(-mostShown);
  const left = steps.length - shown.length;
  return (
    <details className="trail-fold" open={!phone}>
      <summary>
        <StepIcon kind="start" size={24} />
        <strong>{t('inbox.ledHere')}</strong>
        <span className="dim">{t('inbox.steps', { count: steps.length })}</span>
        <span className="grow" />
        <IconChevronDown size={16} aria-hidden="true" />
      </summary>
      <ol className="trail" aria-label={t('inbox.ledHere')}>
        <li>
          <StepIcon kind="start" size={24} />
          <span>
            <span className="trail-name">{t('inbox.startedBy', { name: review.startedByName })}</span>
            <br />
            <span className="trail-more">{clockWords(start?.at ?? review.createdAt)}</span>
          </span>
        </li>
        {left > 0 && (
          <li>
            <span className="trail-more">{t('inbox.stepsBefore', { count: left })}</span>
          </li>
        )}
        {shown.map((step) => (
          <li key={`${step.path} ${step.at}`}>
            <StepIcon kind={kindOf(step.nodeType, undefined)} size={24} />
            <span>
              <span className="trail-name">{step.name}</span>
              <br />
              <span className="trail-more">{secondLine(step, t)}</span>
            </span>
          </li>
        ))}
        {review.state === 'open' && (
          <li>
            <StepIcon kind={review.kind === 'message' ? 'question' : 'review'} size={24} />
            <span>
              <span className="trail-name">
                {review.kind === 'message' ? t('inbox.youAnswer') : t('inbox.youDecide')}
              </span>
              <br />
              <span className="trail-more">{t('inbox.now')}</span>
            </span>
          </li>
        )}
      </ol>
    </details>
  );
}

function secondLine(step: TrailStep, t: ReturnType<typeof useT>): string {
  return step.branch !== 'next' && step.branch !== '' ? step.branch : spanText(step.ms, t);
}
