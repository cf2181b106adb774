import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { CopyField } from '../../parts/CopyField.tsx';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';

const terms = [30, 90, 365];

/** Makes an API key and shows it once. */
export function ApiKeyDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [tried, setTried] = useState(false);
  const create = useWrite('apikey', 'create');
  return (
    <Modal opened onClose={onClose} title={t('admin.keys.new')} size={480}>
      {create.data ? (
        <Stack gap="md">
          <CopyField label={t('admin.keys.key')} value={create.data.key} description={t('admin.keys.once')} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('admin.invite.done')}</Button>
          </Group>
        </Stack>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (!name.trim()) return;
            create.mutate({ name: name.trim(), ...(days !== '' && { expiresInDays: Number(days) }) });
          }}
        >
          <Stack gap="md">
            <TextInput
              label={t('admin.keys.name')}
              description={t('admin.keys.nameHint')}
              maxLength={32}
              data-autofocus
              value={name}
              error={tried && !name.trim() ? t('admin.keys.needName') : null}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <WithHelp label={t('admin.keys.days')} help={{ words: 'fieldHelp.key.days' }}>
              <Select
                label={t('admin.keys.days')}
                data={[
                  ...terms.map((term) => ({ value: String(term), label: t('admin.keys.daysN', { days: term }) })),
                  { value: '', label: t('admin.keys.noEnd') },
                ]}
                value={days}
                allowDeselect={false}
                onChange={(value) => setDays(value ?? '')}
              />
            </WithHelp>
            <DialogEnd
              error={create.error?.message}
              action={t('admin.keys.create')}
              busy={create.isPending}
              onClose={onClose}
            />
          </Stack>
        </form>
      )}
    </Modal>
  );
}
