import { Button, Group, Text } from '@mantine/core';
import { useT } from '../messages/useT.ts';

interface Props {
  /** what went wrong, in plain words */
  error?: string | null | undefined;
  /** words of the button that does it */
  action: string;
  busy?: boolean | undefined;
  disabled?: boolean;
  /** something goes that cannot come back */
  danger?: boolean;
  /** Cancel has the focus when the dialog opens: Enter alone does nothing */
  cautious?: boolean;
  /** absent where the button sends the form that it stands in */
  onAction?: () => void;
  onClose: () => void;
}

/** The end of a dialog: what went wrong, "Cancel", and the button that does what the dialog is for. */
export function DialogEnd({ error, action, busy, disabled, danger, cautious, onAction, onClose }: Props) {
  const t = useT();
  return (
    <>
      {error && (
        <Text c="var(--s-bad)" size="sm" role="alert">
          {error}
        </Text>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus={cautious || undefined}>
          {t('parts.cancel')}
        </Button>
        <Button
          type={onAction ? 'button' : 'submit'}
          loading={busy ?? false}
          disabled={disabled ?? false}
          {...(danger && { color: 'red' })}
          {...(onAction && { onClick: onAction })}
        >
          {action}
        </Button>
      </Group>
    </>
  );
}
