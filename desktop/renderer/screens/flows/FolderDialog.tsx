import { Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Outputs, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { tell } from '../../parts/tell.ts';

export type Folder = Outputs['folder']['list']['folders'][number];

interface Props {
  /** absent: a new one is made */
  folder?: Folder;
  /** told the new folder's id */
  onDone?: (folderId: string) => void;
  onClose: () => void;
}

/** Asks for the name of a folder. */
export function FolderDialog({ folder, onDone, onClose }: Props) {
  const t = useT();
  const [name, setName] = useState(folder?.name ?? '');
  const [missing, setMissing] = useState(false);
  const create = useWrite('folder', 'create', ['folder']);
  const rename = useWrite('folder', 'rename', ['folder', 'flow']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = name.trim();
    if (wanted === '') setMissing(true);
    else if (folder) rename.mutate({ folderId: folder.id, name: wanted }, { onSuccess: onClose });
    else {
      create.mutate(
        { name: wanted },
        {
          onSuccess: ({ folderId }) => {
            onDone?.(folderId);
            onClose();
          },
        },
      );
    }
  };
  const error = create.error ?? rename.error;
  return (
    <Modal opened onClose={onClose} title={folder ? t('flows.folder.rename') : t('flows.folder.new')} size={420}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <WithHelp label={t('flows.folder.name')} help={{ words: 'fieldHelp.folder' }}>
            <TextInput
              label={t('flows.folder.name')}
              placeholder={t('flows.folder.placeholder')}
              data-autofocus
              maxLength={100}
              value={name}
              error={missing ? t('flows.folder.missing') : error?.message}
              onChange={(event) => {
                setName(event.currentTarget.value);
                setMissing(false);
              }}
            />
          </WithHelp>
          <DialogEnd
            action={folder ? t('flows.folder.rename') : t('flows.folder.make')}
            busy={create.isPending || rename.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}

/** Asks once before a folder goes; its flows stay. */
export function RemoveFolderDialog({
  folder,
  onDone,
  onClose,
}: Required<Omit<Props, 'onDone'>> & { onDone: () => void }) {
  const t = useT();
  const remove = useWrite('folder', 'remove', ['folder', 'flow']);
  return (
    <ConfirmDialog
      title={t('flows.folder.removeTitle', { name: folder.name })}
      words={t('flows.folder.removeWords', { count: folder.flows })}
      action={t('flows.folder.remove')}
      busy={remove.isPending}
      error={remove.error?.message}
      onClose={onClose}
      onYes={() =>
        remove.mutate(
          { folderId: folder.id },
          {
            onSuccess: () => {
              tell(t('flows.folder.removed', { name: folder.name }));
              onDone();
              onClose();
            },
          },
        )
      }
    />
  );
}
