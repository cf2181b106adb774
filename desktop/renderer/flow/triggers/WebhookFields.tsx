import { Accordion, Checkbox, Group, NumberInput, Select, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useT } from '../../messages/useT.ts';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import type { Webhook } from './examples.ts';

export type Config = Webhook['config'];

const ways = ['standard', 'hmac', 'none'] as const;
const methods = ['POST', 'PUT', 'PATCH', 'DELETE'];
const inputWays = ['names', 'body', 'formula'] as const;
const answers = ['at_once', 'finished'] as const;

interface Props {
  verify: Webhook['verify'];
  /** absent: it cannot be changed any more */
  onVerify: ((verify: Webhook['verify']) => void) | undefined;
  secret: string;
  onSecret: ((secret: string) => void) | undefined;
  config: Config;
  onConfig: (changed: Partial<Config>) => void;
  schema: string;
  schemaError: string | null;
  onSchema: (text: string) => void;
}

/** How a webhook checks and reads what it is sent, and how it answers. */
export function WebhookFields(props: Props) {
  const t = useT();
  const { verify, config, onConfig } = props;
  return (
    <>
      <WithHelp label={t('triggers.webhooks.verify')} help={{ words: 'fieldHelp.webhook.verify' }}>
        <Select
          label={t('triggers.webhooks.verify')}
          data={ways.map((value) => ({ value, label: t(`triggers.webhooks.verify.${value}`) }))}
          value={verify}
          allowDeselect={false}
          disabled={props.onVerify === undefined}
          onChange={(value) => props.onVerify?.((value ?? verify) as Webhook['verify'])}
        />
      </WithHelp>
      {props.onSecret && verify !== 'none' && (
        <TextInput
          label={t('triggers.webhook.given')}
          description={t('triggers.webhook.givenHint')}
          type="password"
          autoComplete="off"
          value={props.secret}
          onChange={(event) => props.onSecret?.(event.currentTarget.value)}
        />
      )}
      {verify === 'hmac' && (
        <HmacFields hmac={config.hmac} onChange={(hmac) => onConfig({ hmac: { ...config.hmac, ...hmac } })} />
      )}
      <InputFields inputs={config.inputs} onChange={(inputs) => onConfig({ inputs })} />
      <WithHelp label={t('triggers.webhook.answer')} help={{ words: 'fieldHelp.webhook.answer' }}>
        <Select
          label={t('triggers.webhook.answer')}
          data={answers.map((value) => ({ value, label: t(`triggers.webhook.answer.${value}`) }))}
          value={config.answer.when}
          allowDeselect={false}
          onChange={(value) =>
            onConfig({ answer: value === 'finished' ? { when: 'finished', seconds: 20 } : { when: 'at_once' } })
          }
        />
      </WithHelp>
      {config.answer.when === 'finished' && (
        <WithHelp label={t('triggers.webhook.seconds')} help={{ words: 'fieldHelp.webhook.seconds' }}>
          <NumberInput
            label={t('triggers.webhook.seconds')}
            value={config.answer.seconds}
            min={1}
            max={60}
            onChange={(value) => onConfig({ answer: { when: 'finished', seconds: Number(value) || 1 } })}
          />
        </WithHelp>
      )}
      <Accordion variant="contained">
        <Accordion.Item value="more">
          <Accordion.Control>{t('triggers.webhook.more')}</Accordion.Control>
          <Accordion.Panel>
            <MoreFields {...props} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </>
  );
}

function HmacFields({ hmac, onChange }: { hmac: Config['hmac']; onChange: (hmac: Partial<Config['hmac']>) => void }) {
  const t = useT();
  return (
    <>
      <Group grow align="flex-start">
        <WithHelp label={t('triggers.webhook.header')} help={{ words: 'fieldHelp.webhook.header' }}>
          <TextInput
            label={t('triggers.webhook.header')}
            value={hmac.header}
            onChange={(event) => onChange({ header: event.currentTarget.value })}
          />
        </WithHelp>
        <WithHelp label={t('triggers.webhook.prefix')} help={{ words: 'fieldHelp.webhook.prefix' }}>
          <TextInput
            label={t('triggers.webhook.prefix')}
            placeholder={t('triggers.webhook.prefixHint')}
            value={hmac.prefix}
            onChange={(event) => onChange({ prefix: event.currentTarget.value })}
          />
        </WithHelp>
      </Group>
      <Group grow align="flex-start">
        <WithHelp label={t('triggers.webhook.algorithm')} help={{ words: 'fieldHelp.webhook.algorithm' }}>
          <Select
            label={t('triggers.webhook.algorithm')}
            data={['sha256', 'sha512']}
            value={hmac.algorithm}
            allowDeselect={false}
            onChange={(value) => onChange({ algorithm: value === 'sha512' ? 'sha512' : 'sha256' })}
          />
        </WithHelp>
        <WithHelp label={t('triggers.webhook.encoding')} help={{ words: 'fieldHelp.webhook.encoding' }}>
          <Select
            label={t('triggers.webhook.encoding')}
            data={['hex', 'base64']}
            value={hmac.encoding}
            allowDeselect={false}
            onChange={(value) => onChange({ encoding: value === 'base64' ? 'base64' : 'hex' })}
          />
        </WithHelp>
      </Group>
      <Group grow align="flex-start">
        <TextInput
          label={t('triggers.webhook.timestampHeader')}
          description={t('triggers.webhook.timestampHint')}
          value={hmac.timestampHeader}
          onChange={(event) => onChange({ timestampHeader: event.currentTarget.value })}
        />
        <TextInput
          label={t('triggers.webhook.signed')}
          description={t('triggers.webhook.signedHint')}
          value={hmac.signed}
          onChange={(event) => onChange({ signed: event.currentTarget.value })}
        />
      </Group>
    </>
  );
}

