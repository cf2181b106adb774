import './inbox.css';
import { useMediaQuery } from '@mantine/hooks';
import type { ReviewSummary } from '@rondo/server/operations/contract/run.ts';
import { IconInbox } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { useNow } from '../../parts/useNow.ts';
import { groupByDay } from './groups.ts';
import { type InboxFilter, InboxList } from './InboxList.tsx';
import { ReviewDetail } from './ReviewDetail.tsx';
import { useInboxKeys } from './useInboxKeys.ts';

const none: ReviewSummary[] = [];

/** What waits for a person: the list at the left, the chosen item with its form at the right. */
export function InboxPage({ reviewId }: { reviewId?: string | undefined }) {
  const t = useT();
  const now = useNow();
  const [, navigate] = useLocation();
  const phone = useMediaQuery('(max-width: 720px)') ?? false;
  const [filter, setFilter] = useState<InboxFilter>({ state: 'open', flowId: null, search: '' });
  const list = useRead(
    'review',
    'list',
    {
      state: filter.state,
      ...(filter.flowId && { flowId: filter.flowId }),
      ...(filter.search.trim() && { search: filter.search.trim() }),
    },
    { keep: true },
  );
  const reviews = list.data?.reviews ?? none;
  const groups = useMemo(() => groupByDay(reviews, now), [reviews, now]);
  const ordered = useMemo(() => groups.flatMap((group) => group.reviews), [groups]);
  // on a wide screen something is open always; on a phone the list comes first
  const selected = reviewId ?? (phone ? undefined : ordered[0]?.id);
  const index = ordered.findIndex((review) => review.id === selected);
  const go = (by: 1 | -1) => {
    const next = index < 0 ? ordered[0] : ordered[index + by];
    if (next) navigate(`/inbox/${next.id}`);
  };
  useInboxKeys({ onNext: () => go(1), onPrevious: () => go(-1) });
  const after = ordered.find((review) => review.id !== selected && review.state === 'open');

  return (
    <div className="inbox" data-open={reviewId !== undefined}>
      <InboxList
        groups={groups}
        open={list.data?.open}
        filter={filter}
        onFilter={setFilter}
        selected={selected}
        loading={list.isPending}
        error={list.data ? null : list.error}
        onAgain={() => void list.refetch()}
      />
      <section className="inbox-detail" aria-label={t('inbox.item')}>
        {selected ? (
          <ReviewDetail
            key={selected}
            reviewId={selected}
            next={after}
            place={index < 0 ? null : { index, total: ordered.length }}
            onMove={go}
          />
        ) : (
          !list.isPending && (
            <EmptyState icon={IconInbox} title={t('inbox.nothingOpen')} words={t('inbox.nothingOpen.words')} />
          )
        )}
      </section>
    </div>
  );
}
