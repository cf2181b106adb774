import type { Json } from '@rondo/shared/oas/json.ts';
import { useEditorPage } from '../../EditorContext.tsx';
import { LineField } from '../fields.tsx';
import { PairRows } from '../PairRows.tsx';

interface Props {
  label: string;
  value: Json;
  onChange: (value: Json) => void;
}

/** Texts by name, in a frame of their own. */
export function TextPairs({ label, value, onChange }: Props) {
  const { editable } = useEditorPage();
  return (
    <fieldset className="component-part">
      <legend>{label}</legend>
      <PairRows
        part={label}
        value={value}
        onChange={onChange}
        field={(pair) => (
          <LineField
            label={pair.label}
            hideLabel
            value={pair.text}
            disabled={!editable}
            onCommit={(next) => onChange(pair.withValue(next))}
          />
        )}
      />
    </fieldset>
  );
}
