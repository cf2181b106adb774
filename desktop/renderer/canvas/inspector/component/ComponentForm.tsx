import { Select, Switch, TagsInput } from '@mantine/core';
import type { Json } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import type { FieldDefinition } from '@rondo/shared/oas/types/definition.ts';
import { recordTypes } from '@rondo/shared/oas/types/records.ts';
import { useT } from '../../../messages/useT.ts';
import { DurationField } from '../../../parts/DurationField.tsx';
import { WithHelp } from '../../../parts/FieldHelp.tsx';
import { NumberField } from '../../../parts/NumberField.tsx';
import { useCommands, useEditorPage, useFlowView } from '../../EditorContext.tsx';
import type { Place } from '../../gesture.ts';
import { setIn } from '../../gesture.ts';
import { AreaField, LineField } from '../fields.tsx';
import { fieldHelp, fieldLabel } from './fieldLabels.ts';
import { formFields, placeUnder, shownFields } from './fieldPlaces.ts';
import { JsonField } from './JsonField.tsx';
import { PartField } from './PartField.tsx';
import { PartsField } from './PartsField.tsx';
import { TextPairs } from './TextPairs.tsx';
import './component.css';

interface FormProps {
  place: Place;
  /** the step's name, for undo */
  stepName: string;
  /** fields that stand elsewhere on the panel */
  skip?: readonly string[];
}

/** The fields of a component by its type, from the table that validation goes by; parts of it as forms of their own. */
export function ComponentForm({ place, stepName, skip }: FormProps) {
  return (
    <div className="component-form">
      {formFields(place.value, skip).map(([name, field]) => (
        <FieldInput key={name} owner={place} name={name} field={field} stepName={stepName} />
      ))}
    </div>
  );
}

interface Props {
  owner: Place;
  name: string;
  field: FieldDefinition;
  stepName: string;
}

const seconds = /(_seconds|timeout|_delay|_interval|_lifetime)$/;
const longText = /(prompt|instructions|template)$/;

/** One field of a component, with what is told about it. */
function FieldInput(props: Props) {
  const t = useT();
  return (
    <WithHelp label={fieldLabel(props.name, t)} help={fieldHelp(props.name, t)}>
      <Input {...props} />
    </WithHelp>
  );
}

/** The input of a field, as its kind asks for. */
function Input({ owner, name, field, stepName }: Props) {
  const t = useT();
  const draw = (place: Place) => <ComponentForm place={place} stepName={stepName} />;
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const run = useCommands();
  const value = owner.value[name];
  const label = fieldLabel(name, t);
  const set = (next: Json | undefined) =>
    run(t('canvas.gesture.set', { name: stepName, field: label }), setIn(owner, name, next));
  const none = field.nullable ? null : undefined;
  const shared = { label, disabled: !editable };
  const now = value ?? field.default ?? null;

  if (field.sensitive && (field.kind === 'text' || field.kind === 'textOrObject')) {
    const reference = isObject(value) && typeof value.$component_ref === 'string' ? value.$component_ref : '';
    return (
      <LineField
        {...shared}
        description={t('component.secret')}
        value={typeof value === 'string' && value !== '' ? '••••••' : reference}
        onCommit={(text) => {
          if (text.trim() !== '••••••') set(text.trim() === '' ? none : { $component_ref: text.trim() });
        }}
      />
    );
  }
  switch (field.kind) {
    case 'text': {
      const Field = longText.test(name) ? AreaField : LineField;
      return (
        <Field
          {...shared}
          value={typeof now === 'string' ? now : ''}
          onCommit={(text) => set(text === '' && !field.required ? none : text)}
        />
      );
    }
    case 'number':
    case 'integer': {
      const number = typeof now === 'number' ? now : undefined;
      const bounds = { min: field.least ?? field.above ?? 0, optional: !field.required };
      const onCommit = (next: number | undefined) => set(next ?? none);
      return seconds.test(name) ? (
        <DurationField {...shared} {...bounds} seconds={number} onCommit={onCommit} />
      ) : (
        <NumberField {...shared} {...bounds} whole={field.kind === 'integer'} value={number} onCommit={onCommit} />
      );
    }
    case 'boolean':
      return <Switch {...shared} checked={now === true} onChange={(event) => set(event.currentTarget.checked)} />;
    case 'choice':
      return (
        <Select
          {...shared}
          clearable={field.nullable ?? false}
          allowDeselect={field.nullable ?? false}
          data={(field.choices ?? []).map((choice) => ({ value: choice, label: choice.replaceAll('_', ' ') }))}
          value={now === null ? null : String(now)}
          onChange={(next) => set(next ?? none)}
        />
      );
    case 'texts':
    case 'textOrTexts':
      return (
        <TagsInput
          {...shared}
          value={Array.isArray(now) ? now.map(String) : typeof now === 'string' && now !== '' ? [now] : []}
          onChange={(list) => set(list.length === 0 ? (none ?? []) : list)}
        />
      );
    case 'component':
      return <PartField owner={owner} name={name} field={field} stepName={stepName} draw={draw} />;
    case 'components':
      return <PartsField owner={owner} name={name} field={field} stepName={stepName} draw={draw} />;
    case 'object': {
      if (field.values === 'text') return <TextPairs label={label} value={now} onChange={set} />;
      const record = field.record === undefined ? undefined : recordTypes[field.record];
      if (!record) break;
      const inside = placeUnder(tree, owner, name);
      return (
        <fieldset className="component-part">
          <legend>{label}</legend>
          {inside
            ? shownFields(record.fields).map(([inner, definition]) => (
                <FieldInput key={inner} owner={inside} name={inner} field={definition} stepName={stepName} />
              ))
            : null}
          <Switch
            size="xs"
            label={t('component.own')}
            checked={inside !== undefined}
            disabled={!editable || (!field.nullable && inside !== undefined)}
            onChange={(event) => set(event.currentTarget.checked ? {} : none)}
          />
        </fieldset>
      );
    }
    default:
      break;
  }
  return <JsonField {...shared} value={now} empty={none} onCommit={set} />;
}
