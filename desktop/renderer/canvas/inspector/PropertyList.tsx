import { ActionIcon, Button, Collapse, Select, Switch, TagsInput } from '@mantine/core';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { IconChevronDown, IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useT } from '../../messages/useT.ts';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { freeTitle } from '../dataGestures.ts';
import { titleOf } from '../gesture.ts';
import { DefaultField } from './DefaultField.tsx';
import { LineField } from './fields.tsx';
import type { TypeChoice } from './types.ts';
import {
  choiceOf,
  itemsOf,
  recordFields,
  typeChoices,
  typeName,
  withField,
  withOptional,
  withRecordFields,
  withType,
} from './types.ts';

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
  const list = useRef<HTMLDivElement>(null);
  const added = useRef(false);
  // what is added is named next, as soon as it is drawn
  useEffect(() => {
    if (!added.current || properties.length === 0) return;
    added.current = false;
    const name = [
      ...(list.current?.querySelectorAll<HTMLInputElement>('.property-main > :first-child input') ?? []),
    ].at(-1);
    name?.focus();
    name?.select();
  }, [properties.length]);
  const add = () => {
    added.current = true;
    onChange([...properties, { title: freeTitle(newName, properties.map(titleOf)), type: 'string' }]);
  };
  return (
    <div className="property-list" ref={list}>
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
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={add}>
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
  return (
    <div className="property-row">
      <div className="property-main">
        <LineField label={t('canvas.property.name')} hideLabel value={title} onCommit={onRename} disabled={!editable} />
        <TypeSelect
          label={t('canvas.property.typeOf', { name: title })}
          schema={property}
          editable={editable}
          onChange={onChange}
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
      <TypeDetails schema={property} name={title} editable={editable} onChange={onChange} />
      <Collapse expanded={more}>
        <div className="property-more">
          <LineField
            label={t('canvas.property.description')}
            help={{ words: 'fieldHelp.property.description' }}
            value={typeof property.description === 'string' ? property.description : ''}
            disabled={!editable}
            onCommit={(text) => onChange(withField(property, 'description', text || undefined))}
          />
          {defaults && (
            <WithHelp label={t('canvas.property.required')} help={{ words: 'fieldHelp.property.required' }}>
              <Switch
                label={t('canvas.property.required')}
                checked={property.default === undefined}
                disabled={!editable}
                onChange={(event) => onChange(withOptional(property, !event.currentTarget.checked))}
              />
            </WithHelp>
          )}
          {defaults && property.default !== undefined && (
            <WithHelp label={t('canvas.property.default')} help={{ words: 'fieldHelp.property.default' }}>
              <DefaultField property={property} choice={choice} editable={editable} onChange={onChange} />
            </WithHelp>
          )}
        </div>
      </Collapse>
    </div>
  );
}

interface TypeProps {
  schema: JsonObject;
  editable: boolean;
  onChange: (schema: JsonObject) => void;
}

/** Which type a value is of, in plain words; one that is richer than the choices can only be replaced. */
function TypeSelect({ label, schema, editable, onChange }: TypeProps & { label: string }) {
  const t = useT();
  const choice = choiceOf(schema);
  const options = [
    ...typeChoices.map((value) => ({ value: value as string, label: t(`canvas.type.${value}`) })),
    ...(choice ? [] : [{ value: 'custom', label: typeName(schema, t) }]),
  ];
  return (
    <Select
      aria-label={label}
      data={options}
      value={choice ?? 'custom'}
      disabled={!editable}
      allowDeselect={false}
      w={134}
      comboboxProps={{ width: 170, position: 'bottom-end' }}
      onChange={(value) => value && value !== 'custom' && onChange(withType(schema, value as TypeChoice))}
    />
  );
}

/** What belongs to a type: the choices, what the entries of a list are, the fields of a record, as deep as it goes. */
function TypeDetails({ schema, name, editable, onChange }: TypeProps & { name: string }) {
  const t = useT();
  const choice = choiceOf(schema);
  if (choice === 'choice') {
    return (
      <TagsInput
        aria-label={t('canvas.property.choices', { name })}
        placeholder={t('canvas.property.addChoice')}
        value={(Array.isArray(schema.enum) ? schema.enum : []).map(String)}
        disabled={!editable}
        onChange={(values) => onChange({ ...schema, enum: values })}
      />
    );
  }
  if (choice === 'list') {
    const items = itemsOf(schema);
    const entries = t('canvas.property.entriesOf', { name });
    const set = (next: JsonObject) => onChange({ ...withField(schema, 'default', undefined), items: next });
    return (
      <div className="property-inner">
        <div className="property-entries">
          <span className="faint">{entries}</span>
          <TypeSelect
            label={t('canvas.property.typeOf', { name: entries })}
            schema={items}
            editable={editable}
            onChange={set}
          />
        </div>
        <TypeDetails schema={items} name={entries} editable={editable} onChange={set} />
      </div>
    );
  }
  if (choice !== 'record') return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame of its own around each record
    <div className="property-inner" role="group" aria-label={t('canvas.property.fieldsOf', { name })}>
      <PropertyList
        properties={recordFields(schema)}
        editable={editable}
        newName={t('canvas.property.newField')}
        addLabel={t('canvas.property.addField')}
        onChange={(fields) => onChange(withRecordFields(schema, fields))}
      />
    </div>
  );
}
