import { Button, Select, TextInput } from '@mantine/core';
import { IconFilterOff, IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useT } from '../messages/useT.ts';
import { type Filters, useTypedFilter } from './useFilters.ts';

interface Props<N extends string> {
  filters: Filters<N | 'search'>;
  /** what is searched for */
  search: string;
  /** the choices beside the search */
  children?: ReactNode;
}

/** The filters over a list: a search, some choices, and the button that takes all of them back. */
export function ListFilters<N extends string>({ filters, search, children }: Props<N>) {
  const t = useT();
  const { typed, setTyped } = useTypedFilter(filters.value('search'), (text) => filters.set('search', text));
  return (
    <search className="filters">
      <TextInput
        w={240}
        aria-label={search}
        placeholder={search}
        leftSection={<IconSearch size={15} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {children}
      {filters.count > 0 && (
        <Button variant="subtle" leftSection={<IconFilterOff size={16} />} onClick={filters.clear}>
          {t('runs.clear')}
        </Button>
      )}
    </search>
  );
}

interface ChoiceProps<N extends string> {
  filters: Filters<N>;
  name: N;
  label: string;
  /** what stands there while nothing is chosen */
  any: string;
  data: { value: string; label: string }[];
  width?: number;
}

/** One choice among the filters over a list. */
export function FilterChoice<N extends string>({ filters, name, label, any, data, width = 150 }: ChoiceProps<N>) {
  const value = filters.value(name);
  return (
    <Select
      aria-label={label}
      placeholder={any}
      w={width}
      clearable
      data={data}
      value={data.some((one) => one.value === value) ? (value ?? null) : null}
      onChange={(chosen) => filters.set(name, chosen)}
    />
  );
}
