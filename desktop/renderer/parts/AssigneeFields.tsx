import { TagsInput, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type Assignment, isForEveryone } from '@rondo/shared/runs/assignment.ts';
import { useState } from 'react';
import { useRead } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';
import { WithHelp } from './FieldHelp.tsx';
import './assignee.css';

interface Props {
  value: Assignment;
  onChange: (value: Assignment) => void;
  /** said where nobody is named */
  everyone: string;
  /** said of names that are nobody's here */
  unknown: (names: string) => string;
  disabled?: boolean;
}

const isTemplate = (text: string) => text.includes('{{');

/** Chooses groups and people by their names, which the server finds; what it does not know stays, and is said. */
export function AssigneeFields({ value, onChange, everyone, unknown, disabled = false }: Props) {
  const t = useT();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const check = [...value.people, ...value.groups].filter((text) => !isTemplate(text)).slice(0, 200);
  const found = useRead(
    'assignee',
    'list',
    { ...(search && { search }), ...(check.length > 0 && { check }) },
    { enabled: !disabled, keep: true },
  );
  const names = new Map(found.data?.people.map(({ name, email }) => [email, name]));
  const strangers = found.data?.unknown.filter((text) => check.includes(text)) ?? [];
  const nobody = isForEveryone(value);
  return (
    <>
      <WithHelp label={t('parts.assignee.groups')} help={{ words: 'fieldHelp.assignee.groups' }}>
        <TagsInput
          label={t('parts.assignee.groups')}
          placeholder={nobody ? everyone : undefined}
          data={found.data?.groups.map(({ name }) => name) ?? []}
          // the server has chosen already
          filter={({ options }) => options}
          value={value.groups}
          disabled={disabled}
          onSearchChange={setTyped}
          onChange={(groups) => onChange({ ...value, groups })}
        />
      </WithHelp>
      <WithHelp label={t('parts.assignee.people')} help={{ words: 'fieldHelp.assignee.people' }}>
        <TagsInput
          label={t('parts.assignee.people')}
          placeholder={nobody ? t('parts.assignee.peopleHint') : undefined}
          data={found.data?.people.map(({ email }) => email) ?? []}
          filter={({ options }) => options}
          renderOption={({ option }) => (
            <span>
              {names.get(option.value) ?? option.value}
              {names.has(option.value) && (
                <Text span size="sm" c="dimmed">
                  {' '}
                  {option.value}
                </Text>
              )}
            </span>
          )}
          value={value.people}
          disabled={disabled}
          onSearchChange={setTyped}
          onChange={(people) => onChange({ ...value, people })}
        />
      </WithHelp>
      <div role="status">
        {strangers.length > 0 && <p className="assignee-unknown">{unknown(strangers.join(', '))}</p>}
      </div>
    </>
  );
}
