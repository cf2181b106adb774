import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconFolder, IconFolderOff, IconPencil, IconPlus, IconStack2, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { type Outputs, useMe } from '../../api/queries.ts';
import { numberFormat } from '../../messages/formats.ts';
import { useT } from '../../messages/useT.ts';
import { type Folder, FolderDialog, RemoveFolderDialog } from './FolderDialog.tsx';

type Folders = Outputs['folder']['list'];
type Asking = { what: 'new' } | { what: 'rename' | 'remove'; folder: Folder };

interface Props {
  folders: Folders | undefined;
  /** a folder's id, `none`, or null for all */
  chosen: string | null;
  onChoose: (folder: string | null) => void;
}

/** The folders beside the list of flows: one is chosen, made, renamed or taken away. */
export function FolderRail({ folders, chosen, onChoose }: Props) {
  const t = useT();
  const { may } = useMe();
  const [asking, setAsking] = useState<Asking | null>(null);
  const editable = may('flow.edit');
  const close = () => setAsking(null);
  const row = (key: string | null, icon: ReactNode, name: string, count: number | undefined, menu?: ReactNode) => (
    <li key={key ?? ''} className="folder-row">
      <button
        type="button"
        className="plain-button folder-button"
        aria-current={chosen === key ? 'true' : undefined}
        onClick={() => onChoose(key)}
      >
        {icon}
        <span className="grow clip">{name}</span>
        <span className="faint small">{count === undefined ? '' : numberFormat({}).format(count)}</span>
      </button>
      {menu}
    </li>
  );
  return (
    <nav className="folder-rail" aria-label={t('flows.folders')}>
      <div className="folder-head">
        <h2 className="title-3">{t('flows.folders')}</h2>
        {editable && (
          <ActionIcon
            variant="subtle"
            size={28}
            aria-label={t('flows.folder.new')}
            onClick={() => setAsking({ what: 'new' })}
          >
            <IconPlus size={16} />
          </ActionIcon>
        )}
      </div>
      <ul>
        {row(null, <IconStack2 size={16} aria-hidden />, t('flows.folder.all'), folders?.all)}
        {folders?.folders.map((folder) =>
          row(
            folder.id,
            <IconFolder size={16} aria-hidden />,
            folder.name,
            folder.flows,
            editable && (
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon
                    variant="subtle"
                    size={28}
                    className="folder-menu"
                    aria-label={t('parts.actions', { name: folder.name })}
                  >
                    <IconDots size={16} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item
                    leftSection={<IconPencil size={16} />}
                    onClick={() => setAsking({ what: 'rename', folder })}
                  >
                    {t('flows.folder.rename')}
                  </Menu.Item>
                  <Menu.Item
                    color="red"
                    leftSection={<IconTrash size={16} />}
                    onClick={() => setAsking({ what: 'remove', folder })}
                  >
                    {t('flows.folder.remove')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            ),
          ),
        )}
        {folders !== undefined &&
          folders.folders.length > 0 &&
          row('none', <IconFolderOff size={16} aria-hidden />, t('flows.folder.none'), folders.loose)}
      </ul>
      {asking?.what === 'new' && <FolderDialog onClose={close} onDone={onChoose} />}
      {asking?.what === 'rename' && <FolderDialog folder={asking.folder} onClose={close} />}
      {asking?.what === 'remove' && (
        <RemoveFolderDialog
          folder={asking.folder}
          onClose={close}
          onDone={() => {
            if (chosen === asking.folder.id) onChoose(null);
          }}
        />
      )}
    </nav>
  );
}
