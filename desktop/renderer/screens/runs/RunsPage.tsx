import './runs.css';
import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { RunSummary } from '@rondo/server/operations/contract/run.ts';
import { isTerminal, type RunState, runStates } from '@rondo/shared/runs/states.ts';
import { IconFilterOff, IconPlayerPlay, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { type Inputs, useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Page } from '../../parts/Page.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { spanText } from '../../parts/times.ts';
import { useNow } from '../../parts/useNow.ts';
import { When } from '../../parts/When.tsx';
import { waitWords } from './waitWords.ts';

type Filter = Omit<Inputs['run']['list'], 'cursor' | 'limit'>;

/** All runs; the filters stand in the address, so that a list can be kept and sent. */
export function RunsPage() {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const flows = useRead('flow', 'list', {});
  const [typed, setTyped] = useState(params.get('search') ?? '');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const state = runStates.find((one) => one === params.get('state'));
  const flowId = params.get('flow');
  const filter: Filter = { ...(flowId && { flowId }), ...(state && { state }), ...(search && { search }) };
  const set = (name: string, value: string | null) =>
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
  const filtered = Object.keys(filter).length > 0;
  const clear = () => {
    setTyped('');
    setParams(new URLSearchParams(), { replace: true });
  };
  return (
    <Page title={t('runs.title')} subtitle={t('runs.subtitle')}>
      <div className="filters">
        <TextInput
          aria-label={t('runs.search')}
          placeholder={t('runs.search')}
          leftSection={<IconSearch size={16} />}
          w={260}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Select
          aria-label={t('runs.flow')}
          placeholder={t('runs.anyFlow')}
          data={(flows.data?.flows ?? []).map((flow) => ({ value: flow.id, label: flow.name }))}
          value={flowId}
          onChange={(value) => set('flow', value)}
          clearable
          searchable
          w={220}
        />
        <Select
          aria-label={t('runs.state')}
          placeholder={t('runs.anyState')}
          data={runStates.map((value) => ({ value, label: t(`parts.state.${value}`) }))}
          value={state ?? null}
          onChange={(value) => set('state', value)}
          clearable
          w={160}
        />
        {filtered && (
          <Button variant="subtle" leftSection={<IconFilterOff size={16} />} onClick={clear}>
            {t('runs.clear')}
          </Button>
        )}
      </div>
      <RunTable key={JSON.stringify(filter)} filter={filter} filtered={filtered} onClear={clear} />
    </Page>
  );
}

function RunTable({ filter, filtered, onClear }: { filter: Filter; filtered: boolean; onClear: () => void }) {
  const t = useT();
  const [, navigate] = useLocation();
  const [cursors, setCursors] = useState<(string | undefined)[]>([undefined]);
  const first = useRead('run', 'list', { ...filter, limit: 50 });
  if (first.error && !first.data) return <ErrorState error={first.error} onAgain={() => void first.refetch()} />;
  if (!first.data) {
    return (
      <div className="panel">
        <RowsSkeleton rows={8} />
      </div>
    );
  }
  if (first.data.runs.length === 0) {
    return (
      <div className="panel">
        {filtered ? (
          <EmptyState
            icon={IconFilterOff}
            title={t('runs.none.title')}
            action={{ label: t('runs.clear'), run: onClear }}
          />
        ) : (
          <EmptyState
            icon={IconPlayerPlay}
            title={t('runs.empty.title')}
            words={t('runs.empty.words')}
            action={{ label: t('runs.empty.action'), run: () => navigate('/flows') }}
          />
        )}
      </div>
    );
  }
  return (
    <div className="panel">
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th>{t('runs.col.run')}</th>
              <th>{t('runs.col.state')}</th>
              <th className="wide-only">{t('runs.col.now')}</th>
              <th className="wide-only">{t('runs.col.by')}</th>
              <th>{t('runs.col.when')}</th>
              <th className="end">{t('runs.col.took')}</th>
            </tr>
          </thead>
          {cursors.map((cursor, index) => (
            <RunRows
              key={cursor ?? ''}
              filter={filter}
              cursor={cursor}
              last={index === cursors.length - 1}
              onMore={(next) => setCursors((old) => [...old, next])}
            />
          ))}
        </table>
      </div>
    </div>
  );
}

interface RowsProps {
  filter: Filter;
  cursor: string | undefined;
  last: boolean;
  onMore: (cursor: string) => void;
}

/** One piece of the list; the last one has the button for the next. */
function RunRows({ filter, cursor, last, onMore }: RowsProps) {
  const t = useT();
  const page = useRead('run', 'list', { ...filter, limit: 50, ...(cursor !== undefined && { cursor }) });
  const next = page.data?.nextCursor;
  return (
    <tbody>
      {page.data?.runs.map((run) => (
        <RunRow key={run.id} run={run} />
      ))}
      {!page.data && (
        <tr>
          <td colSpan={6}>
            {page.error ? (
              <ErrorState error={page.error} onAgain={() => void page.refetch()} />
            ) : (
              <RowsSkeleton rows={3} />
            )}
          </td>
        </tr>
      )}
      {last && next && (
        <tr>
          <td colSpan={6} className="table-more">
            <Button variant="subtle" onClick={() => onMore(next)}>
              {t('parts.more')}
            </Button>
          </td>
        </tr>
      )}
    </tbody>
  );
}

function RunRow({ run }: { run: RunSummary }) {
  const t = useT();
  const now = useNow();
  const began = Date.parse(run.startedAt ?? run.createdAt);
  const ended = run.finishedAt ? Date.parse(run.finishedAt) : now.getTime();
  const wait = run.waits[0];
  return (
    <tr>
      <td>
        <Link href={`/runs/${run.id}`}>{run.flowName}</Link> <span className="dim">{run.number}</span>
      </td>
      <td>
        <StateBadge state={run.state as RunState} />
      </td>
      <td className="dim clip run-far wide-only">
        {run.state === 'waiting' && wait
          ? t('runs.waitsFor', { title: waitWords(wait, t) })
          : t('runs.stepsDone', { count: run.stepsDone })}
      </td>
      <td className="wide-only">{run.actorName}</td>
      <td className="dim nowrap">
        <When at={run.startedAt ?? run.createdAt} />
      </td>
      <td className="end dim nowrap">
        {isTerminal(run.state) || run.startedAt ? spanText(Math.max(0, ended - began), t) : null}
      </td>
    </tr>
  );
}
