import { Select } from '@mantine/core';
import { isObject } from '@rondo/shared/oas/json.ts';
import { acceptedTypes, newComponent } from '@rondo/shared/oas/newComponent.ts';
import type { FieldDefinition } from '@rondo/shared/oas/types/definition.ts';
import type { ReactNode } from 'react';
import { useT } from '../../../messages/useT.ts';
import { useCommands, useEditorPage, useFlowView } from '../../EditorContext.tsx';
import type { Place } from '../../gesture.ts';
import { setIn } from '../../gesture.ts';
import { componentWords, fieldLabel } from './fieldLabels.ts';
import { placeUnder } from './fieldPlaces.ts';

interface Props {
  owner: Place;
  name: string;
  field: FieldDefinition;
  stepName: string;
  /** draws the form of a component */
  draw: (place: Place) => ReactNode;
}

/** A component inside of another: its type, and its own form. */
export function PartField({ owner, name, field, stepName, draw }: Props) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const run = useCommands();
  const inside = placeUnder(tree, owner, name);
  const type = typeof inside?.value.component_type === 'string' ? inside.value.component_type : null;
  const raw = owner.value[name];
  const reference = isObject(raw) && typeof raw.$component_ref === 'string' ? raw.$component_ref : undefined;
  const types = acceptedTypes(field);
  const label = fieldLabel(name, t);
  return (
    <fieldset className="component-part">
      <legend>{label}</legend>
      <Select
        aria-label={label}
        placeholder={t('component.none')}
        disabled={!editable}
        clearable={field.nullable ?? false}
        allowDeselect={false}
        data={[...types, ...(type === null || types.includes(type) ? [] : [type])].map((value) => ({
          value,
          label: componentWords(value, t),
        }))}
        value={type}
        onChange={(next) => {
          if (next === type) return;
          run(
            t('canvas.gesture.set', { name: stepName, field: label }),
            setIn(owner, name, next === null ? null : newComponent(next, componentWords(next, t))),
          );
        }}
      />
      {inside && draw(inside)}
      {!inside && reference !== undefined && <p className="faint">{t('component.outside', { id: reference })}</p>}
    </fieldset>
  );
}
