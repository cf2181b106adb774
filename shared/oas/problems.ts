import { codeOf, type TextOf } from '../words/englishTexts.ts';
import { type Said, type SaidValues, said, sentence } from '../words/said.ts';
import type { ErrorCode, WarningCode } from './problemCodes.ts';

/** Something that is wrong with a document, in words for the person who has to mend it. */
export interface Problem {
  /** stable: one of problemCodes.ts, unless another version found it */
  code: string;
  severity: 'error' | 'warning';
  /** JSON pointer into the document; `''` is the whole document */
  pointer: string;
  /** id of the component it is about, where there is one */
  componentId?: string;
  /** in English */
  message: string;
  /** the same, to be said in any language */
  said?: Said;
}

/** True when at least one of them keeps the document from working. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** An error at a place, by the text that says it; its code is the beginning of the text’s name. */
export function errorAt(text: TextOf<ErrorCode>, pointer: string, values?: SaidValues, componentId?: string): Problem {
  return problemAt('error', said(text, values), pointer, componentId);
}

/** A warning at a place. */
export function warningAt(
  text: TextOf<WarningCode>,
  pointer: string,
  values?: SaidValues,
  componentId?: string,
): Problem {
  return problemAt('warning', said(text, values), pointer, componentId);
}

function problemAt(severity: Problem['severity'], words: Said, pointer: string, componentId?: string): Problem {
  const subject = componentId === undefined ? {} : { componentId };
  return { code: codeOf(words.text), severity, pointer, ...subject, message: sentence(words), said: words };
}
