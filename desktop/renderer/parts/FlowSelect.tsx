import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { type Outputs, useRead } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';

type Named = Outputs['flow']['names']['flows'][number];

interface Props {
  label: string;
  /** the label stands above the field, with what else a form's field has */
  field?: { description?: string; error?: string | null | undefined; disabled?: boolean };
  placeholder?: string;
  /** what is said where there is no flow to choose */
  none?: string;
  /** what flows are known by; default: their ids */
  by?: 'id' | 'slug';
  value: string | null;
  onChange: (value: string | null, flow: Named | undefined) => void;
  /** only flows that can be started */
  published?: boolean;
  /** ids of flows that cannot be chosen */
  without?: readonly string[];
  width?: number | string;
}

/** What the server takes at once. */
const mostWithout = 500;

/** Chooses a flow of however many: the server searches, and the field shows the first that match. */
export function FlowSelect({
  label,
  field,
  placeholder,
  none,
  by = 'id',
  value,
  onChange,
  published,
  without = [],
  width = 180,
}: Props) {
  const t = useT();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const names = useRead(
    'flow',
    'names',
    {
      ...(search && { search }),
      ...(value && (by === 'id' ? { flowIds: [value] } : { slugs: [value] })),
      ...(published && { published }),
      ...(without.length > 0 && { without: without.slice(0, mostWithout) }),
    },
    { keep: true },
  );
  const flows = names.data?.flows ?? [];
  const named = (chosen: string | null) => flows.find((flow) => flow[by] === chosen);
  return (
    <Select
      {...(field ? { label, ...field, allowDeselect: false } : { 'aria-label': label, w: width, clearable: true })}
      placeholder={placeholder}
      searchable
      data={flows.map((flow) => ({ value: flow[by], label: flow.name }))}
      // the server has chosen already
      filter={({ options }) => options}
      nothingFoundMessage={
        names.isFetching ? t('parts.loading') : search ? t('flows.noMatch') : (none ?? t('flows.noMatch'))
      }
      value={value}
      onSearchChange={(text) => setTyped(text === named(value)?.name ? '' : text)}
      onChange={(chosen) => onChange(chosen, named(chosen))}
    />
  );
}
