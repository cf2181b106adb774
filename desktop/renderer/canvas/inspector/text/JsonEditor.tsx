import { closeBrackets } from '@codemirror/autocomplete';
import { json } from '@codemirror/lang-json';
import { bracketMatching, codeFolding, foldGutter, indentOnInput } from '@codemirror/language';
import { lintGutter } from '@codemirror/lint';
import { EditorView, lineNumbers } from '@codemirror/view';
import type { CodeProps } from './CodeView.tsx';
import { CodeView } from './CodeView.tsx';
import { codeColours } from './formulaLanguage.ts';

const extensions = [
  json(),
  codeColours,
  lintGutter(),
  lineNumbers(),
  codeFolding(),
  foldGutter(),
  bracketMatching(),
  closeBrackets(),
  indentOnInput(),
  EditorView.contentAttributes.of({ spellcheck: 'false', autocorrect: 'off', autocapitalize: 'off' }),
];

/** JSON with numbers of lines, and what is wrong beside its line. */
export default function JsonEditor(props: Omit<CodeProps, 'extensions'>) {
  return <CodeView {...props} extensions={extensions} />;
}
