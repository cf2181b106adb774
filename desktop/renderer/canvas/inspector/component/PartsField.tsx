import { ActionIcon, Select } from '@mantine/core';
import type { Json } from '@rondo/shared/oas/json.ts';
import { acceptedTypes, newComponent } from '@rondo/shared/oas/newComponent.ts';
import type { FieldDefinition } from '@rondo/shared/oas/types/definition.ts';
import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useT } from '../../../messages/useT.ts';
import { useCommands, useEditorPage, useFlowView } from '../../EditorContext.tsx';
import type { Place } from '../../gesture.ts';
import { setIn } from '../../gesture.ts';
import { LineField } from '../fields.tsx';
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

/** Components in a list: each with its name and its own form; one more is made by choosing its type. */
export function PartsField({ owner, name, field, stepName, draw }: Props) {
  const t = useT();
  const { editable } = useEditorPage();
  const { tree } = useFlowView();
  const run = useCommands();
  const raw = owner.value[name];
  const list = Array.isArray(raw) ? raw : [];
  const label = fieldLabel(name, t);
  const gesture = t('canvas.gesture.set', { name: stepName, field: label });
  const write = (next: Json[]) => run(gesture, setIn(owner, name, next));
  return (
    <fieldset className="component-part">
      <legend>{label}</legend>
      {list.map((entry, index) => {
        const inside = placeUnder(tree, owner, name, index);
        const title = typeof entry === 'string' ? entry : String(inside?.value.name ?? '');
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an entry may be a text, and texts may be alike
          <details key={index} className="component-entry">
            <summary>
              <span>{title || t('component.outside', { id: '' })}</span>
              {inside && <small>{componentWords(String(inside.value.component_type), t)}</small>}
              {editable && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('component.remove', { name: title })}
                  onClick={() => write(list.toSpliced(index, 1))}
                >
                  <IconTrash size={15} stroke={1.75} />
                </ActionIcon>
              )}
            </summary>
            {inside && (
              <>
                <LineField
                  label={t('component.name')}
                  value={title}
                  disabled={!editable}
                  onCommit={(text) => text.trim() && run(gesture, setIn(inside, 'name', text.trim()))}
                />
                {draw(inside)}
              </>
            )}
          </details>
        );
      })}
      {editable && (
        <Select
          aria-label={t('component.addTo', { list: label })}
          placeholder={t('component.add')}
          data={acceptedTypes(field).map((value) => ({ value, label: componentWords(value, t) }))}
          value={null}
          onChange={(type) => type && write([...list, newComponent(type, componentWords(type, t))])}
        />
      )}
    </fieldset>
  );
}
