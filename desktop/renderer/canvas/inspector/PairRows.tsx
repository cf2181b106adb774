import { ActionIcon, Button } from '@mantine/core';
import type { Json } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useT } from '../../messages/useT.ts';
import { freeTitle } from '../dataGestures.ts';
import { useEditorPage } from '../EditorContext.tsx';
import { LineField } from './fields.tsx';

/** One value of a record of values by name. */
export interface PairValue {
  label: string;
  /** as text; what is no text is told as JSON */
  text: string;
  /** the whole record with another value here */
  withValue: (text: string) => Json;
}

interface Props {
  /** what the values are, as the labels of the fields say it */
  part: string;
  /** an object of values by name; anything else counts as empty */
  value: Json | undefined;
  onChange: (value: Json) => void;
  /** draws the field of a value */
  field: (pair: PairValue) => ReactNode;
}

/** Values by name: headers, variables. A name is changed only to one that is not there yet. */
export function PairRows({ part, value, onChange, field }: Props) {
  const t = useT();
  const { editable } = useEditorPage();
  const entries = isObject(value) ? Object.entries(value) : [];
  const names = entries.map(([name]) => name);
  return (
    <>
      {entries.map(([name, held], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
        <div className="form-field-row" key={index}>
          <LineField
            label={t('canvas.web.pairName', { part, index: index + 1 })}
            hideLabel
            value={name}
            disabled={!editable}
            onCommit={(text) => {
              const next = text.trim();
              if (!next || names.some((other, at) => at !== index && other === next)) return;
              onChange(Object.fromEntries(entries.with(index, [next, held])));
            }}
          />
          {field({
            label: t('canvas.web.pairValue', { part, name }),
            text: typeof held === 'string' ? held : JSON.stringify(held),
            withValue: (text) => Object.fromEntries(entries.with(index, [name, text])),
          })}
          {editable && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size={24}
              aria-label={t('canvas.web.removePair', { name })}
              onClick={() => onChange(Object.fromEntries(entries.toSpliced(index, 1)))}
            >
              <IconTrash size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
      {editable && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          aria-label={t('canvas.web.addTo', { part })}
          onClick={() => onChange(Object.fromEntries([...entries, [freeTitle('name', names), '']]))}
        >
          {t('canvas.add')}
        </Button>
      )}
    </>
  );
}
