import { Modal, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { tell } from '../../parts/tell.ts';

/** Keeps a secret under a name, or replaces the value of one. */
export function SecretDialog({ replacing, onClose }: { replacing?: string; onClose: () => void }) {
  const t = useT();
  const [name, setName] = useState(replacing ?? '');
  const [value, setValue] = useState('');
  const [tried, setTried] = useState(false);
  const set = useWrite('secret', 'set');
  const missing = !name.trim() || !value;
  return (
    <Modal
      opened
      onClose={onClose}
      size={480}
      title={replacing === undefined ? t('admin.secrets.new') : t('admin.secrets.replaceOf', { name: replacing })}
    >
      <form
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (missing) return;
          set.mutate(
            { name: name.trim(), value },
            {
              onSuccess: () => {
                tell(t('admin.secrets.saved'));
                onClose();
              },
            },
          );
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('admin.secrets.name')}
            description={t('admin.secrets.nameHint')}
            value={name}
            readOnly={replacing !== undefined}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <WithHelp label={t('admin.secrets.value')} help={{ words: 'fieldHelp.secret.value' }}>
            <PasswordInput
              label={t('admin.secrets.value')}
              autoComplete="new-password"
              value={value}
              onChange={(event) => setValue(event.currentTarget.value)}
            />
          </WithHelp>
          <DialogEnd
            error={set.error?.message ?? (tried && missing ? t('admin.secrets.needBoth') : undefined)}
            action={t('parts.save')}
            busy={set.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}
