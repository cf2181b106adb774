import { Modal, Stack, TextInput } from '@mantine/core';
import { objectIn } from '@rondo/shared/oas/json.ts';
import { type FormEvent, useState } from 'react';
import { type Inputs, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { tell } from '../../parts/tell.ts';
import { CallDialog } from './CallDialog.tsx';
import type { Webhook } from './examples.ts';
import { type Config, WebhookFields } from './WebhookFields.tsx';

const first: Config = {
  methods: ['POST'],
  contentTypes: ['json', 'form', 'text'],
  maxBytes: 1024 * 1024,
  hmac: {
    header: 'x-signature',
    prefix: '',
    encoding: 'hex',
    algorithm: 'sha256',
    timestampHeader: '',
    signed: '{body}',
  },
  replaySeconds: 300,
  idHeader: 'idempotency-key',
  allowedIps: [],
  perMinute: 600,
  bodySchema: null,
  inputs: { by: 'names' },
  answer: { when: 'at_once' },
};

interface Props {
  flowId: string;
  /** the webhook to change; absent = a new one */
  webhook?: Webhook;
  onClose: () => void;
}

/** Makes a webhook, and shows its address and secret; or changes the settings of one. */
export function WebhookDialog({ flowId, webhook, onClose }: Props) {
  const t = useT();
  const create = useWrite('webhook', 'create');
  const update = useWrite('webhook', 'update');
  const [name, setName] = useState(webhook?.name ?? '');
  const [verify, setVerify] = useState<Webhook['verify']>(webhook?.verify ?? 'standard');
  const [secret, setSecret] = useState('');
  const [config, setConfig] = useState<Config>(webhook?.config ?? first);
  const [schema, setSchema] = useState(
    webhook?.config.bodySchema ? JSON.stringify(webhook.config.bodySchema, null, 2) : '',
  );
  const [tried, setTried] = useState(false);
  // undefined = what was typed is no schema
  const bodySchema = schema.trim() === '' ? null : objectIn(schema);
  const error = create.error ?? update.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || bodySchema === undefined) return;
    const settings = { ...config, bodySchema };
    if (webhook)
      update.mutate(
        { webhookId: webhook.id, name: name.trim(), config: settings },
        {
          onSuccess: () => {
            tell(t('triggers.webhook.saved'));
            onClose();
          },
        },
      );
    else {
      const made: Inputs['webhook']['create'] = { flowId, name: name.trim(), verify, config: settings };
      create.mutate(secret.trim() && verify !== 'none' ? { ...made, secret: secret.trim() } : made);
    }
  };
  if (create.data) {
    const { address } = create.data;
    return <CallDialog webhook={{ name, address, verify, config }} secret={create.data.secret} onClose={onClose} />;
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size={600}
      title={webhook ? t('triggers.webhook.editTitle', { name: webhook.name }) : t('triggers.webhooks.new')}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={t('triggers.webhook.name')}
            description={t('triggers.webhook.nameHint')}
            value={name}
            error={tried && name.trim() === '' ? t('triggers.webhook.nameNeeded') : null}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <WebhookFields
            verify={verify}
            onVerify={webhook ? undefined : setVerify}
            secret={secret}
            onSecret={webhook ? undefined : setSecret}
            config={config}
            onConfig={(changed) => setConfig((old) => ({ ...old, ...changed }))}
            schema={schema}
            schemaError={bodySchema === undefined ? t('triggers.webhook.schemaWrong') : null}
            onSchema={setSchema}
          />
          <DialogEnd
            error={error?.message}
            action={t(webhook ? 'triggers.webhook.save' : 'triggers.webhook.create')}
            busy={create.isPending || update.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}
