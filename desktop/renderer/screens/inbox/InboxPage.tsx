import './inbox.css';
import { useMediaQuery } from '@mantine/hooks';
import { IconInbox } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useMe } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { useFilters } from '../../parts/useFilters.ts';
import { useNow } from '../../parts/useNow.ts';
import { groupByDay } from './groups.ts';
import { InboxList } from './InboxList.tsx';
import { inboxFilterNames, inboxFilterOf } from './inboxFilters.ts';
import { ReviewDetail } from './ReviewDetail.tsx';
import { useInboxKeys } from './useInboxKeys.ts';
import { useReviews } from './useReviews.ts';

/** What waits for a person: the list at the left, the chosen item with its form at the right. */
export function InboxPage({ reviewId }: { reviewId?: string | undefined }) {
  const t = useT();
  const now = useNow();
  const [, navigate] = useLocation();
  const phone = useMediaQuery('(max-width: 720px)') ?? false;
  const { me } = useMe();
  const filters = useFilters(inboxFilterNames);
  const filter = inboxFilterOf(filters.params, me?.user.id, now);
  const list = useReviews(filter);
  const reviews = list.reviews;
  const groups = useMemo(() => groupByDay(reviews, now), [reviews, now]);
  const ordered = useMemo(() => groups.flatMap((group) => group.reviews), [groups]);
  // on a wide screen something is open always; on a phone the list comes first
  const selected = reviewId ?? (phone ? undefined : ordered[0]?.id);
  // the filters go along from one item to the next
  const asked = filters.params.size > 0 ? `?${filters.params}` : '';
  const index = ordered.findIndex((review) => review.id === selected);
  const go = (by: 1 | -1) => {
    const next = index < 0 ? ordered[0] : ordered[index + by];
    if (!next && by === 1) list.more?.();
    if (next) navigate(`/inbox/${next.id}${asked}`);
  };
  useInboxKeys({ onNext: () => go(1), onPrevious: () => go(-1) });
  const after = ordered.find((review) => review.id !== selected && review.state === 'open');

  return (
    <div className="inbox" data-open={reviewId !== undefined}>
      <InboxList
        groups={groups}
        open={filter.whose === 'me' ? list.open : undefined}
        filters={filters}
        address={asked}
        selected={selected}
        loading={list.loading}
        error={list.error}
        onAgain={list.again}
        onMore={list.more}
      />
      <section className="inbox-detail" aria-label={t('inbox.item')}>
        {selected ? (
          <ReviewDetail
            key={selected}
            reviewId={selected}
            next={after}
            place={index < 0 ? null : { index, total: list.total }}
            onMove={go}
            address={asked}
          />
        ) : (
          !list.loading && (
            <EmptyState icon={IconInbox} title={t('inbox.nothingOpen')} words={t('inbox.nothingOpen.words')} />
          )
        )}
      </section>
    </div>
  );
}
