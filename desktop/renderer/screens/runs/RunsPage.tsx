import './runs.css';
import { useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { Page } from '../../parts/Page.tsx';
import { useFilters, useTypedFilter } from '../../parts/useFilters.ts';
import { BulkProgress } from './BulkProgress.tsx';
import { RunFilters } from './RunFilters.tsx';
import { RunTable } from './RunTable.tsx';
import { filterNames, filterOf } from './runFilters.ts';

/** All runs; the filters stand in the address, so that a list can be kept and sent. */
export function RunsPage() {
  const t = useT();
  const filters = useFilters(filterNames);
  const { params, set } = filters;
  const { typed, setTyped } = useTypedFilter(filters.value('search'), (text) => set('search', text));
  const [started, setStarted] = useState<string[]>([]);
  const filter = filterOf(params);
  const filtered = Object.keys(filter).length > 0;
  return (
    <Page title={t('runs.title')} subtitle={t('runs.subtitle')}>
      <RunFilters
        params={params}
        typed={typed}
        onType={setTyped}
        set={set}
        filtered={filtered}
        onClear={filters.clear}
      />
      <BulkProgress started={started} onClose={(id) => setStarted((old) => old.filter((one) => one !== id))} />
      <RunTable
        key={JSON.stringify(filter)}
        filter={filter}
        filtered={filtered}
        onClear={filters.clear}
        onStarted={(id) => setStarted((old) => [...old, id])}
      />
    </Page>
  );
}
