import { Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useT } from '../../messages/useT.ts';
import { DurationField } from '../../parts/DurationField.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { type Often, type PresetName, presetNames } from './presets.ts';

const weekdays = ['1', '2', '3', '4', '5', '6', '0'] as const;

/** How often, in words; an expression for those who want one. */
export function OftenFields({
  often,
  error,
  onChange,
}: {
  often: Often;
  error: string | null;
  onChange: (often: Often) => void;
}) {
  const t = useT();
  const timed = ['daily', 'weekdays', 'weekly', 'monthly'].includes(often.preset);
  return (
    <>
      <Group grow align="flex-start" gap="sm">
        <WithHelp label={t('schedules.preset')} help={{ words: 'fieldHelp.schedule.preset' }}>
          <Select
            label={t('schedules.preset')}
            data={presetNames.map((value) => ({ value, label: t(`schedules.preset.${value}`) }))}
            value={often.preset}
            allowDeselect={false}
            onChange={(value) => onChange({ ...often, preset: (value ?? often.preset) as PresetName })}
          />
        </WithHelp>
        {often.preset === 'weekly' && (
          <WithHelp label={t('schedules.weekday')} help={{ words: 'fieldHelp.schedule.weekday' }}>
            <Select
              label={t('schedules.weekday')}
              data={weekdays.map((value) => ({ value, label: t(`schedules.weekday.${value}`) }))}
              value={often.weekday}
              allowDeselect={false}
              onChange={(value) => onChange({ ...often, weekday: value ?? often.weekday })}
            />
          </WithHelp>
        )}
        {often.preset === 'monthly' && (
          <WithHelp label={t('schedules.dayOfMonth')} help={{ words: 'fieldHelp.schedule.dayOfMonth' }}>
            <NumberInput
              label={t('schedules.dayOfMonth')}
              min={1}
              max={31}
              clampBehavior="strict"
              value={often.day}
              onChange={(value) => onChange({ ...often, day: Number(value) || 1 })}
            />
          </WithHelp>
        )}
        {timed && (
          <WithHelp label={t('schedules.at')} help={{ words: 'fieldHelp.schedule.at' }}>
            <TextInput
              label={t('schedules.at')}
              type="time"
              value={often.time}
              error={error}
              onChange={(event) => onChange({ ...often, time: event.currentTarget.value })}
            />
          </WithHelp>
        )}
      </Group>
      {often.preset === 'every' && (
        <WithHelp label={t('schedules.every')} help={{ words: 'fieldHelp.schedule.every' }}>
          <DurationField
            label={t('schedules.every')}
            seconds={often.every ?? undefined}
            unit="minutes"
            onCommit={(every) => onChange({ ...often, every: every ?? null })}
          />
        </WithHelp>
      )}
      {often.preset === 'once' && (
        <WithHelp label={t('schedules.once')} help={{ words: 'fieldHelp.schedule.once' }}>
          <TextInput
            label={t('schedules.once')}
            type="datetime-local"
            value={often.moment}
            error={error}
            onChange={(event) => onChange({ ...often, moment: event.currentTarget.value })}
          />
        </WithHelp>
      )}
      {often.preset === 'custom' && (
        <TextInput
          label={t('schedules.cron')}
          description={t('schedules.cronHint')}
          value={often.cron}
          error={error}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onChange={(event) => onChange({ ...often, cron: event.currentTarget.value })}
        />
      )}
    </>
  );
}
