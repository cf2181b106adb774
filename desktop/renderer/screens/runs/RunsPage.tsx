import './runs.css';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useT } from '../../messages/useT.ts';
import { Page } from '../../parts/Page.tsx';
import { BulkProgress } from './BulkProgress.tsx';
import { RunFilters } from './RunFilters.tsx';
import { RunTable } from './RunTable.tsx';
import { type FilterName, filterOf } from './runFilters.ts';

/** All runs; the filters stand in the address, so that a list can be kept and sent. */
export function RunsPage() {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(params.get('search') ?? '');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const [started, setStarted] = useState<string[]>([]);
  const set = (name: FilterName, value: string | null) =>
    setParams(
      (old) => {
        if (value) old.set(name, value);
        else old.delete(name);
        return old;
      },
      { replace: true },
    );
  useEffect(() => {
    if ((params.get('search') ?? '') !== search) set('search', search || null);
  });
  const filter = filterOf(params);
  const filtered = Object.keys(filter).length > 0;
  const clear = () => {
    setTyped('');
    setParams(new URLSearchParams(), { replace: true });
  };
  return (
    <Page title={t('runs.title')} subtitle={t('runs.subtitle')}>
      <RunFilters params={params} typed={typed} onType={setTyped} set={set} filtered={filtered} onClear={clear} />
      <BulkProgress started={started} onClose={(id) => setStarted((old) => old.filter((one) => one !== id))} />
      <RunTable
        key={JSON.stringify(filter)}
        filter={filter}
        filtered={filtered}
        onClear={clear}
        onStarted={(id) => setStarted((old) => [...old, id])}
      />
    </Page>
  );
}
