import { ActionIcon, Menu } from '@mantine/core';
import type { FlowSummary } from '@rondo/server/operations/contract/flow.ts';
import {
  IconArchive,
  IconArchiveOff,
  IconArrowBackUp,
  IconCopy,
  IconDots,
  IconDownload,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { useMe, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { tellFailure } from '../../parts/tell.ts';
import { exportFlow } from './exportFlow.ts';
import { useArrange } from './useArrange.tsx';

/** What can be done with a flow without opening it. */
export function FlowMenu({ flow, onRun }: { flow: FlowSummary; onRun: () => void }) {
  const t = useT();
  const [, navigate] = useLocation();
  const { may } = useMe();
  const duplicate = useWrite('flow', 'duplicate', ['flow', 'home']);
  const { arrange } = useArrange();
  const archived = flow.archivedAt !== null;
  const removed = flow.removedAt !== null;

  const copy = () =>
    duplicate.mutate(
      { flowId: flow.id },
      {
        onSuccess: ({ flowId }) => navigate(`/flows/${flowId}`),
        onError: (error) => tellFailure(error, t('flows.duplicate.failed', { name: flow.name })),
      },
    );
  const putAway = () =>
    archived
      ? arrange([flow.id], { archived: false }, t('flows.unarchived', { name: flow.name }), { archived: true })
      : arrange([flow.id], { archived: true }, t('flows.archived', { name: flow.name }), { archived: false });
  const remove = () =>
    arrange([flow.id], { removed: true }, t('flows.deletedOne', { name: flow.name }), { removed: false });
  const putBack = () =>
    arrange([flow.id], { removed: false }, t('flows.putBack.done', { count: 1 }), { removed: true });
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label={t('parts.actions', { name: flow.name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {may('run.start') && !archived && (
          <Menu.Item
            leftSection={<IconPlayerPlay size={16} />}
            disabled={flow.publishedNumber === null}
            onClick={onRun}
          >
            {flow.publishedNumber === null ? t('flows.run.unpublished') : t('flows.run')}
          </Menu.Item>
        )}
        {may('flow.edit') && (
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={copy}>
            {t('flows.duplicate')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => void exportFlow(flow, t)}>
          {t('flows.export')}
        </Menu.Item>
        {may('flow.edit') && !removed && (
          <Menu.Item
            leftSection={archived ? <IconArchiveOff size={16} /> : <IconArchive size={16} />}
            onClick={() => void putAway()}
          >
            {archived ? t('flows.unarchive') : t('flows.archive')}
          </Menu.Item>
        )}
        {may('flow.edit') &&
          (removed ? (
            <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={() => void putBack()}>
              {t('flows.putBack')}
            </Menu.Item>
          ) : (
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => void remove()}>
              {t('flows.delete')}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
