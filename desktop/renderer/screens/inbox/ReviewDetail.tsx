import { ActionIcon, Button, Skeleton } from '@mantine/core';
import type { ReviewSummary } from '@rondo/server/operations/contract/run.ts';
import { IconChevronDown, IconChevronLeft, IconChevronUp } from '@tabler/icons-react';
import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { FormAction } from '../../a2ui/ReviewForm.tsx';
import type { ApiError } from '../../api/errors.ts';
import { type Outputs, useMe, useRead, useWrite } from '../../api/queries.ts';
import { LoadedPart, lazyPart } from '../../lazyPart.tsx';
import { withTexts } from '../../messages/language.ts';
import { useT } from '../../messages/useT.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { KeyCap } from '../../parts/KeyCap.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageSkeleton } from '../../parts/Skeletons.tsx';
import { When } from '../../parts/When.tsx';
import { Due } from './Due.tsx';
import { answeredValues, decisionWords } from './decision.ts';
import { Trail } from './Trail.tsx';

type Review = Outputs['review']['get'];

/** The renderer of forms is as large as the rest of the inbox: the list stands before it is there. */
const reviewForm = lazyPart(() => withTexts(['said'], import('../../a2ui/ReviewForm.tsx')).then((m) => m.ReviewForm));

interface Props {
  reviewId: string;
  /** another open review, to go on with */
  next: ReviewSummary | undefined;
  place: { index: number; total: number } | null;
  onMove: (by: 1 | -1) => void;
  /** the filters of the list, as its address has them: `?show=all`, or nothing */
  address: string;
}

/** One item of the inbox: what it is about, what led to it, its form, and what became of it. */
export function ReviewDetail({ reviewId, next, place, onMove, address }: Props) {
  const t = useT();
  const review = useRead('review', 'get', { reviewId });
  // the form comes while the review is asked for
  useEffect(() => void reviewForm.load().catch(() => undefined), []);
  return (
    <>
      <div className="inbox-phone-bar">
        <Link href={`/inbox${address}`} className="row" style={{ color: 'inherit', textDecoration: 'none' }}>
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
        <Loaded review={review.data} next={next} address={address} onReload={() => void review.refetch()} />
      ) : review.error ? (
        <ErrorState error={review.error} onAgain={() => void review.refetch()} />
      ) : (
        <PageSkeleton />
      )}
    </>
  );
}

interface LoadedProps {
  review: Review;
  next: ReviewSummary | undefined;
  address: string;
  onReload: () => void;
}

function Loaded({ review, next, address, onReload }: LoadedProps) {
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
  const allowed = may('review.decide') && review.forCaller !== 'no';
  const whom = [...review.forGroups, ...review.forPeople].join(', ');
  const values = useMemo(
    () => (open ? review.arguments : { ...review.arguments, ...answeredValues(review.answer) }),
    [open, review.arguments, review.answer],
  );

  const act = async (action: FormAction) => {
    if (!open || !allowed || sending !== null) return;
    setSending(action.decision);
    setFailure(null);
    // It leaves the list of what waits: by its own address it stays in sight with what was decided. Not after the
    // answer: whoever has gone elsewhere meanwhile must not be called back.
    navigate(`/inbox/${review.id}${address}`, { replace: true });
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
          {whom !== '' && ` · ${t('inbox.isFor', { names: whom })}`}
          {open && review.dueAt && (
            <>
              {' · '}
              <Due at={review.dueAt} />
            </>
          )}
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
          <Button variant="default" onClick={() => navigate(`/inbox/${next.id}${address}`)}>
            {t('inbox.goOn', { title: next.title })}
          </Button>
        </div>
      )}
      <Trail review={review} />
      {open && !allowed && (
        <Notice tone="off">
          {review.forCaller === 'no' ? t('inbox.forOthers', { names: whom }) : t('inbox.mayNotDecide')}
        </Notice>
      )}
      {open && allowed && review.forCaller === 'instead' && (
        <Notice tone="wait">{t('inbox.insteadOf', { names: whom })}</Notice>
      )}
      <Suspense fallback={<Skeleton height={240} radius="md" />}>
        <LoadedPart
          part={reviewForm}
          props={{
            surface: review.surface,
            arguments: values,
            readOnly: !open || !allowed,
            sending,
            onAction: (action: FormAction) => void act(action),
          }}
        />
      </Suspense>
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
      <strong>{decisionWords(review.decision ?? '', t)}</strong>
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
