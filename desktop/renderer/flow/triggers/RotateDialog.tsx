import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { CopyField } from '../../parts/CopyField.tsx';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { exactTime } from '../../parts/times.ts';
import type { Webhook } from './examples.ts';

/** Gives a webhook a new secret, and shows it this once. */
export function RotateDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const t = useT();
  const rotate = useWrite('webhook', 'rotate');
  const [hours, setHours] = useState(24);
  return (
    <Modal opened onClose={onClose} size={520} title={t('triggers.rotate.title', { name: webhook.name })}>
      {rotate.data ? (
        <Stack gap="md">
          <CopyField
            label={t('triggers.webhooks.secret')}
            value={rotate.data.secret}
            description={t('triggers.webhooks.secretOnce')}
          />
          {rotate.data.oldSecretUntil && (
            <Text size="sm">
              {t('triggers.webhooks.oldUntil', { time: exactTime(new Date(rotate.data.oldSecretUntil)) })}
            </Text>
          )}
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('triggers.done')}</Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="md">
          <Text>{t('triggers.rotate.words')}</Text>
          <WithHelp label={t('triggers.rotate.grace')} help={{ words: 'fieldHelp.rotate.grace' }}>
            <NumberInput
              label={t('triggers.rotate.grace')}
              value={hours}
              min={0}
              max={720}
              onChange={(value) => setHours(Number(value) || 0)}
            />
          </WithHelp>
          <DialogEnd
            error={rotate.error?.message}
            action={t('triggers.rotate.do')}
            busy={rotate.isPending}
            onAction={() => rotate.mutate({ webhookId: webhook.id, graceHours: hours })}
            onClose={onClose}
          />
        </Stack>
      )}
    </Modal>
  );
}
