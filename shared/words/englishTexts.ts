import { editTexts } from './editTexts.ts';
import { failureTexts } from './failureTexts.ts';
import { formTexts } from './formTexts.ts';
import { formulaTexts } from './formulaTexts.ts';
import { inputTexts } from './inputTexts.ts';
import { journalTexts } from './journalTexts.ts';
import { notifyTexts } from './notifyTexts.ts';
import { pieceTexts } from './pieceTexts.ts';
import { problemTexts } from './problemTexts.ts';
import { refusalTexts } from './refusalTexts.ts';
import { repairTexts } from './repairTexts.ts';
import { triggerTexts } from './triggerTexts.ts';
import { typeTexts } from './typeTexts.ts';

/** Every sentence that is made beside the client, in English. The client has each of them in each of its languages. */
export const englishTexts = {
  ...editTexts,
  ...failureTexts,
  ...formTexts,
  ...formulaTexts,
  ...inputTexts,
  ...journalTexts,
  ...notifyTexts,
  ...pieceTexts,
  ...problemTexts,
  ...refusalTexts,
  ...repairTexts,
  ...triggerTexts,
  ...typeTexts,
} as const;

/** A name of a text; texts of problems and refusals begin with their code. */
export type TextKey = keyof typeof englishTexts;

/** The texts of a code: the one of its name, and those that say it more closely (`CODE.part`). */
export type TextOf<Code extends string> = Extract<TextKey, Code | `${Code}.${string}`>;

/** The code that a text belongs to. */
export function codeOf(text: TextKey): string {
  const [code = text] = text.split('.');
  return code;
}
