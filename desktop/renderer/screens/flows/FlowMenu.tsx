import { ActionIcon, Menu } from '@mantine/core';
import type { FlowSummary } from '@rondo/server/operations/contract/flow.ts';
import { IconArchive, IconArchiveOff, IconCopy, IconDots, IconDownload, IconPlayerPlay } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { api } from '../../api/client.ts';
import { useMe, useWrite } from '../../api/queries.ts';
import { saveFile } from '../../flow/saveFile.ts';
import { useT } from '../../messages/useT.ts';
import { tell, tellFailure } from '../../parts/tell.ts';

/** What can be done with a flow without opening it. */
export function FlowMenu({ flow, onRun }: { flow: FlowSummary; onRun: () => void }) {
  const t = useT();
  const [, navigate] = useLocation();
  const { may } = useMe();
  const duplicate = useWrite('flow', 'duplicate', ['flow', 'home']);
  const archive = useWrite('flow', 'archive', ['flow', 'home', 'schedule']);
  const archived = flow.archivedAt !== null;

  const exportFile = async () => {
    try {
      const { fileName, text } = await api.flow.export.query({ flowId: flow.id });
      saveFile(fileName, text);
    } catch (error) {
      tellFailure(error, t('flows.export.failed', { name: flow.name }));
    }
  };
  const copy = () =>
    duplicate.mutate(
      { flowId: flow.id },
      {
        onSuccess: ({ flowId }) => navigate(`/flows/${flowId}`),
        onError: (error) => tellFailure(error, t('flows.duplicate.failed', { name: flow.name })),
      },
    );
  const putAway = () =>
    archive.mutate(
      { flowId: flow.id, archived: !archived },
      {
        onSuccess: () =>
          tell(archived ? t('flows.unarchived', { name: flow.name }) : t('flows.archived', { name: flow.name })),
        onError: (error) => tellFailure(error, t('flows.archive.failed', { name: flow.name })),
      },
    );
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
        <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => void exportFile()}>
          {t('flows.export')}
        </Menu.Item>
        {may('flow.edit') && (
          <Menu.Item
            leftSection={archived ? <IconArchiveOff size={16} /> : <IconArchive size={16} />}
            onClick={putAway}
          >
            {archived ? t('flows.unarchive') : t('flows.archive')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
