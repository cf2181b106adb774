import { Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { DialogEnd } from './DialogEnd.tsx';

export interface ConfirmProps {
  title: string;
  /** names what goes */
  words: string;
  /** what else goes with it, below the words */
  children?: ReactNode;
  action: string;
  busy?: boolean;
  error?: string | undefined;
  onYes: () => void;
  onClose: () => void;
}

/** Asks once before something goes that cannot come back. */
export function ConfirmDialog({ title, words, children, action, busy, error, onYes, onClose }: ConfirmProps) {
  return (
    <Modal opened onClose={onClose} title={title} size={440}>
      <Stack gap="md">
        <Text>{words}</Text>
        {children}
        <DialogEnd error={error} action={action} busy={busy} danger cautious onAction={onYes} onClose={onClose} />
      </Stack>
    </Modal>
  );
}
