import { editTexts } from './de/editTexts.ts';
import { failureTexts } from './de/failureTexts.ts';
import { formTexts } from './de/formTexts.ts';
import { formulaTexts } from './de/formulaTexts.ts';
import { inputTexts } from './de/inputTexts.ts';
import { journalTexts } from './de/journalTexts.ts';
import { notifyTexts } from './de/notifyTexts.ts';
import { pieceTexts } from './de/pieceTexts.ts';
import { problemTexts } from './de/problemTexts.ts';
import { refusalTexts } from './de/refusalTexts.ts';
import { repairTexts } from './de/repairTexts.ts';
import { triggerTexts } from './de/triggerTexts.ts';
import { typeTexts } from './de/typeTexts.ts';
import type { TextKey } from './englishTexts.ts';

/** Every sentence that is made beside the client, in German, table by table as in English. */
export const germanTexts: { [Key in TextKey as `said.${Key}`]: string } = {
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
};
