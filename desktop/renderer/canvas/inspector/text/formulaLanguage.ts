import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const language = StreamLanguage.define({
  name: 'formula',
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^\/\*[\s\S]*?\*\//)) return 'comment';
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^'\\]|\\.)*'?/)) return 'string';
    if (stream.match(/^\d+(\.\d+)?([eE][+-]?\d+)?/)) return 'number';
    if (stream.match(/^\$[\w$]*/)) return 'keyword';
    if (stream.match(/^(and|or|in|true|false|null|function)\b/)) return 'atom';
    if (stream.match(/^`[^`]*`?/) || stream.match(/^[\p{L}_][\p{L}\p{N}_]*/u)) return 'variableName';
    stream.next();
    return 'operator';
  },
});

/** The colours of code, from the theme. */
export const codeColours: Extension = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.string, tags.special(tags.string)], color: 'var(--g-actions)' },
    { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--g-people)' },
    { tag: [tags.keyword, tags.propertyName], color: 'var(--g-ai)' },
    { tag: [tags.comment], color: 'var(--r-faint)' },
    { tag: [tags.operator, tags.punctuation], color: 'var(--r-dim)' },
  ]),
);

/** A name that may be completed. */
export interface Suggested {
  label: string;
  detail: string;
  info: string;
  kind: 'value' | 'function';
}

/** The formula language: its colours, and the inputs and functions that are offered while a name is typed. */
export function formulaLanguage(names: readonly Suggested[]): Extension {
  const offer = (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/\$?[\p{L}\p{N}_]*/u);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    return {
      from: word.from,
      options: names.map(({ label, detail, info, kind }) => ({
        label,
        detail,
        info,
        type: kind === 'function' ? 'function' : 'variable',
        boost: kind === 'value' ? 1 : 0,
        ...(kind === 'function' ? { apply: `${label}(` } : {}),
      })),
      validFor: /^\$?[\p{L}\p{N}_]*$/u,
    };
  };
  return [
    language,
    codeColours,
    autocompletion({ override: [offer], icons: false }),
    keymap.of(completionKeymap),
    EditorView.contentAttributes.of({ spellcheck: 'false', autocorrect: 'off', autocapitalize: 'off' }),
  ];
}
