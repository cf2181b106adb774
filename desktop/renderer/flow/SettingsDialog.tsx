import { Group, Modal, Select, Stack, Text } from '@mantine/core';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Retention } from '@rondo/shared/runs/settings.ts';
import { runPriorities } from '@rondo/shared/runs/settings.ts';
import { useState } from 'react';
import { useWrite } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';
import { DialogEnd } from '../parts/DialogEnd.tsx';
import { DurationField } from '../parts/DurationField.tsx';
import { WithHelp } from '../parts/FieldHelp.tsx';
import { NumberField } from '../parts/NumberField.tsx';
import { tell } from '../parts/tell.ts';
import type { FlowRecord } from './flowApi.ts';
import { SettingsKey } from './SettingsKey.tsx';
import { type EditedSettings, settingsToSave } from './settings.ts';

interface Props {
  record: FlowRecord;
  /** the flow's inputs, for trying the key's expression */
  inputs: JsonObject[];
  onSaved: () => void;
  onClose: () => void;
}

/** "Run settings": how runs of this flow are governed here; nothing of it goes into the document. */
export function SettingsDialog({ record, inputs, onSaved, onClose }: Props) {
  const t = useT();
  const [settings, setSettings] = useState<EditedSettings>(record.settings);
  const configure = useWrite('flow', 'configure', ['flow', 'run']);
  const set = (change: EditedSettings) => setSettings((old) => ({ ...old, ...change }));
  const limit = (change: EditedSettings['limits']) =>
    setSettings((old) => ({ ...old, limits: { ...old.limits, ...change } }));
  const limits = settings.limits ?? {};
  const save = () =>
    configure.mutate(
      { flowId: record.id, settings: settingsToSave(settings) },
      {
        onSuccess: () => {
          tell(t('flow.settings.saved'));
          onSaved();
        },
      },
    );
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={
        <div>
          <div className="dialog-title">{t('flow.settings.title')}</div>
          <div className="dialog-subtitle">{t('flow.settings.subtitle', { name: record.name })}</div>
        </div>
      }
    >
      <Stack gap="md">
        <h3 className="title-3">{t('flow.settings.limits')}</h3>
        <Group grow align="flex-start">
          <WithHelp label={t('flow.settings.atOnce')} help={{ words: 'fieldHelp.settings.atOnce' }}>
            <NumberField
              label={t('flow.settings.atOnce')}
              placeholder={t('flow.settings.noLimit')}
              value={limits.atOnce}
              optional
              min={1}
              max={100_000}
              onCommit={(atOnce) => limit({ atOnce })}
            />
          </WithHelp>
          <WithHelp label={t('flow.settings.perMinute')} help={{ words: 'fieldHelp.settings.perMinute' }}>
            <NumberField
              label={t('flow.settings.perMinute')}
              placeholder={t('flow.settings.noLimit')}
              value={limits.perMinute}
              optional
              min={1}
              max={1_000_000}
              onCommit={(perMinute) => limit({ perMinute })}
            />
          </WithHelp>
        </Group>
        <SettingsKey
          expression={limits.key ?? ''}
          atOncePerKey={limits.atOncePerKey}
          inputs={inputs}
          onChange={(key, atOncePerKey) => limit({ key, atOncePerKey })}
        />
        <Text size="sm" c="dimmed">
          {t('flow.settings.limitsWords')}
        </Text>
        <Select
          label={t('flow.settings.priority')}
          description={t('flow.settings.priorityHelp')}
          data={runPriorities.map((value) => ({ value, label: t(`flow.settings.priority.${value}`) }))}
          value={settings.priority ?? 'normal'}
          allowDeselect={false}
          onChange={(value) => {
            const priority = runPriorities.find((one) => one === value);
            if (priority) set({ priority });
          }}
        />
        <h3 className="title-3">{t('flow.settings.times')}</h3>
        <DurationField
          label={t('flow.settings.timeLimit')}
          description={t('flow.settings.timeLimitHelp')}
          placeholder={t('flow.settings.workspaceDefault')}
          seconds={settings.runTimeLimitSeconds}
          unit="hours"
          optional
          min={1}
          max={31_536_000}
          onCommit={(runTimeLimitSeconds) => set({ runTimeLimitSeconds })}
        />
        <DurationField
          label={t('flow.settings.waitingLong')}
          description={t('flow.settings.waitingLongHelp')}
          placeholder={t('flow.settings.workspaceDefault')}
          seconds={settings.waitingLongSeconds}
          unit="days"
          optional
          min={60}
          max={31_536_000}
          onCommit={(waitingLongSeconds) => set({ waitingLongSeconds })}
        />
        <h3 className="title-3">{t('flow.settings.retention')}</h3>
        <WithHelp label={t('flow.settings.values')} help={{ words: 'fieldHelp.retention.values' }}>
          <RetentionField
            label={t('flow.settings.values')}
            days={settings.retention?.valuesDays}
            onChange={(valuesDays) => set({ retention: withDays(settings.retention, 'valuesDays', valuesDays) })}
          />
        </WithHelp>
        <WithHelp label={t('flow.settings.journal')} help={{ words: 'fieldHelp.retention.journal' }}>
          <RetentionField
            label={t('flow.settings.journal')}
            days={settings.retention?.journalDays}
            onChange={(journalDays) => set({ retention: withDays(settings.retention, 'journalDays', journalDays) })}
          />
        </WithHelp>
        <Text size="sm" c="dimmed">
          {t('flow.settings.retentionWords')}
        </Text>
        <DialogEnd
          error={configure.error?.message}
          action={t('parts.save')}
          busy={configure.isPending}
          onAction={save}
          onClose={onClose}
        />
      </Stack>
    </Modal>
  );
}

/** Days to keep: undefined leaves it to the workspace, null is for ever. */
function withDays(old: Retention | undefined, field: keyof Retention, days: number | null | undefined): Retention {
  const { [field]: _gone, ...rest } = old ?? {};
  return days === undefined ? rest : { ...rest, [field]: days };
}

const choices = ['workspace', 'days', 'ever'] as const;

interface RetentionProps {
  label: string;
  days: number | null | undefined;
  onChange: (days: number | null | undefined) => void;
}

function RetentionField({ label, days, onChange }: RetentionProps) {
  const t = useT();
  const choice = days === undefined ? 'workspace' : days === null ? 'ever' : 'days';
  return (
    <Group grow align="flex-end">
      <Select
        label={label}
        data={choices.map((value) => ({ value, label: t(`flow.settings.keep.${value}`) }))}
        value={choice}
        allowDeselect={false}
        onChange={(value) => onChange(value === 'ever' ? null : value === 'days' ? (days ?? 90) : undefined)}
      />
      {choice === 'days' && (
        <NumberField
          label={t('flow.settings.daysOf', { label })}
          hideLabel
          suffix={t('flow.settings.daysSuffix')}
          value={days ?? undefined}
          max={36_500}
          onCommit={(next) => next !== undefined && onChange(next)}
        />
      )}
    </Group>
  );
}
