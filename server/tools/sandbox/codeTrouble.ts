import type { TextOf } from '@rondo/shared/words/englishTexts.ts';

export type CodeText = TextOf<'code'>;

/** User code that is stopped by us, with why. */
export class CodeTrouble extends Error {
  readonly text: CodeText;
  constructor(text: CodeText) {
    super(text);
    this.text = text;
  }
}
