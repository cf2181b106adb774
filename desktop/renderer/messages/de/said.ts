import { germanTexts } from '@rondo/shared/words/germanTexts.ts';

/** What the server, the checker and the conversion of values say; see saidWords.ts. */
export const said = germanTexts;
