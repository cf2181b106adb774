import { Select } from '@mantine/core';
import { ownText } from '@rondo/shared/oas/json.ts';
import { turnedInto } from '@rondo/shared/oas/newComponent.ts';
import { useT } from '../../../messages/useT.ts';
import { WithHelp } from '../../../parts/FieldHelp.tsx';
import type { Help } from '../../../parts/help.ts';
import { useCommands, useEditorPage } from '../../EditorContext.tsx';
import type { Place } from '../../gesture.ts';
import { componentWords } from './fieldLabels.ts';

interface Props {
  label: string;
  help: Help;
  /** the types to choose from; the component's own stands beside them */
  types: readonly string[];
  place: Place;
  /** the step's name, for undo */
  stepName: string;
}

/** Which type a component of a step is of; what both types have stays when another is chosen. */
export function TypeChoice({ label, help, types, place, stepName }: Props) {
  const t = useT();
  const { editable } = useEditorPage();
  const run = useCommands();
  const type = ownText(place.value, 'component_type') ?? '';
  return (
    <WithHelp label={label} help={help}>
      <Select
        label={label}
        allowDeselect={false}
        disabled={!editable}
        data={(types.includes(type) ? types : [...types, type]).map((value) => ({
          value,
          label: componentWords(value, t),
        }))}
        value={type}
        onChange={(next) => {
          if (!next || next === type) return;
          run(t('canvas.gesture.set', { name: stepName, field: label }), {
            type: 'set',
            component: place.component,
            pointer: place.pointer,
            value: turnedInto(place.value, next),
          });
        }}
      />
    </WithHelp>
  );
}
