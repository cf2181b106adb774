import './flows.css';
import { Button } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import type { FlowSummary } from '@rondo/server/operations/contract/flow.ts';
import { IconFilterOff, IconPlus, IconSitemap, IconTemplate } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useMe, useRead } from '../../api/queries.ts';
import { withTexts } from '../../messages/language.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Page } from '../../parts/Page.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { useFilters } from '../../parts/useFilters.ts';
import { FlowFilters, type FlowView, ViewChoice } from './FlowFilters.tsx';
import { FlowList } from './FlowList.tsx';
import { pieceSize } from './FlowPiece.tsx';
import { FolderRail } from './FolderRail.tsx';
import { flowFilterNames, flowFilterOf } from './flowFilters.ts';
import { ImportButton } from './ImportButton.tsx';
import { ImportFailureDialog } from './ImportFailureDialog.tsx';
import { NewFlowDialog } from './NewFlowDialog.tsx';
import { useFileDrop } from './useFileDrop.ts';
import { useImportFlow } from './useImportFlow.ts';

const RunFlowDialog = lazy(() => withTexts(['said'], import('./RunFlowDialog.tsx')));

/** All flows: folders, filters that stand in the address, table or cards; make, import (also by dropping a file), run. */
export function FlowsPage() {
  const t = useT();
  const { may } = useMe();
  const [, navigate] = useLocation();
  const filters = useFilters(flowFilterNames, ['sort']);
  const filter = flowFilterOf(filters.params);
  const [view, setView] = useLocalStorage<FlowView>({
    key: 'rondo.flows.view',
    defaultValue: 'table',
    getInitialValueInEffect: false,
  });
  const [running, setRunning] = useState<FlowSummary | null>(null);
  const first = useRead('flow', 'list', { ...filter, limit: pieceSize }, { keep: true });
  const folders = useRead('folder', 'list', {});
  const flowImport = useImportFlow();
  const mayEdit = may('flow.edit');
  const over = useFileDrop(mayEdit, flowImport.importFile);
  const withParam = (name: string, on: boolean) => {
    const next = new URLSearchParams(filters.params);
    if (on) next.set(name, '1');
    else next.delete(name);
    const text = next.toString();
    return text === '' ? '/flows' : `/flows?${text}`;
  };
  const openNew = () => navigate(withParam('new', true));
  const closeNew = () => navigate(withParam('new', false), { replace: true });

  return (
    <Page
      wide
      title={t('shell.place.flows')}
      subtitle={t('flows.about')}
      actions={
        <>
          <ViewChoice view={view} onView={setView} />
          <Button component={Link} href="/flows/templates" variant="default" leftSection={<IconTemplate size={16} />}>
            {t('templates.title')}
          </Button>
          {mayEdit && (
            <>
              <ImportButton flowImport={flowImport} />
              <Button leftSection={<IconPlus size={16} />} onClick={openNew}>
                {t('shell.do.newFlow')}
              </Button>
            </>
          )}
        </>
      }
    >
      <div className="flows-layout">
        <FolderRail
          folders={folders.data}
          chosen={filter.folderId ?? null}
          onChoose={(folder) => filters.set('folder', folder)}
        />
        <div className="flows-main">
          <FlowFilters filters={filters} folders={folders.data} />
          {filters.params.get('import') !== null && mayEdit && <p className="dim small">{t('flows.import.how')}</p>}
          {first.isPending ? (
            <div className="panel">
              <RowsSkeleton rows={12} height={57} />
            </div>
          ) : first.error && !first.data ? (
            <div className="panel">
              <ErrorState error={first.error} onAgain={() => void first.refetch()} />
            </div>
          ) : first.data?.flows.length === 0 ? (
            <div className="panel">
              {filters.count > 0 ? (
                <EmptyState
                  icon={IconFilterOff}
                  title={
                    filters.count > 1 || filter.search
                      ? t('flows.noMatch')
                      : filter.show === 'archived'
                        ? t('flows.archiveEmpty')
                        : filter.show === 'removed'
                          ? t('flows.deletedEmpty')
                          : filter.folderId
                            ? t('flows.folder.empty')
                            : t('flows.noMatch')
                  }
                  action={{ label: t('flows.showAll'), run: filters.clear }}
                />
              ) : (
                <EmptyState
                  icon={IconSitemap}
                  title={t('flows.empty')}
                  words={t('flows.empty.words')}
                  action={mayEdit ? { label: t('shell.do.newFlow'), run: openNew } : undefined}
                />
              )}
            </div>
          ) : (
            <FlowList
              key={`${view} ${JSON.stringify(filter)}`}
              filter={filter}
              view={view}
              folders={folders.data}
              onRun={setRunning}
            />
          )}
        </div>
      </div>
      {over && <div className="drop-veil">{t('flows.import.drop')}</div>}
      <ImportFailureDialog flowImport={flowImport} />
      {filters.params.get('new') !== null && mayEdit && <NewFlowDialog onClose={closeNew} />}
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
