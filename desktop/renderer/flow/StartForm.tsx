import {
  Alert,
  Button,
  Group,
  NumberInput,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { IconPlayerPlay } from '@tabler/icons-react';
import type { FormEvent, ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { typeName } from '../canvas/inspector/types.ts';
import { numberMarks } from '../messages/formats.ts';
import { saidWords } from '../messages/saidWords.ts';
import { useT } from '../messages/useT.ts';
import { FileField } from '../parts/FileField.tsx';
import { monospaceInput } from '../parts/monospace.ts';
import type { Entered } from './startValues.ts';
import { fieldTypeOf, fromEntered, isRequired, toEntered } from './startValues.ts';

export interface StartFormProps {
  /** the flow's inputs: JSON Schemas with titles */
  inputs: JsonObject[];
  /** values to begin with: those of the last run */
  initial?: { [name: string]: Json } | undefined;
  submitLabel?: string;
  /** says nothing when there are no inputs */
  quiet?: boolean;
  busy?: boolean;
  /** what went wrong when it was sent, in plain words */
  error?: string | null;
  /** token of the public start form that this is: files are uploaded on it, without signing in */
  form?: string;
  onSubmit: (values: { [name: string]: Json }) => void;
  onCancel?: () => void;
}

/** The form that starts a flow: a field for each input, by its type; what is wrong is said beside the field. */
export function StartForm({
  inputs,
  initial,
  submitLabel,
  quiet = false,
  busy,
  error,
  form,
  onSubmit,
  onCancel,
}: StartFormProps) {
  const t = useT();
  const fields = useMemo(() => inputs.filter((input) => typeof input.title === 'string'), [inputs]);
  const [entered, setEntered] = useState<{ [name: string]: Entered }>(() =>
    Object.fromEntries(
      fields.map((field) => [
        String(field.title),
        toEntered(initial?.[String(field.title)] ?? field.default, fieldTypeOf(field)),
      ]),
    ),
  );
  const [errors, setErrors] = useState<{ [name: string]: string }>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const values: { [name: string]: Json } = {};
    const wrong: { [name: string]: string } = {};
    for (const field of fields) {
      const name = String(field.title);
      const result = fromEntered(entered[name], field);
      if (result.ok) {
        if (result.value !== undefined) values[name] = result.value;
      } else if (result.reason === 'required') wrong[name] = t('flow.start.required');
      else
        wrong[name] =
          (result.said && saidWords(result.said, t)) ?? t('flow.start.invalid', { type: typeName(field, t) });
    }
    setErrors(wrong);
    const first = Object.keys(wrong)[0];
    if (first === undefined) onSubmit(values);
    else document.getElementById(fieldId(first))?.focus();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {fields.length === 0 && !quiet && <Text c="dimmed">{t('flow.start.noInputs')}</Text>}
        {fields.map((field) => {
          const name = String(field.title);
          return (
            <StartField
              key={name}
              id={fieldId(name)}
              field={field}
              value={entered[name]}
              error={errors[name]}
              form={form}
              onChange={(value) => {
                setEntered((old) => ({ ...old, [name]: value }));
                setErrors(({ [name]: _gone, ...rest }) => rest);
              }}
            />
          );
        })}
        {error && (
          <Alert color="red" variant="light" role="alert">
            {error}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t('parts.cancel')}
            </Button>
          )}
          <Button
            type="submit"
            loading={busy ?? false}
            leftSection={form === undefined && <IconPlayerPlay size={16} />}
          >
            {submitLabel ?? t('flow.start.run')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const fieldId = (name: string) => `start-${name}`;

interface FieldProps {
  id: string;
  field: JsonObject;
  value: Entered;
  error: string | undefined;
  /** token of the public start form */
  form: string | undefined;
  onChange: (value: Entered) => void;
}

/** A field for one value of a flow, by its type. */
export function StartField({ id, field, value, error, form, onChange }: FieldProps): ReactNode {
  const t = useT();
  const name = String(field.title);
  const type = fieldTypeOf(field);
  const shared = {
    id,
    label: label(name),
    description: typeof field.description === 'string' ? field.description : undefined,
    error,
    required: isRequired(field) && type !== 'boolean',
  };
  const text = typeof value === 'string' ? value : '';
  switch (type) {
    case 'file':
      return <FileField {...shared} value={text} form={form} onChange={onChange} />;
    case 'boolean':
      return (
        <Switch
          id={shared.id}
          label={shared.label}
          description={shared.description}
          error={error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'number':
    case 'integer':
      return (
        <NumberInput
          {...shared}
          value={text}
          allowDecimal={type === 'number'}
          {...numberMarks()}
          onChange={(next) => onChange(String(next))}
        />
      );
    case 'choice': {
      const options = (Array.isArray(field.enum) ? field.enum : []).map(String);
      return (
        <Select
          {...shared}
          data={options}
          value={text || null}
          clearable={!shared.required}
          onChange={(next) => onChange(next ?? '')}
        />
      );
    }
    case 'texts':
      return (
        <TagsInput
          {...shared}
          value={Array.isArray(value) ? value : []}
          placeholder={t('flow.start.addItem')}
          onChange={(next) => onChange(next)}
        />
      );
    case 'date':
      return (
        <TextInput {...shared} type="date" value={text} onChange={(event) => onChange(event.currentTarget.value)} />
      );
    case 'json':
      return (
        <Textarea
          {...shared}
          description={shared.description ?? t('flow.start.json', { type: typeName(field, t) })}
          autosize
          minRows={2}
          maxRows={12}
          styles={monospaceInput}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    default:
      return (
        <Textarea
          {...shared}
          autosize
          minRows={1}
          maxRows={8}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

/** A name as a label: `claim_amount` → "Claim amount". */
function label(name: string): string {
  const text = name.replaceAll('_', ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
