import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Outputs, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { CopyField } from '../../parts/CopyField.tsx';
import { DialogEnd } from '../../parts/DialogEnd.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { FlowSelect } from '../../parts/FlowSelect.tsx';
import { tell } from '../../parts/tell.ts';

type Rules = Outputs['notification']['rules'];
export type Rule = Rules['rules'][number];
type Kind = Rule['kinds'][number];
type Channel = Rule['channels'][number];

const kinds: Kind[] = ['run_failed', 'waiting_long', 'fire_missed'];
const channels: Channel[] = ['app', 'email', 'webhook'];

interface Props {
  /** undefined: a new one, for a flow that is chosen here */
  flow: { id: string | null; name: string } | undefined;
  rule: Rule | undefined;
  /** flows that have a rule already */
  taken: readonly string[];
  hasMail: boolean;
  onClose: () => void;
}

/** What somebody wants to be told of one flow, or of all others, and how. */
export function RuleDialog({ flow, rule, taken, hasMail, onClose }: Props) {
  const t = useT();
  const save = useWrite('notification', 'setRule');
  const [chosen, setChosen] = useState<string | null>(null);
  const [wanted, setWanted] = useState<Kind[]>(rule?.kinds ?? kinds);
  const [ways, setWays] = useState<Channel[]>(rule?.channels ?? ['app']);
  const [address, setAddress] = useState(rule?.webhookUrl ?? '');
  const [newSecret, setNewSecret] = useState(false);
  const [tried, setTried] = useState(false);
  const flowId = flow ? flow.id : chosen;
  const noFlow = flow === undefined && chosen === null;
  const url = address.trim();
  const noAddress = ways.includes('webhook') && !/^https?:\/\/[^/]/.test(url);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (noFlow || noAddress) return;
    const webhookUrl = ways.includes('webhook') ? url : null;
    save.mutate(
      { flowId, kinds: wanted, channels: ways, webhookUrl, newSecret },
      {
        onSuccess: ({ secret }) => {
          tell(t('notifications.rules.saved'));
          if (secret === null) onClose();
        },
      },
    );
  };
  const secret = save.data?.secret;
  if (secret)
    return (
      <Modal opened onClose={onClose} size={560} title={t('notifications.rules.secret')}>
        <Stack gap="md">
          <CopyField
            label={t('notifications.rules.secret')}
            value={secret}
            description={t('notifications.rules.secretOnce')}
          />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('notifications.rules.done')}</Button>
          </Group>
        </Stack>
      </Modal>
    );
  return (
    <Modal
      opened
      onClose={onClose}
      size={520}
      title={flow ? t('notifications.rules.dialog', { flow: flow.name }) : t('notifications.rules.dialogNew')}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {flow === undefined && (
            <WithHelp label={t('notifications.rules.flow')} help={{ words: 'fieldHelp.rule.flow' }}>
              <FlowSelect
                label={t('notifications.rules.flow')}
                field={{ error: tried && noFlow ? t('notifications.rules.flowNeeded') : null }}
                without={taken}
                value={chosen}
                onChange={setChosen}
              />
            </WithHelp>
          )}
          <WithHelp label={t('notifications.rules.kinds')} help={{ words: 'fieldHelp.rule.kinds' }}>
            <Checkbox.Group
              label={t('notifications.rules.kinds')}
              value={wanted}
              onChange={(value) => setWanted(value as Kind[])}
            >
              <Stack gap={6} mt={4}>
                {kinds.map((kind) => (
                  <Checkbox key={kind} value={kind} label={t(`notifications.kind.${kind}`)} />
                ))}
              </Stack>
            </Checkbox.Group>
          </WithHelp>
          <WithHelp label={t('notifications.rules.channels')} help={{ words: 'fieldHelp.rule.channels' }}>
            <Checkbox.Group
              label={t('notifications.rules.channels')}
              value={ways}
              onChange={(value) => setWays(value as Channel[])}
            >
              <Stack gap={6} mt={4}>
                {channels.map((channel) => (
                  <Checkbox
                    key={channel}
                    value={channel}
                    label={t(`notifications.channel.${channel}`)}
                    disabled={channel === 'email' && !hasMail && !ways.includes('email')}
                    description={channel === 'email' && !hasMail ? t('notifications.rules.noMail') : undefined}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
          </WithHelp>
          {ways.includes('webhook') && (
            <TextInput
              label={t('notifications.rules.webhook')}
              description={t('notifications.rules.webhookWords')}
              type="url"
              value={address}
              error={tried && noAddress ? t('notifications.rules.webhookNeeded') : null}
              onChange={(event) => setAddress(event.currentTarget.value)}
            />
          )}
          {ways.includes('webhook') && rule?.webhookUrl && (
            <WithHelp label={t('notifications.rules.newSecret')} help={{ words: 'fieldHelp.rule.newSecret' }}>
              <Checkbox
                label={t('notifications.rules.newSecret')}
                checked={newSecret}
                onChange={(event) => setNewSecret(event.currentTarget.checked)}
              />
            </WithHelp>
          )}
          <DialogEnd error={save.error?.message} action={t('parts.save')} busy={save.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
