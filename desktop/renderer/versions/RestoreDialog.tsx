import { Modal, Stack, Text } from '@mantine/core';
import { useT } from '../messages/useT.ts';
import { DialogEnd } from '../parts/DialogEnd.tsx';
import { ChangeList } from './ChangeList.tsx';
import type { Changes } from './changes.ts';

interface Props {
  number: number;
  /** what the draft has that no version holds */
  changes: Changes;
  onYes: () => void;
  onClose: () => void;
}

/** Asks before a version takes the place of a draft that holds what no version has, and names what goes. */
export function RestoreDialog({ number, changes, onYes, onClose }: Props) {
  const t = useT();
  return (
    <Modal opened onClose={onClose} title={t('versions.restore.title', { number })} size={560}>
      <Stack gap="md">
        <Text>{t('versions.restore.words', { count: Math.max(1, changes.groups.length) })}</Text>
        <section className="restore-goes">
          <h3>{t('versions.restore.goes')}</h3>
          <ChangeList changes={changes} />
        </section>
        <DialogEnd action={t('versions.restore.action')} cautious onAction={onYes} onClose={onClose} />
      </Stack>
    </Modal>
  );
}
