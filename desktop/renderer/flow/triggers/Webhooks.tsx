import { ActionIcon, Button, Menu, Switch } from '@mantine/core';
import { IconDots, IconKey, IconList, IconPencil, IconPlayerPlay, IconTrash, IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { ListPanel } from '../../parts/ListPanel.tsx';
import { tell, tellFailure } from '../../parts/tell.ts';
import { When } from '../../parts/When.tsx';
import { CallDialog } from './CallDialog.tsx';
import { DeliveriesDialog } from './DeliveriesDialog.tsx';
import type { Webhook } from './examples.ts';
import { RotateDialog } from './RotateDialog.tsx';
import { WebhookDialog } from './WebhookDialog.tsx';

type Asking = { what: 'new' } | { what: 'edit' | 'calls' | 'how' | 'rotate' | 'remove'; webhook: Webhook };

/** The webhooks of a flow. */
export function Webhooks({ flowId }: { flowId: string }) {
  const t = useT();
  const list = useRead('webhook', 'list', { flowId }, { refetchInterval: 30_000 });
  const remove = useWrite('webhook', 'remove');
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => setAsking(null);
  const webhooks = list.data?.webhooks ?? [];
  return (
    <ListPanel
      title={t('triggers.webhooks')}
      list={list}
      empty={{ icon: IconWebhook, title: t('triggers.webhooks.empty'), words: t('triggers.webhooks.emptyWords') }}
      add={{ label: t('triggers.webhooks.new'), run: () => setAsking({ what: 'new' }) }}
      rows={webhooks.map((webhook) => <Row key={webhook.id} webhook={webhook} onAsk={setAsking} />)}
    >
      {asking?.what === 'new' && <WebhookDialog flowId={flowId} onClose={close} />}
      {asking?.what === 'edit' && <WebhookDialog flowId={flowId} webhook={asking.webhook} onClose={close} />}
      {asking?.what === 'calls' && <DeliveriesDialog webhook={asking.webhook} onClose={close} />}
      {asking?.what === 'how' && <CallDialog webhook={asking.webhook} onClose={close} />}
      {asking?.what === 'rotate' && <RotateDialog webhook={asking.webhook} onClose={close} />}
      {asking?.what === 'remove' && (
        <ConfirmDialog
          title={t('triggers.webhooks.removeTitle', { name: asking.webhook.name })}
          words={t('triggers.webhooks.removeWords')}
          action={t('triggers.remove')}
          busy={remove.isPending}
          error={remove.error?.message}
          onClose={close}
          onYes={() =>
            remove.mutate(
              { webhookId: asking.webhook.id },
              {
                onSuccess: () => {
                  tell(t('triggers.removed'));
                  close();
                },
              },
            )
          }
        />
      )}
    </ListPanel>
  );
}

function Row({ webhook, onAsk }: { webhook: Webhook; onAsk: (asking: Asking) => void }) {
  const t = useT();
  const update = useWrite('webhook', 'update');
  const { name } = webhook;
  return (
    <div className="panel-row">
      <div className="grow">
        <div>{name}</div>
        <div className="dim small">{t(`triggers.webhooks.verify.${webhook.verify}`)}</div>
      </div>
      {webhook.refusedToday > 0 && (
        <button type="button" className="badge tone-bad" onClick={() => onAsk({ what: 'calls', webhook })}>
          {t('triggers.webhooks.refusedToday', { count: webhook.refusedToday })}
        </button>
      )}
      <span className="dim small nowrap">
        {webhook.last ? <When at={webhook.last.at} /> : t('triggers.webhooks.never')}
      </span>
      <Button size="xs" variant="subtle" onClick={() => onAsk({ what: 'how', webhook })}>
        {t('triggers.webhooks.how')}
      </Button>
      <Switch
        aria-label={t('triggers.turnOn', { name })}
        checked={webhook.enabled}
        disabled={update.isPending}
        onChange={(event) =>
          update.mutate(
            { webhookId: webhook.id, enabled: event.currentTarget.checked },
            { onError: (error) => tellFailure(error, t('parts.error.title')) },
          )
        }
      />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={t('triggers.actions', { name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconList size={16} />} onClick={() => onAsk({ what: 'calls', webhook })}>
            {t('triggers.webhooks.calls')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => onAsk({ what: 'how', webhook })}>
            {t('triggers.webhooks.how')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onAsk({ what: 'edit', webhook })}>
            {t('triggers.webhook.edit')}
          </Menu.Item>
          {webhook.verify !== 'none' && (
            <Menu.Item leftSection={<IconKey size={16} />} onClick={() => onAsk({ what: 'rotate', webhook })}>
              {t('triggers.webhooks.rotate')}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconTrash size={16} />}
            color="red"
            onClick={() => onAsk({ what: 'remove', webhook })}
          >
            {t('triggers.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
