import { ActionIcon, Button } from '@mantine/core';
import type { ReviewSummary } from '@rondo/server/operations/contract/run.ts';
import { IconChevronDown, IconChevronLeft, IconChevronUp } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { type FormAction, ReviewForm } from '../../a2ui/ReviewForm.tsx';
import type { ApiError } from '../../api/errors.ts';
import { type Outputs, useMe, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { KeyCap } from '../../parts/KeyCap.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageSkeleton } from '../../parts/Skeletons.tsx';
import { When } from '../../parts/When.tsx';
import { answeredValues, decisionWords } from './decision.ts';
import { Trail } from './Trail.tsx';

type Review = Outputs['review']['get'];

interface Props {
  reviewId: string;
  /** another open review, to go on with */
  next: ReviewSummary | undefined;
  place: { index: number; total: number } | null;
  onMove: (by: 1 | -1) => void;
}

/** One item of the inbox: what it is about, what led to it, its form, and what became of it. */
export function ReviewDetail({ reviewId, next, place, onMove }: Props) {
  const t = useT();
  const review = useRead('review', 'get', { reviewId });
  return (
    <>
      <div className="inbox-phone-bar">
        <Link href="/inbox" className="row" style={{ color: 'inherit', textDecoration: 'none' }}>
          <IconChevronLeft size={20} aria-hidden="true" />
          <span className="title-3">{t('shell.place.inbox')}</span>
        </Link>
        <span className="grow" />
        {place && <span className="small dim">{t('inbox.place', { index: place.index + 1, total: place.total })}</span>}
        <ActionIcon variant="subtle" onClick={() => onMove(-1)} aria-label={t('inbox.previous')}>
          <IconChevronUp size={18} />
        </ActionIcon>
        <ActionIcon variant="subtle" onClick={() => onMove(1)} aria-label={t('inbox.next')}>
          <IconChevronDown size={18} />
        </ActionIcon>
      </div>
      {review.data ? (
        <Loaded review={review.data} next={next} onReload={() => void review.refetch()} />
      ) : review.error ? (
        <ErrorState error={review.error} onAgain={() => void review.refetch()} />
      ) : (
        <PageSkeleton />
      )}
    </>
  );
}

function Loaded({ review, next, onReload }: { review: Review; next: ReviewSummary | undefined; onReload: () => void }) {
  const t = useT();
  const { may } = useMe();
  const [, navigate] = useLocation();
  const decide = useWrite('review', 'decide', ['review', 'home', 'run']);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [sending, setSending] = useState<string | null>(null);
  // the hashes of what the person sees: a newer form under the same eyes must not be decided unseen
  const seen = useRef({ formHash: review.formHash, valuesHash: review.valuesHash });
  const changed = seen.current.formHash !== review.formHash || seen.current.valuesHash !== review.valuesHash;
  const open = review.state === 'open';
  const allowed = may('review.decide');
  const values = useMemo(
    () => (open ? review.arguments : { ...review.arguments, ...answeredValues(review.answer) }),
    [open, review.arguments, review.answer],
  );

  const act = async (action: FormAction) => {
    if (!open || !allowed || sending !== null) return;
    setSending(action.decision);
    setFailure(null);
    try {
      await decide.mutateAsync({
        reviewId: review.id,
        ...seen.current,
        decision: action.decision,
        values: action.values,
      });
    } catch (error) {
      const refused = error as ApiError;
      setFailure(refused);
      if (refused.code === 'GONE' || refused.code === 'CONFLICT') onReload();
    } finally {
      setSending(null);
    }
  };

  return (
    <div className="inbox-detail-inner">
      <header>
        <h2 className="inbox-title">{review.title}</h2>
        <p className="inbox-about">
          {review.flowId ? <Link href={`/flows/${review.flowId}`}>{review.flowName}</Link> : review.flowName}
          {' · '}
          <Link href={`/runs/${review.runId}`}>{t('inbox.run', { number: review.runNumber })}</Link>
          {' · '}
          {t('inbox.askedBy', { name: review.startedByName })}
          {' · '}
          <When at={review.createdAt} />
        </p>
      </header>
      {failure && (
        <Notice
          tone={failure.code === 'GONE' ? 'wait' : 'bad'}
          aside={
            failure.code === 'CONFLICT' && changed ? (
              <Button
                variant="default"
                size="xs"
                onClick={() => {
                  seen.current = { formHash: review.formHash, valuesHash: review.valuesHash };
                  setFailure(null);
                }}
              >
                {t('inbox.showNew')}
              </Button>
            ) : undefined
          }
        >
          {failure.message}
          {open && failure.code !== 'GONE' && (
            <>
              <br />
              {t('inbox.kept')}
            </>
          )}
        </Notice>
      )}
      <Outcome review={review} />
      {!open && next && (
        <div>
          <Button variant="default" onClick={() => navigate(`/inbox/${next.id}`)}>
            {t('inbox.goOn', { title: next.title })}
          </Button>
        </div>
      )}
      <Trail review={review} />
      {open && !allowed && <Notice tone="off">{t('inbox.mayNotDecide')}</Notice>}
      <ReviewForm
        surface={review.surface}
        arguments={values}
        readOnly={!open || !allowed}
        sending={sending}
        onAction={(action) => void act(action)}
      />
      {open && allowed && (
        <p className="row small dim" style={{ margin: 0 }} aria-hidden="true">
          <KeyCap name="Ctrl" />
          <KeyCap name="Enter" />
          {t('inbox.keys.primary')}
        </p>
      )}
    </div>
  );
}

/** What became of a review that is not open any more. */
function Outcome({ review }: { review: Review }) {
  const t = useT();
  if (review.state === 'open') return null;
  if (review.state === 'withdrawn') return <Notice tone="off">{t('inbox.withdrawn')}</Notice>;
  return (
    <Notice tone="ok">
      <strong>{decisionWords(review.decision ?? '')}</strong>
      {', '}
      {t('inbox.decidedBy', { name: review.decidedByName ?? '' })}
      {review.decidedAt && (
        <>
          {', '}
          <When at={review.decidedAt} />
        </>
      )}
    </Notice>
  );
}
