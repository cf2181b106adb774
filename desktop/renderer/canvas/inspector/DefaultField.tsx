import { NumberInput, Select, TagsInput } from '@mantine/core';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { useT } from '../../messages/useT.ts';
import { LineField } from './fields.tsx';
import type { TypeChoice } from './types.ts';
import { choiceOf, itemsOf, withField } from './types.ts';

interface DefaultProps {
  property: JsonObject;
  choice: TypeChoice | undefined;
  editable: boolean;
  onChange: (property: JsonObject) => void;
}

/** What is taken when nothing is given, by the type. */
export function DefaultField({ property, choice, editable, onChange }: DefaultProps) {
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
  if (choice === 'list' && choiceOf(itemsOf(property)) === 'text') {
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
