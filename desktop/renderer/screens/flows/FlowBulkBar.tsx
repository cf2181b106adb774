import { Button, Menu } from '@mantine/core';
import type { FlowSummary } from '@rondo/server/operations/contract/flow.ts';
import {
  IconArchive,
  IconArchiveOff,
  IconArrowBackUp,
  IconDownload,
  IconFolder,
  IconFolderOff,
  IconTrash,
} from '@tabler/icons-react';
import type { Outputs } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { exportFlow } from './exportFlow.ts';
import { useArrange } from './useArrange.tsx';

interface Props {
  flows: FlowSummary[];
  show: 'active' | 'archived' | 'removed';
  folders: Outputs['folder']['list'] | undefined;
  onDone: () => void;
}

/** What can be done with the flows that are chosen. */
export function FlowBulkBar({ flows, show, folders, onDone }: Props) {
  const t = useT();
  const { arrange, busy } = useArrange();
  const ids = flows.map((flow) => flow.id);
  const count = ids.length;
  const act = async (...args: Parameters<typeof arrange> extends [string[], ...infer Rest] ? Rest : never) => {
    if (await arrange(ids, ...args)) onDone();
  };
  const from = flows[0]?.folder?.id ?? null;
  // only where all stood in one place there is one place to go back to
  const together = flows.every((flow) => (flow.folder?.id ?? null) === from);
  const move = (folderId: string | null, said: string) =>
    void act({ folderId }, said, together ? { folderId: from } : undefined);
  return (
    <section className="bulk-bar" aria-label={t('flows.bulk')}>
      <output>{t('flows.bulk.chosen', { count })}</output>
      <span className="grow" />
      {show !== 'removed' && (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <Button variant="default" size="xs" leftSection={<IconFolder size={14} />} disabled={busy}>
              {t('flows.move')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
            {folders?.folders.map((folder) => (
              <Menu.Item
                key={folder.id}
                leftSection={<IconFolder size={16} />}
                onClick={() => move(folder.id, t('flows.moved', { count, folder: folder.name }))}
              >
                {folder.name}
              </Menu.Item>
            ))}
            {folders?.folders.length === 0 && <Menu.Label>{t('flows.move.noFolders')}</Menu.Label>}
            <Menu.Item
              leftSection={<IconFolderOff size={16} />}
              onClick={() => move(null, t('flows.movedOut', { count }))}
            >
              {t('flows.folder.none')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconDownload size={14} />}
        onClick={async () => {
          for (const flow of flows) await exportFlow(flow, t);
        }}
      >
        {t('flows.export')}
      </Button>
      {show === 'active' && (
        <Button
          variant="default"
          size="xs"
          disabled={busy}
          leftSection={<IconArchive size={14} />}
          onClick={() => void act({ archived: true }, t('flows.bulk.archived', { count }), { archived: false })}
        >
          {t('flows.archive')}
        </Button>
      )}
      {show === 'archived' && (
        <Button
          variant="default"
          size="xs"
          disabled={busy}
          leftSection={<IconArchiveOff size={14} />}
          onClick={() => void act({ archived: false }, t('flows.bulk.unarchived', { count }), { archived: true })}
        >
          {t('flows.unarchive')}
        </Button>
      )}
      {show === 'removed' ? (
        <Button
          variant="default"
          size="xs"
          disabled={busy}
          leftSection={<IconArrowBackUp size={14} />}
          onClick={() => void act({ removed: false }, t('flows.putBack.done', { count }), { removed: true })}
        >
          {t('flows.putBack')}
        </Button>
      ) : (
        <Button
          variant="default"
          size="xs"
          className="danger"
          disabled={busy}
          leftSection={<IconTrash size={14} />}
          onClick={() => void act({ removed: true }, t('flows.bulk.deleted', { count }), { removed: false })}
        >
          {t('flows.delete')}
        </Button>
      )}
      <Button variant="subtle" size="xs" onClick={onDone}>
        {t('runs.bulk.none')}
      </Button>
    </section>
  );
}
