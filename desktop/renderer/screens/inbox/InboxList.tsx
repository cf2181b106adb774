import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconInbox, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { ApiError } from '../../api/errors.ts';
import { useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { Avatar } from '../../parts/Avatar.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { KeyCap } from '../../parts/KeyCap.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { When } from '../../parts/When.tsx';
import { decisionWords } from './decision.ts';
import type { ReviewGroup } from './groups.ts';

export interface InboxFilter {
  state: 'open' | 'decided' | 'all';
  flowId: string | null;
  search: string;
}

interface Props {
  groups: ReviewGroup[];
  /** how many are open in all */
  open: number | undefined;
  filter: InboxFilter;
  onFilter: (filter: InboxFilter) => void;
  selected: string | undefined;
  loading: boolean;
  error: ApiError | null;
  onAgain: () => void;
}

/** The list of the inbox with its filters. */
export function InboxList({ groups, open, filter, onFilter, selected, loading, error, onAgain }: Props) {
  const t = useT();
  const flows = useRead('flow', 'list', {});
  const items = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen item is looked for when another is chosen
  useEffect(() => {
    items.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const filtered = filter.flowId !== null || filter.search !== '' || filter.state !== 'open';
  return (
    <div className="inbox-list">
      <div className="inbox-list-head">
        <h1 className="title-1">{t('shell.place.inbox')}</h1>
        <SegmentedControl
          aria-label={t('inbox.show')}
          value={filter.state}
          onChange={(state) => onFilter({ ...filter, state: state as InboxFilter['state'] })}
          data={[
            {
              value: 'open',
              label: open === undefined ? t('inbox.state.open') : t('inbox.state.openCount', { count: open }),
            },
            { value: 'decided', label: t('inbox.state.decided') },
            { value: 'all', label: t('inbox.state.all') },
          ]}
        />
        <div className="row" style={{ flexWrap: 'nowrap' }}>
          <TextInput
            className="grow"
            aria-label={t('inbox.search')}
            placeholder={t('inbox.search')}
            leftSection={<IconSearch size={15} />}
            value={filter.search}
            onChange={(event) => onFilter({ ...filter, search: event.currentTarget.value })}
          />
          <Select
            aria-label={t('inbox.flow')}
            placeholder={t('inbox.allFlows')}
            clearable
            w={150}
            data={(flows.data?.flows ?? []).map((flow) => ({ value: flow.id, label: flow.name }))}
            value={filter.flowId}
            onChange={(flowId) => onFilter({ ...filter, flowId })}
          />
        </div>
      </div>
      <div className="inbox-items" ref={items}>
        {loading ? (
          <RowsSkeleton rows={6} height={52} />
        ) : error ? (
          <ErrorState error={error} onAgain={onAgain} />
        ) : groups.length === 0 ? (
          <EmptyState
            icon={IconInbox}
            title={filtered ? t('inbox.noMatch') : t('inbox.empty')}
            words={filtered ? undefined : t('inbox.empty.words')}
            action={
              filtered
                ? { label: t('inbox.showOpen'), run: () => onFilter({ state: 'open', flowId: null, search: '' }) }
                : undefined
            }
          />
        ) : (
          groups.map((group) => (
            <section key={group.name} aria-label={t(`inbox.group.${group.name}`)}>
              <h2 className="inbox-group">{t(`inbox.group.${group.name}`)}</h2>
              <ul>
                {group.reviews.map((review) => (
                  <li key={review.id}>
                    <Link
                      href={`/inbox/${review.id}`}
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
                            {review.state === 'open' ? (
                              <When at={review.createdAt} />
                            ) : review.state === 'withdrawn' ? (
                              t('inbox.withdrawn.short')
                            ) : (
                              decisionWords(review.decision ?? '')
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
