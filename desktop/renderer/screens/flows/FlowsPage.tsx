import './flows.css';
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { FlowSummary } from '@rondo/server/operations/contract/flow.ts';
import { IconPlus, IconSearch, IconSitemap } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useMe, useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Page } from '../../parts/Page.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { FlowsTable } from './FlowsTable.tsx';
import { ImportButton } from './ImportButton.tsx';
import { ImportFailureDialog } from './ImportFailureDialog.tsx';
import { NewFlowDialog } from './NewFlowDialog.tsx';
import { useFileDrop } from './useFileDrop.ts';
import { useImportFlow } from './useImportFlow.ts';

const RunFlowDialog = lazy(() => import('./RunFlowDialog.tsx'));

/** All flows: search, make, import (also by dropping a file), run, export, archive. */
export function FlowsPage() {
  const t = useT();
  const { may } = useMe();
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch());
  const [search, setSearch] = useState('');
  const [archived, setArchived] = useState(false);
  const [running, setRunning] = useState<FlowSummary | null>(null);
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const flows = useRead('flow', 'list', { archived, ...(wanted && { search: wanted }) }, { keep: true });
  const flowImport = useImportFlow();
  const mayEdit = may('flow.edit');
  const over = useFileDrop(mayEdit, flowImport.importFile);
  const list = flows.data?.flows ?? [];
  const openNew = () => navigate('/flows?new=1');
  const closeNew = () => navigate('/flows', { replace: true });

  return (
    <Page
      wide
      title={t('shell.place.flows')}
      subtitle={t('flows.about')}
      actions={
        mayEdit ? (
          <>
            <ImportButton flowImport={flowImport} />
            <Button leftSection={<IconPlus size={16} />} onClick={openNew}>
              {t('shell.do.newFlow')}
            </Button>
          </>
        ) : undefined
      }
    >
      <div className="filters">
        <TextInput
          w={280}
          aria-label={t('flows.search')}
          placeholder={t('flows.search')}
          leftSection={<IconSearch size={15} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t('flows.which')}
          value={archived ? 'archived' : 'active'}
          onChange={(value) => setArchived(value === 'archived')}
          data={[
            { value: 'active', label: t('flows.active') },
            { value: 'archived', label: t('flows.inArchive') },
          ]}
        />
      </div>
      {asked.get('import') !== null && mayEdit && <p className="dim small">{t('flows.import.how')}</p>}
      <div className="panel">
        {flows.isPending ? (
          <RowsSkeleton rows={6} />
        ) : flows.error && !flows.data ? (
          <ErrorState error={flows.error} onAgain={() => void flows.refetch()} />
        ) : list.length === 0 ? (
          wanted || archived ? (
            <EmptyState
              icon={IconSitemap}
              title={archived && !wanted ? t('flows.archiveEmpty') : t('flows.noMatch')}
              action={{
                label: t('flows.showAll'),
                run: () => {
                  setSearch('');
                  setArchived(false);
                },
              }}
            />
          ) : (
            <EmptyState
              icon={IconSitemap}
              title={t('flows.empty')}
              words={t('flows.empty.words')}
              action={mayEdit ? { label: t('shell.do.newFlow'), run: openNew } : undefined}
            />
          )
        ) : (
          <FlowsTable flows={list} onRun={setRunning} />
        )}
      </div>
      {over && <div className="drop-veil">{t('flows.import.drop')}</div>}
      <ImportFailureDialog flowImport={flowImport} />
      {asked.get('new') !== null && mayEdit && <NewFlowDialog onClose={closeNew} />}
      {running?.publishedNumber != null && (
        <Suspense fallback={null}>
          <RunFlowDialog
            flowId={running.id}
            name={running.name}
            version={running.publishedNumber}
            onClose={() => setRunning(null)}
          />
        </Suspense>
      )}
    </Page>
  );
}
