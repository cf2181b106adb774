import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { CopyField } from '../../parts/CopyField.tsx';
import { curlExample, type Webhook } from './examples.ts';

interface Props {
  webhook: Pick<Webhook, 'name' | 'address' | 'verify' | 'config'>;
  /** only just after it was made */
  secret?: string | null;
  onClose: () => void;
}

/** A webhook's address and how it is called; its secret right after it was made. */
export function CallDialog({ webhook, secret, onClose }: Props) {
  const t = useT();
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={secret === undefined ? webhook.name : t('triggers.webhooks.created')}
    >
      <Stack gap="md">
        <CopyField label={t('triggers.webhooks.address')} value={webhook.address} />
        {secret && (
          <CopyField
            label={t('triggers.webhooks.secret')}
            value={secret}
            description={t('triggers.webhooks.secretOnce')}
          />
        )}
        <div>
          <Text size="sm" fw={500} mb={4}>
            {t('triggers.webhooks.example')}
          </Text>
          <pre className="triggers-code">{curlExample(webhook, secret ?? null)}</pre>
        </div>
        {webhook.verify === 'none' ? (
          <TestCall webhook={webhook} />
        ) : (
          <Text size="sm" c="dimmed">
            {t('triggers.webhooks.testSigned')}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('triggers.done')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function TestCall({ webhook }: { webhook: Pick<Webhook, 'address' | 'config'> }) {
  const t = useT();
  const [body, setBody] = useState('{}');
  const [answer, setAnswer] = useState<{ status: number; text: string } | string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    try {
      // The page may only call its own origin; the address is served there too.
      const response = await fetch(new URL(webhook.address).pathname, {
        method: webhook.config.methods[0] ?? 'POST',
        headers: { 'content-type': 'application/json' },
        credentials: 'omit',
        body,
      });
      setAnswer({ status: response.status, text: await response.text() });
    } catch (error) {
      setAnswer(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {t('triggers.webhooks.test')}
      </Text>
      <Textarea
        label={t('triggers.webhooks.testBody')}
        description={t('triggers.webhooks.testWords')}
        autosize
        minRows={2}
        maxRows={8}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <Group>
        <Button size="xs" loading={busy} onClick={() => void send()}>
          {t('triggers.webhooks.testSend')}
        </Button>
      </Group>
      {answer !== null && (
        <pre className="triggers-code" role="status">
          {typeof answer === 'string'
            ? answer
            : `${t('triggers.webhooks.testAnswer', { status: answer.status })}\n${answer.text}`}
        </pre>
      )}
    </Stack>
  );
}
