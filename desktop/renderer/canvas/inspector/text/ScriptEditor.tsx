import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import type { CodeProps } from './CodeView.tsx';
import { CodeView } from './CodeView.tsx';
import { codeColours } from './formulaLanguage.ts';

const extensions = [
  javascript(),
  codeColours,
  lineNumbers(),
  bracketMatching(),
  closeBrackets(),
  indentOnInput(),
  autocompletion({ icons: false }),
  keymap.of(completionKeymap),
  EditorView.contentAttributes.of({ spellcheck: 'false', autocorrect: 'off', autocapitalize: 'off' }),
];

/** A script in JavaScript. */
export default function ScriptEditor(props: Omit<CodeProps, 'extensions'>) {
  return <CodeView {...props} extensions={extensions} />;
}
