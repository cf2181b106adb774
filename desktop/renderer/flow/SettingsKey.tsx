import { Group, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type Json, type JsonObject, objectIn } from '@rondo/shared/oas/json.ts';
import { useState } from 'react';
import { useRead } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';
import { WithHelp } from '../parts/FieldHelp.tsx';
import { monospaceInput } from '../parts/monospace.ts';
import { NumberField } from '../parts/NumberField.tsx';

interface Props {
  /** JSONata over the inputs */
  expression: string;
  atOncePerKey: number | undefined;
  inputs: JsonObject[];
  onChange: (expression: string, atOncePerKey: number | undefined) => void;
}

/** A limit for runs of the same key; what the expression gives is shown while it is typed. */
export function SettingsKey({ expression, atOncePerKey, inputs, onChange }: Props) {
  const t = useT();
  const [sample, setSample] = useState(() => JSON.stringify(sampleOf(inputs)));
  const [checked] = useDebouncedValue(expression.trim(), 300);
  const values = objectIn(sample);
  const check = useRead(
    'flow',
    'checkKey',
    { key: checked, inputs: values ?? {} },
    { enabled: checked !== '' && values !== undefined, keep: true },
  );
  const error = checked !== '' && check.data?.error ? check.data.error : undefined;
  const key = check.data?.key;
  return (
    <>
      <Group grow align="flex-start">
        <TextInput
          label={t('flow.settings.key')}
          description={t('flow.settings.keyHelp')}
          placeholder={t('flow.settings.keyHint')}
          value={expression}
          error={error}
          styles={monospaceInput}
          onChange={(event) => onChange(event.currentTarget.value, atOncePerKey)}
        />
        <NumberField
          label={t('flow.settings.atOncePerKey')}
          description={t('flow.settings.atOncePerKeyHelp')}
          placeholder={t('flow.settings.noLimit')}
          value={atOncePerKey}
          optional
          min={1}
          max={100_000}
          onCommit={(value) => onChange(expression, value)}
        />
      </Group>
      {expression.trim() !== '' && (
        <WithHelp label={t('flow.settings.sample')} help={{ words: 'fieldHelp.settings.sample' }}>
          <TextInput
            label={t('flow.settings.sample')}
            value={sample}
            error={values === undefined ? t('flow.settings.sampleWrong') : undefined}
            description={
              error === undefined && check.data
                ? key === null || key === undefined
                  ? t('flow.settings.noKey')
                  : t('flow.settings.keyIs', { key })
                : undefined
            }
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            styles={monospaceInput}
            onChange={(event) => setSample(event.currentTarget.value)}
          />
        </WithHelp>
      )}
    </>
  );
}

/** Something for each input, so that an expression has what to look at. */
function sampleOf(inputs: readonly JsonObject[]): JsonObject {
  return Object.fromEntries(
    inputs.flatMap((input): [string, Json][] => {
      if (typeof input.title !== 'string') return [];
      if (input.default !== undefined) return [[input.title, input.default]];
      const byType: { [type: string]: Json } = {
        string: 'text',
        number: 1,
        integer: 1,
        boolean: true,
        array: [],
        object: {},
      };
      return [[input.title, byType[String(input.type)] ?? null]];
    }),
  );
}
