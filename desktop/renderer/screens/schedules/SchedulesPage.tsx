import './schedules.css';
import { Button, Select, TextInput } from '@mantine/core';
import { IconCalendarClock, IconFilterOff, IconHeartbeat, IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useMe, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { FlowSelect } from '../../parts/FlowSelect.tsx';
import { NoMatch } from '../../parts/NoMatch.tsx';
import { Page } from '../../parts/Page.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { tell } from '../../parts/tell.ts';
import { useFilters, useTypedFilter } from '../../parts/useFilters.ts';
import { LedgerDialog } from './LedgerDialog.tsx';
import { ScheduleDialog } from './ScheduleDialog.tsx';
import { ScheduleTable } from './ScheduleTable.tsx';
import type { Asking } from './schedule.ts';
import { lastOutcomes, pieceSize, scheduleFilterOf } from './scheduleFilter.ts';

/** The names under which the filters of the schedules stand in the address. */
const filterNames = ['search', 'flow', 'on', 'last'] as const;

/** What runs by the clock: when it does next, what came of it last. */
export function SchedulesPage() {
  const t = useT();
  const [, navigate] = useLocation();
  const { may } = useMe();
  const filters = useFilters(filterNames);
  const search = useTypedFilter(filters.value('search'), (text) => filters.set('search', text));
  const filter = scheduleFilterOf(filters.params);
  const list = useRead('schedule', 'list', { ...filter, limit: pieceSize }, { refetchInterval: 60_000, keep: true });
  // Where a schedule is, a flow was published: only an empty page asks, and the list waits for no answer but its own.
  const none = list.data !== undefined && list.data.schedules.length === 0 && filters.count === 0;
  const published = useRead('flow', 'list', { published: 'yes', limit: 1 }, { enabled: none });
  const [asking, setAsking] = useState<Asking | null>(null);
  const remove = useWrite('schedule', 'remove', ['schedule', 'flow', 'home']);
  const editable = may('schedule.edit');
  const anyPublished = !none || (published.data?.flows ?? []).length > 0;
  const close = () => setAsking(null);
  return (
    <Page
      title={t('schedules.title')}
      subtitle={t('schedules.subtitle')}
      actions={
        <>
          <Button component={Link} href="/schedules/health" variant="default" leftSection={<IconHeartbeat size={16} />}>
            {t('schedules.health')}
          </Button>
          {editable && list.data !== undefined && anyPublished ? (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setAsking({ what: 'new' })}>
              {t('schedules.new')}
            </Button>
          ) : null}
        </>
      }
    >
      <search className="filters">
        <TextInput
          w={240}
          aria-label={t('schedules.search')}
          placeholder={t('schedules.search')}
          leftSection={<IconSearch size={15} />}
          value={search.typed}
          onChange={(event) => search.setTyped(event.currentTarget.value)}
        />
        <FlowSelect
          label={t('runs.flow')}
          placeholder={t('runs.anyFlow')}
          value={filters.value('flow') ?? null}
          onChange={(flowId) => filters.set('flow', flowId)}
        />
        <Select
          aria-label={t('schedules.onOrOff')}
          placeholder={t('schedules.onOrOff')}
          w={150}
          clearable
          data={[
            { value: 'yes', label: t('schedules.areOn') },
            { value: 'no', label: t('schedules.areOff') },
          ]}
          value={filters.value('on') ?? null}
          onChange={(on) => filters.set('on', on)}
        />
        <Select
          aria-label={t('schedules.lastOutcome')}
          placeholder={t('schedules.lastOutcome')}
          w={190}
          clearable
          data={lastOutcomes.map((value) => ({ value, label: t(`schedules.lastOutcome.${value}`) }))}
          value={filter.last ?? null}
          onChange={(last) => filters.set('last', last)}
        />
        {filters.count > 0 && (
          <Button variant="subtle" leftSection={<IconFilterOff size={16} />} onClick={filters.clear}>
            {t('runs.clear')}
          </Button>
        )}
      </search>
      <div className="panel">
        {list.error && !list.data ? (
          <ErrorState error={list.error} onAgain={() => void list.refetch()} />
        ) : !list.data || (none && published.isPending) ? (
          <RowsSkeleton rows={8} height={56} />
        ) : list.data.schedules.length === 0 && filters.count > 0 ? (
          <NoMatch title={t('schedules.noMatch')} filters={filters} />
        ) : list.data.schedules.length === 0 ? (
          <EmptyState
            icon={IconCalendarClock}
            title={t('schedules.empty.title')}
            words={anyPublished ? t('schedules.empty.words') : t('schedules.empty.noFlows')}
            action={
              !editable
                ? undefined
                : anyPublished
                  ? { label: t('schedules.new'), run: () => setAsking({ what: 'new' }) }
                  : { label: t('runs.empty.action'), run: () => navigate('/flows') }
            }
          />
        ) : (
          <ScheduleTable key={JSON.stringify(filter)} filter={filter} editable={editable} onAsk={setAsking} />
        )}
      </div>
      {asking?.what === 'new' && <ScheduleDialog onClose={close} />}
      {asking?.what === 'edit' && <ScheduleDialog schedule={asking.schedule} onClose={close} />}
      {asking?.what === 'ledger' && <LedgerDialog schedule={asking.schedule} onClose={close} />}
      {asking?.what === 'remove' && (
        <ConfirmDialog
          title={t('schedules.removeTitle', { flow: asking.schedule.flowName })}
          words={t('schedules.removeWords')}
          action={t('schedules.do.remove')}
          busy={remove.isPending}
          error={remove.error?.message}
          onClose={close}
          onYes={() =>
            remove.mutate(
              { scheduleId: asking.schedule.id },
              {
                onSuccess: () => {
                  tell(t('schedules.removed'));
                  close();
                },
              },
            )
          }
        />
      )}
    </Page>
  );
}
