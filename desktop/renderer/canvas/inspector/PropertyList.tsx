import { ActionIcon, Button, Collapse, NumberInput, Select, TagsInput } from '@mantine/core';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { IconChevronDown, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { freeTitle } from '../dataGestures.ts';
import { titleOf } from '../gesture.ts';
import { LineField } from './fields.tsx';
import type { TypeChoice } from './types.ts';
import { choiceOf, typeChoices, typeName, withType } from './types.ts';

interface Props {
  properties: JsonObject[];
  editable: boolean;
  /** the word for a new one: "value", "input" */
  newName: string;
  addLabel: string;
  /** may a default be given? A value with a default need not be filled in */
  defaults?: boolean;
  onChange: (list: JsonObject[], renamed?: { from: string; to: string }[]) => void;
}

/** The list of a step's inputs or outputs: name, type, and under "more" the default and the description. */
export function PropertyList({ properties, editable, newName, addLabel, defaults, onChange }: Props) {
  const t = useT();
  const replace = (index: number, property: JsonObject, renamed?: { from: string; to: string }[]) =>
    onChange(properties.with(index, property), renamed);
  return (
    <div className="property-list">
      {properties.map((property, index) => (
        <PropertyRow
          // a row is its place: a rename keeps the focus in it
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
          key={index}
          property={property}
          editable={editable}
          defaults={defaults ?? false}
          onChange={(next) => replace(index, next)}
          onRename={(wanted) => {
            const from = titleOf(property);
            const others = properties.filter((_, other) => other !== index).map(titleOf);
            const to = freeTitle(wanted, others);
            if (to !== from) replace(index, { ...property, title: to }, [{ from, to }]);
          }}
          onRemove={() => onChange(properties.toSpliced(index, 1))}
        />
      ))}
      {properties.length === 0 && <p className="faint">{t('canvas.noneYet')}</p>}
      {editable && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() =>
            onChange([...properties, { title: freeTitle(newName, properties.map(titleOf)), type: 'string' }])
          }
        >
          {addLabel}
        </Button>
      )}
    </div>
  );
}

interface RowProps {
  property: JsonObject;
  editable: boolean;
  defaults: boolean;
  onChange: (property: JsonObject) => void;
  onRename: (title: string) => void;
  onRemove: () => void;
}

function PropertyRow({ property, editable, defaults, onChange, onRename, onRemove }: RowProps) {
  const t = useT();
  const [more, setMore] = useState(false);
  const choice = choiceOf(property);
  const title = titleOf(property);
  const options = [
    ...typeChoices.map((value) => ({ value: value as string, label: t(`canvas.type.${value}`) })),
    ...(choice ? [] : [{ value: 'custom', label: typeName(property, t) }]),
  ];
  return (
    <div className="property-row">
      <div className="property-main">
        <LineField label={t('canvas.property.name')} hideLabel value={title} onCommit={onRename} disabled={!editable} />
        <Select
          aria-label={t('canvas.property.typeOf', { name: title })}
          data={options}
          value={choice ?? 'custom'}
          disabled={!editable}
          allowDeselect={false}
          w={120}
          comboboxProps={{ width: 170, position: 'bottom-end' }}
          onChange={(value) => value && value !== 'custom' && onChange(withType(property, value as TypeChoice))}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('canvas.property.more', { name: title })}
          aria-expanded={more}
          onClick={() => setMore(!more)}
        >
          <IconChevronDown size={16} stroke={1.75} style={more ? { transform: 'rotate(180deg)' } : {}} />
        </ActionIcon>
        {editable && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('canvas.property.remove', { name: title })}
            onClick={onRemove}
          >
            <IconTrash size={15} stroke={1.75} />
          </ActionIcon>
        )}
      </div>
      {choice === 'choice' && (
        <TagsInput
          aria-label={t('canvas.property.choices', { name: title })}
          placeholder={t('canvas.property.addChoice')}
          value={(Array.isArray(property.enum) ? property.enum : []).map(String)}
          disabled={!editable}
          onChange={(values) => onChange({ ...property, enum: values })}
        />
      )}
      <Collapse expanded={more}>
        <div className="property-more">
          <LineField
            label={t('canvas.property.description')}
            value={typeof property.description === 'string' ? property.description : ''}
            disabled={!editable}
            onCommit={(text) => onChange(withField(property, 'description', text || undefined))}
          />
          {defaults && <DefaultField property={property} choice={choice} editable={editable} onChange={onChange} />}
        </div>
      </Collapse>
    </div>
  );
}

interface DefaultProps {
  property: JsonObject;
  choice: TypeChoice | undefined;
  editable: boolean;
  onChange: (property: JsonObject) => void;
}

function DefaultField({ property, choice, editable, onChange }: DefaultProps) {
  const t = useT();
  const label = t('canvas.property.default');
  const set = (value: Json | undefined) => onChange(withField(property, 'default', value));
  const now = property.default;
  if (choice === 'number' || choice === 'integer') {
    return (
      <NumberInput
        label={label}
        value={typeof now === 'number' ? now : ''}
        disabled={!editable}
        allowDecimal={choice === 'number'}
        onBlur={(event) => {
          const text = event.currentTarget.value.replaceAll(',', '').trim();
          const value = text === '' ? undefined : Number(text);
          if (value !== now && (value === undefined || Number.isFinite(value))) set(value);
        }}
      />
    );
  }
  if (choice === 'boolean' || choice === 'choice') {
    const yesNo = [
      { value: 'true', label: t('canvas.yes') },
      { value: 'false', label: t('canvas.no') },
    ];
    return (
      <Select
        label={label}
        clearable
        disabled={!editable}
        data={choice === 'boolean' ? yesNo : (Array.isArray(property.enum) ? property.enum : []).map(String)}
        value={now === undefined ? null : String(now)}
        onChange={(value) => set(value === null ? undefined : choice === 'boolean' ? value === 'true' : value)}
      />
    );
  }
  if (choice === 'texts') {
    return (
      <TagsInput
        label={label}
        disabled={!editable}
        value={(Array.isArray(now) ? now : []).map(String)}
        onChange={(values) => set(values.length > 0 ? values : undefined)}
      />
    );
  }
  if (choice === 'text' || choice === 'date') {
    return (
      <LineField
        label={label}
        value={typeof now === 'string' ? now : ''}
        disabled={!editable}
        onCommit={(text) => set(text === '' ? undefined : text)}
      />
    );
  }
  return <p className="faint">{t('canvas.property.defaultInJson')}</p>;
}

function withField(property: JsonObject, field: string, value: Json | undefined): JsonObject {
  const { [field]: _old, ...rest } = property;
  return value === undefined ? rest : { ...rest, [field]: value };
}
