import { Button } from '@mantine/core';
import { formulaFunctions } from '@rondo/shared/formula/functions.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { IconMathFunction } from '@tabler/icons-react';
import { lazy, useMemo, useRef, useState } from 'react';
import { useT } from '../../../messages/useT.ts';
import { titleOf } from '../../gesture.ts';
import { shortText } from '../../shortText.ts';
import type { CodeHandle, CodeMark } from '../text/CodeView.tsx';
import type { Suggested } from '../text/formulaLanguage.ts';
import { typeName } from '../types.ts';
import { CodeField } from './CodeField.tsx';
import { FunctionHelp, functionWords } from './FunctionHelp.tsx';
import type { Preview } from './formulaTask.ts';
import { troublePlace, troubleWords } from './troubleWords.ts';
import { usePreview } from './usePreview.ts';
import './formula.css';

const FormulaEditor = lazy(() => import('../text/FormulaEditor.tsx'));

interface Props {
  label: string;
  text: string;
  /** the values that it may use, and those of them that are known */
  inputs: readonly JsonObject[];
  values: JsonObject;
  missing: string[];
  readOnly: boolean;
  onChange: (text: string) => void;
  onBlur?: () => void;
}

/** A formula: what it gives with the values that are known, what is wrong and where, and help for every function. */
export function FormulaInput({ label, text, inputs, values, missing, readOnly, onChange, onBlur }: Props) {
  const t = useT();
  const editor = useRef<CodeHandle>(null);
  const [helping, setHelping] = useState(false);
  const preview = usePreview(text, values);
  const names = useMemo(
    (): Suggested[] => [
      ...inputs.map((input): Suggested => {
        const title = titleOf(input);
        const words = shortText(values[title]);
        return {
          label: title,
          detail: typeName(input, t),
          info: words ? t('canvas.data.last', { value: words }) : t('canvas.chip.noLast'),
          kind: 'value',
        };
      }),
      ...formulaFunctions.map(
        (one): Suggested => ({
          label: `$${one.name}`,
          detail: one.args,
          info: functionWords(one.name, t),
          kind: 'function',
        }),
      ),
    ],
    [inputs, values, t],
  );
  const marks = useMemo((): CodeMark[] => {
    if (preview?.state !== 'trouble') return [];
    const place = troublePlace(preview.trouble);
    return place ? [{ ...place, severity: 'error', message: troubleWords(preview.trouble, t) }] : [];
  }, [preview, t]);
  return (
    <CodeField
      label={label}
      help={{ words: 'fieldHelp.formula', example: 'fieldHelp.formula.example' }}
      text={text}
      inputs={inputs}
      onLabel={() => editor.current?.focus()}
      editor={(said) => (
        <FormulaEditor
          {...said}
          handle={editor}
          names={names}
          marks={marks}
          rows={3}
          text={text}
          readOnly={readOnly}
          onChange={onChange}
          onBlur={onBlur}
        />
      )}
    >
      <Result preview={preview} missing={missing} values={values} />
      {!readOnly && (
        <div className="button-row">
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconMathFunction size={15} />}
            aria-expanded={helping}
            onClick={() => setHelping(!helping)}
          >
            {t('formula.functions')}
          </Button>
        </div>
      )}
      {helping && <FunctionHelp onInsert={(text) => editor.current?.insert(text)} />}
    </CodeField>
  );
}

interface ResultProps {
  preview: Preview | null;
  missing: string[];
  values: JsonObject;
}

function Result({ preview, missing, values }: ResultProps) {
  const t = useT();
  if (!preview) return null;
  const state = preview.state === 'value' ? 'ok' : 'bad';
  const given = Object.keys(values).length > 0;
  return (
    <output className="formula-result" data-state={state}>
      {preview.state === 'value' && (
        <>
          <span>{t('formula.result')}</span>
          <code>{preview.value === null ? t('formula.nothing') : shortText(preview.value, 400)}</code>
        </>
      )}
      {preview.state === 'trouble' && <span>{troubleWords(preview.trouble, t)}</span>}
      {preview.state === 'slow' && <span>{t('formula.slow')}</span>}
      {missing.length > 0 ? (
        <small>{t('formula.noValues', { names: missing.join(', ') })}</small>
      ) : (
        given && preview.state === 'value' && <small>{t('formula.resultOf')}</small>
      )}
    </output>
  );
}
