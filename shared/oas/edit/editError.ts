import { codeOf, type TextOf } from '../../words/englishTexts.ts';
import { inEnglish, type Said, type SaidValues, said } from '../../words/said.ts';
import type { EditCode } from '../problemCodes.ts';

/** An edit that cannot be made: the place is gone, or the document would not hold together. */
export class EditError extends Error {
  readonly code: EditCode;
  /** where in the document, or in the component */
  readonly pointer: string;
  /** the message, to be said in any language */
  readonly said: Said;
  constructor(text: TextOf<EditCode>, pointer: string, values?: SaidValues) {
    const words = said(text, values);
    super(inEnglish(words));
    this.said = words;
    this.name = 'EditError';
    this.code = codeOf(text) as EditCode;
    this.pointer = pointer;
  }
}
