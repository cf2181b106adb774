import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useMe, useRead } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';

interface Props {
  label: string;
  placeholder: string;
  /** what oneself is called, first of all; absent: by name like the others */
  self?: string;
  value: string | null;
  onChange: (userId: string | null) => void;
  width?: number;
}

/** Chooses a person of however many: the server searches. Who may not see the people can choose themselves. */
export function PersonSelect({ label, placeholder, self, value, onChange, width = 150 }: Props) {
  const t = useT();
  const { me, may } = useMe();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const list = useRead(
    'person',
    'list',
    { limit: 50, ...(search && { search }), ...(value && { userIds: [value] }) },
    { enabled: may('people.manage'), keep: true },
  );
  const people = list.data?.people ?? [];
  const data = people
    .filter((person) => self === undefined || person.id !== me?.user.id)
    .map((person) => ({ value: person.id, label: person.name }));
  if (self !== undefined && me) data.unshift({ value: me.user.id, label: self });
  if (value && !data.some((one) => one.value === value)) data.push({ value, label: t('runs.byOther') });
  const nameOf = (id: string | null) => data.find((one) => one.value === id)?.label;
  return (
    <Select
      aria-label={label}
      placeholder={placeholder}
      w={width}
      clearable
      searchable
      data={data}
      // the server has chosen already; what is put before its answer goes by the same words
      filter={({ options, search: words }) =>
        self === undefined || words === nameOf(value)
          ? options
          : options.filter(
              (option) =>
                !('value' in option) ||
                option.value !== me?.user.id ||
                option.label.toLowerCase().includes(words.trim().toLowerCase()),
            )
      }
      nothingFoundMessage={list.isFetching ? t('parts.loading') : t('parts.nobody')}
      value={value}
      onSearchChange={(text) => setTyped(text === nameOf(value) ? '' : text)}
      onChange={onChange}
    />
  );
}
