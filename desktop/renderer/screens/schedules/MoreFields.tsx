import { Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useT } from '../../messages/useT.ts';
import { DurationField } from '../../parts/DurationField.tsx';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import type { Schedule } from './schedule.ts';

/** How fires are made, and between which days. */
export interface More {
  /** YYYY-MM-DD; empty = no limit */
  firstDay: string;
  lastDay: string;
  jitterSeconds: number | undefined;
  overlap: Schedule['overlap'];
  missed: Schedule['missed'];
  missedMost: number;
}

/** What a schedule has, or what a new one begins with. */
export function moreOf(schedule: Schedule | undefined): More {
  return {
    firstDay: schedule?.firstDay ?? '',
    lastDay: schedule?.lastDay ?? '',
    jitterSeconds: schedule?.jitterSeconds || undefined,
    overlap: schedule?.overlap ?? 'run',
    missed: schedule?.missed ?? 'latest',
    missedMost: schedule?.missedMost ?? 10,
  };
}

const overlaps = ['run', 'skip', 'queue', 'stop'] as const;
const policies = ['latest', 'all', 'none'] as const;

/** What seldom is another thing than at first: folded away, in plain words. */
export function MoreFields({ more, onChange }: { more: More; onChange: (more: More) => void }) {
  const t = useT();
  const set = (part: Partial<More>) => onChange({ ...more, ...part });
  return (
    <details className="schedule-more">
      <summary>{t('schedules.more')}</summary>
      <div className="schedule-more-fields">
        <Group grow align="flex-start" gap="sm">
          <WithHelp label={t('schedules.firstDay')} help={{ words: 'fieldHelp.schedule.firstDay' }}>
            <TextInput
              label={t('schedules.firstDay')}
              type="date"
              value={more.firstDay}
              onChange={(event) => set({ firstDay: event.currentTarget.value })}
            />
          </WithHelp>
          <WithHelp label={t('schedules.lastDay')} help={{ words: 'fieldHelp.schedule.lastDay' }}>
            <TextInput
              label={t('schedules.lastDay')}
              type="date"
              value={more.lastDay}
              onChange={(event) => set({ lastDay: event.currentTarget.value })}
            />
          </WithHelp>
        </Group>
        <WithHelp label={t('schedules.overlap')} help={{ words: 'fieldHelp.schedule.overlap' }}>
          <Select
            label={t('schedules.overlap')}
            data={overlaps.map((value) => ({ value, label: t(`schedules.overlap.${value}`) }))}
            value={more.overlap}
            allowDeselect={false}
            onChange={(value) => set({ overlap: overlaps.find((one) => one === value) ?? more.overlap })}
          />
        </WithHelp>
        <Group grow align="flex-start" gap="sm">
          <WithHelp label={t('schedules.missed')} help={{ words: 'fieldHelp.schedule.missed' }}>
            <Select
              label={t('schedules.missed')}
              data={policies.map((value) => ({ value, label: t(`schedules.missed.${value}`) }))}
              value={more.missed}
              allowDeselect={false}
              onChange={(value) => set({ missed: policies.find((one) => one === value) ?? more.missed })}
            />
          </WithHelp>
          {more.missed === 'all' && (
            <WithHelp label={t('schedules.missedMost')} help={{ words: 'fieldHelp.schedule.missedMost' }}>
              <NumberInput
                label={t('schedules.missedMost')}
                min={1}
                max={1000}
                value={more.missedMost}
                onChange={(value) => set({ missedMost: Number(value) || 1 })}
              />
            </WithHelp>
          )}
        </Group>
        <DurationField
          label={t('schedules.jitter')}
          description={t('schedules.jitterHint')}
          optional
          unit="minutes"
          seconds={more.jitterSeconds}
          onCommit={(jitterSeconds) => set({ jitterSeconds })}
        />
      </div>
    </details>
  );
}
