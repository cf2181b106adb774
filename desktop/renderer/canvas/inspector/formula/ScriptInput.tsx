import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { lazy } from 'react';
import type { CodeMark } from '../text/CodeView.tsx';
import { CodeField } from './CodeField.tsx';

const ScriptEditor = lazy(() => import('../text/ScriptEditor.tsx'));
const noMarks: readonly CodeMark[] = [];

interface Props {
  label: string;
  text: string;
  inputs: readonly JsonObject[];
  readOnly: boolean;
  onChange: (text: string) => void;
  onBlur?: () => void;
}

/** A script, which may use the inputs by their names. */
export function ScriptInput({ label, text, inputs, readOnly, onChange, onBlur }: Props) {
  return (
    <CodeField
      label={label}
      help={{ words: 'fieldHelp.script', example: 'fieldHelp.script.example' }}
      text={text}
      inputs={inputs}
      editor={(said) => (
        <ScriptEditor
          {...said}
          marks={noMarks}
          rows={8}
          text={text}
          readOnly={readOnly}
          onChange={onChange}
          onBlur={onBlur}
        />
      )}
    />
  );
}
