import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconInbox, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { ApiError } from '../../api/errors.ts';
import { useT } from '../../messages/useT.ts';
import { Avatar } from '../../parts/Avatar.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { KeyCap } from '../../parts/KeyCap.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { type Filters, useTypedFilter } from '../../parts/useFilters.ts';
import { When } from '../../parts/When.tsx';
import { Due } from './Due.tsx';
import { decisionWords } from './decision.ts';
import type { ReviewGroup } from './groups.ts';
import { InboxNarrow } from './InboxNarrow.tsx';
import { type InboxFilterName, showOf } from './inboxFilters.ts';

interface Props {
  groups: ReviewGroup[];
  /** how many are open in all */
  open: number | undefined;
  filters: Filters<InboxFilterName>;
  /** the filters as the address has them: `?show=all`, or nothing */
  address: string;
  selected: string | undefined;
  loading: boolean;
  error: ApiError | null;
  onAgain: () => void;
  /** absent at the end of the list */
  onMore: (() => void) | undefined;
}

/** The list of the inbox with its filters. */
export function InboxList(props: Props) {
  const { groups, open, filters, address, selected, loading, error, onAgain, onMore } = props;
  const t = useT();
  const items = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen item is looked for when another is chosen
  useEffect(() => {
    items.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const search = useTypedFilter(filters.value('search'), (text) => filters.set('search', text));
  return (
    <div className="inbox-list">
      <div className="inbox-list-head">
        <h1 className="title-1">{t('shell.place.inbox')}</h1>
        <SegmentedControl
          aria-label={t('inbox.show')}
          value={showOf(filters.params)}
          onChange={(show) => filters.set('show', show === 'open' ? null : show)}
          data={[
            {
              value: 'open',
              label: open === undefined ? t('inbox.state.open') : t('inbox.state.openCount', { count: open }),
            },
            { value: 'mine', label: t('inbox.state.mine') },
            { value: 'decided', label: t('inbox.state.decided') },
            { value: 'all', label: t('inbox.state.all') },
          ]}
        />
        <TextInput
          aria-label={t('inbox.search')}
          placeholder={t('inbox.search')}
          leftSection={<IconSearch size={15} />}
          value={search.typed}
          onChange={(event) => search.setTyped(event.currentTarget.value)}
        />
        <InboxNarrow filters={filters} />
      </div>
      <div className="inbox-items" ref={items}>
        {loading ? (
          <RowsSkeleton rows={6} height={52} />
        ) : error ? (
          <ErrorState error={error} onAgain={onAgain} />
        ) : groups.length === 0 ? (
          <EmptyState
            icon={IconInbox}
            title={filters.count > 0 ? t('inbox.noMatch') : t('inbox.empty')}
            words={filters.count > 0 ? undefined : t('inbox.empty.words')}
            action={filters.count > 0 ? { label: t('inbox.showOpen'), run: filters.clear } : undefined}
          />
        ) : (
          groups.map((group) => (
            <section key={group.name} aria-label={t(`inbox.group.${group.name}`)}>
              <h2 className="inbox-group">{t(`inbox.group.${group.name}`)}</h2>
              <ul>
                {group.reviews.map((review) => (
                  <li key={review.id}>
                    <Link
                      href={`/inbox/${review.id}${address}`}
                      className="inbox-item"
                      aria-current={review.id === selected ? 'true' : undefined}
                    >
                      <Avatar name={review.flowName} />
                      <span className="grow">
                        <span className="strong clip" style={{ display: 'block' }}>
                          {review.title}
                        </span>
                        <span className="inbox-item-second">
                          <span className="clip">{review.flowName}</span>
                          <span className="nowrap">
                            {review.state === 'open' && review.dueAt ? (
                              <Due at={review.dueAt} />
                            ) : review.state === 'open' ? (
                              <When at={review.createdAt} />
                            ) : review.state === 'withdrawn' ? (
                              t('inbox.withdrawn.short')
                            ) : (
                              t('inbox.decidedShort', {
                                decision: decisionWords(review.decision ?? '', t),
                                name: review.decidedByName ?? '',
                              })
                            )}
                          </span>
                        </span>
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          ))
        )}
        {onMore && !loading && (
          <div className="inbox-more">
            <Button variant="subtle" onClick={onMore}>
              {t('parts.more')}
            </Button>
          </div>
        )}
      </div>
      <div className="inbox-keys" aria-hidden="true">
        <KeyCap name="J" />
        <KeyCap name="K" />
        <span>{t('inbox.keys.move')}</span>
        <KeyCap name="Enter" />
        <span>{t('inbox.keys.open')}</span>
        <KeyCap name="?" />
        <span>{t('inbox.keys.all')}</span>
      </div>
    </div>
  );
}
