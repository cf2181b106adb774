import { Button } from '@mantine/core';
import type { RunFilter } from '@rondo/server/operations/contract/runFilter.ts';
import { IconGitCompare, IconPlayerStop, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useMe, useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { BulkDialog, type BulkKind } from './BulkDialog.tsx';
import type { Selection } from './selection.ts';

interface Props {
  filter: RunFilter;
  selection: Selection;
  onAll: () => void;
  onNone: () => void;
  onStarted: (bulkId: string) => void;
}

/** What can be done with the chosen runs. */
export function BulkBar({ filter, selection, onAll, onNone, onStarted }: Props) {
  const t = useT();
  const { may } = useMe();
  const [asked, setAsked] = useState<BulkKind | null>(null);
  // how many match in all: those that cancelling would meet, and those that it would leave alone
  const match = useRead('bulk', 'preview', { kind: 'cancel', filter });
  const matching = match.data ? match.data.runs + match.data.leftAlone : undefined;
  const meant: RunFilter = selection.all ? filter : { runIds: [...selection.ids] };
  return (
    <section className="bulk-bar" aria-label={t('runs.bulk.bar')}>
      <output>
        {selection.all
          ? t('runs.bulk.all', { count: matching ?? 0 })
          : t('runs.bulk.chosen', { count: selection.ids.size })}
      </output>
      {!selection.all && matching !== undefined && matching > selection.ids.size && (
        <Button variant="subtle" size="xs" onClick={onAll}>
          {t('runs.bulk.takeAll', { count: matching })}
        </Button>
      )}
      <span className="grow" />
      {!selection.all && selection.ids.size === 2 && (
        <Button
          component={Link}
          href={compareAddress([...selection.ids])}
          variant="default"
          size="xs"
          leftSection={<IconGitCompare size={14} />}
        >
          {t('testing.compare.action')}
        </Button>
      )}
      {may('run.start') && (
        <Button variant="default" size="xs" leftSection={<IconRefresh size={14} />} onClick={() => setAsked('retry')}>
          {t('runs.bulk.retry')}
        </Button>
      )}
      <Button variant="default" size="xs" leftSection={<IconPlayerStop size={14} />} onClick={() => setAsked('cancel')}>
        {t('runs.bulk.cancel')}
      </Button>
      <Button
        variant="default"
        size="xs"
        className="danger"
        leftSection={<IconTrash size={14} />}
        onClick={() => setAsked('remove')}
      >
        {t('runs.bulk.remove')}
      </Button>
      <Button variant="subtle" size="xs" onClick={onNone}>
        {t('runs.bulk.none')}
      </Button>
      {asked && <BulkDialog kind={asked} filter={meant} onClose={() => setAsked(null)} onStarted={onStarted} />}
    </section>
  );
}

/** The older run stands at the left: ids of runs sort by time. */
function compareAddress(ids: string[]): string {
  const [a = '', b = ''] = ids.sort();
  return `/runs/compare?${new URLSearchParams({ a, b })}`;
}
