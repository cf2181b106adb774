import { editTexts } from './said/editTexts.ts';
import { failureTexts } from './said/failureTexts.ts';
import { formTexts } from './said/formTexts.ts';
import { formulaTexts } from './said/formulaTexts.ts';
import { journalTexts } from './said/journalTexts.ts';
import { pieceTexts } from './said/pieceTexts.ts';
import { problemTexts } from './said/problemTexts.ts';
import { refusalTexts } from './said/refusalTexts.ts';
import { repairTexts } from './said/repairTexts.ts';
import { typeTexts } from './said/typeTexts.ts';

/** What the server, the checker and the conversion of values say, table by table as in English; see saidWords.ts. */
export const said = {
  ...editTexts,
  ...failureTexts,
  ...formTexts,
  ...formulaTexts,
  ...journalTexts,
  ...pieceTexts,
  ...problemTexts,
  ...refusalTexts,
  ...repairTexts,
  ...typeTexts,
};
