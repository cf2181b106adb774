import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useT } from '../messages/useT.ts';

export interface ConfirmProps {
  title: string;
  /** names what goes */
  words: string;
  action: string;
  busy?: boolean;
  error?: string | undefined;
  onYes: () => void;
  onClose: () => void;
}

/** Asks once before something goes that cannot come back. */
export function ConfirmDialog({ title, words, action, busy, error, onYes, onClose }: ConfirmProps) {
  const t = useT();
  return (
    <Modal opened onClose={onClose} title={title} size={440}>
      <Stack gap="md">
        <Text>{words}</Text>
        {error && (
          <Text c="var(--s-bad)" size="sm" role="alert">
            {error}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('parts.cancel')}
          </Button>
          <Button color="red" onClick={onYes} loading={busy ?? false}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
