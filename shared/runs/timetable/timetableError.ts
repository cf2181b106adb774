import type { TextOf } from '../../words/englishTexts.ts';
import { inEnglish, type SaidValues, said } from '../../words/said.ts';

/** A time of a schedule that cannot be used, in plain words. */
export class TimetableError extends Error {
  /** what is wrong: `cron`, `timeZone`, … as in the input of an operation */
  readonly field: string;
  readonly text: TextOf<'CRON'>;
  readonly values: SaidValues;
  constructor(field: string, text: TextOf<'CRON'>, values: SaidValues = {}) {
    super(inEnglish(said(text, values)));
    this.text = text;
    this.values = values;
    this.field = field;
  }
}