function InputFields({ inputs, onChange }: { inputs: Config['inputs']; onChange: (inputs: Config['inputs']) => void }) {
  const t = useT();
  return (
    <>
      <WithHelp label={t('triggers.webhook.inputs')} help={{ words: 'fieldHelp.webhook.inputs' }}>
        <Select
          label={t('triggers.webhook.inputs')}
          data={inputWays.map((value) => ({ value, label: t(`triggers.webhook.inputs.${value}`) }))}
          value={inputs.by}
          allowDeselect={false}
          onChange={(value) =>
            onChange(
              value === 'body'
                ? { by: 'body', input: '' }
                : value === 'formula'
                  ? { by: 'formula', formula: '' }
                  : { by: 'names' },
            )
          }
        />
      </WithHelp>
      {inputs.by === 'body' && (
        <WithHelp label={t('triggers.webhook.input')} help={{ words: 'fieldHelp.webhook.input' }}>
          <TextInput
            label={t('triggers.webhook.input')}
            value={inputs.input}
            onChange={(event) => onChange({ by: 'body', input: event.currentTarget.value })}
          />
        </WithHelp>
      )}
      {inputs.by === 'formula' && (
        <WithHelp
          label={t('triggers.webhook.formula')}
          help={{ words: 'fieldHelp.webhook.formula', example: 'fieldHelp.webhook.formula.example' }}
        >
          <Textarea
            label={t('triggers.webhook.formula')}
            autosize
            minRows={2}
            maxRows={10}
            value={inputs.formula}
            onChange={(event) => onChange({ by: 'formula', formula: event.currentTarget.value })}
          />
        </WithHelp>
      )}
    </>
  );
}

function MoreFields({ verify, config, onConfig, schema, schemaError, onSchema }: Props) {
  const t = useT();
  return (
    <Stack gap="md">
      <WithHelp label={t('triggers.webhook.methods')} help={{ words: 'fieldHelp.webhook.methods' }}>
        <Checkbox.Group
          label={t('triggers.webhook.methods')}
          value={config.methods}
          onChange={(value) => onConfig({ methods: value })}
        >
          <Group mt={4}>
            {methods.map((method) => (
              <Checkbox key={method} value={method} label={method} />
            ))}
          </Group>
        </Checkbox.Group>
      </WithHelp>
      <TagsInput
        label={t('triggers.webhook.ips')}
        description={t('triggers.webhook.ipsHint')}
        value={config.allowedIps}
        onChange={(allowedIps) => onConfig({ allowedIps })}
      />
      <WithHelp label={t('triggers.webhook.perMinute')} help={{ words: 'fieldHelp.webhook.perMinute' }}>
        <NumberInput
          label={t('triggers.webhook.perMinute')}
          value={config.perMinute}
          min={1}
          max={100_000}
          onChange={(value) => onConfig({ perMinute: Number(value) || 1 })}
        />
      </WithHelp>
      <NumberInput
        label={t('triggers.webhook.replay')}
        description={t('triggers.webhook.replayHint')}
        value={config.replaySeconds}
        min={0}
        max={86_400}
        onChange={(value) => onConfig({ replaySeconds: Number(value) || 0 })}
      />
      {verify !== 'standard' && (
        <TextInput
          label={t('triggers.webhook.idHeader')}
          description={t('triggers.webhook.idHeaderHint')}
          value={config.idHeader}
          onChange={(event) => onConfig({ idHeader: event.currentTarget.value })}
        />
      )}
      <WithHelp label={t('triggers.webhook.schema')} help={{ words: 'fieldHelp.webhook.schema' }}>
        <Textarea
          label={t('triggers.webhook.schema')}
          autosize
          minRows={2}
          maxRows={12}
          value={schema}
          error={schemaError}
          onChange={(event) => onSchema(event.currentTarget.value)}
        />
      </WithHelp>
    </Stack>
  );
}
