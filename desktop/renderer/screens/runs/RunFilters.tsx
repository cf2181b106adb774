import { Button, Select, TextInput } from '@mantine/core';
import { runTriggers } from '@rondo/shared/runs/events.ts';
import { runStates } from '@rondo/shared/runs/states.ts';
import { IconFilterOff, IconSearch } from '@tabler/icons-react';
import { useT } from '../../messages/useT.ts';
import { FlowSelect } from '../../parts/FlowSelect.tsx';
import { PersonSelect } from '../../parts/PersonSelect.tsx';
import type { FilterName } from './runFilters.ts';

interface Props {
  params: URLSearchParams;
  typed: string;
  onType: (text: string) => void;
  set: (name: FilterName, value: string | null) => void;
  filtered: boolean;
  onClear: () => void;
}

/** The filters over the list of runs. */
export function RunFilters({ params, typed, onType, set, filtered, onClear }: Props) {
  const t = useT();
  return (
    <div className="filters">
      <TextInput
        aria-label={t('runs.search')}
        placeholder={t('runs.search')}
        leftSection={<IconSearch size={16} />}
        w={220}
        value={typed}
        onChange={(event) => onType(event.currentTarget.value)}
      />
      <FlowSelect
        label={t('runs.flow')}
        placeholder={t('runs.anyFlow')}
        value={params.get('flow')}
        onChange={(value) => set('flow', value)}
      />
      <Select
        aria-label={t('runs.state')}
        placeholder={t('runs.anyState')}
        data={runStates.map((value) => ({ value, label: t(`parts.state.${value}`) }))}
        value={params.get('state')}
        onChange={(value) => set('state', value)}
        clearable
        w={130}
      />
      <PersonSelect
        label={t('runs.by')}
        placeholder={t('runs.anybody')}
        self={t('runs.byMe')}
        value={params.get('by')}
        onChange={(value) => set('by', value)}
      />
      <Select
        aria-label={t('runs.from')}
        placeholder={t('runs.anyTrigger')}
        data={runTriggers.map((value) => ({ value, label: t(`runs.trigger.${value}`) }))}
        value={params.get('trigger')}
        onChange={(value) => set('trigger', value)}
        clearable
        w={160}
      />
      <span className="date-range">
        <TextInput
          type="date"
          aria-label={t('runs.fromDay')}
          title={t('runs.fromDay')}
          value={params.get('from') ?? ''}
          max={params.get('to') ?? undefined}
          onChange={(event) => set('from', event.currentTarget.value || null)}
        />
        <span aria-hidden="true">{'–'}</span>
        <TextInput
          type="date"
          aria-label={t('runs.toDay')}
          title={t('runs.toDay')}
          value={params.get('to') ?? ''}
          min={params.get('from') ?? undefined}
          onChange={(event) => set('to', event.currentTarget.value || null)}
        />
      </span>
      {filtered && (
        <Button variant="subtle" leftSection={<IconFilterOff size={16} />} onClick={onClear}>
          {t('runs.clear')}
        </Button>
      )}
    </div>
  );
}
