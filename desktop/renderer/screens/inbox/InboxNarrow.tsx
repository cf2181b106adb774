import { Select } from '@mantine/core';
import { useT } from '../../messages/useT.ts';
import { FlowSelect } from '../../parts/FlowSelect.tsx';
import type { Filters } from '../../parts/useFilters.ts';
import { type InboxFilterName, inboxAges, inboxDues, inboxWhose, showOf, whoseOf } from './inboxFilters.ts';

/** What narrows the list of the inbox: whose, when due, of which flow, how old. */
export function InboxNarrow({ filters }: { filters: Filters<InboxFilterName> }) {
  const t = useT();
  const usual = showOf(filters.params) === 'open' ? 'me' : 'all';
  return (
    <div className="inbox-narrow">
      <Select
        aria-label={t('inbox.whose')}
        allowDeselect={false}
        data={inboxWhose.map((whose) => ({ value: whose, label: t(`inbox.whose.${whose}`) }))}
        value={whoseOf(filters.params)}
        onChange={(whose) => filters.set('whose', whose === usual ? null : whose)}
      />
      <Select
        aria-label={t('inbox.due')}
        placeholder={t('inbox.anyDue')}
        clearable
        data={inboxDues.map((due) => ({ value: due, label: t(`inbox.due.${due}`) }))}
        value={filters.value('due') ?? null}
        onChange={(due) => filters.set('due', due)}
      />
      <FlowSelect
        label={t('inbox.flow')}
        placeholder={t('inbox.allFlows')}
        width="100%"
        value={filters.value('flow') ?? null}
        onChange={(flowId) => filters.set('flow', flowId)}
      />
      <Select
        aria-label={t('inbox.age')}
        placeholder={t('inbox.anyAge')}
        clearable
        data={inboxAges.map((days) => ({ value: days, label: t('inbox.olderThan', { days: Number(days) }) }))}
        value={filters.value('age') ?? null}
        onChange={(age) => filters.set('age', age)}
      />
    </div>
  );
}
