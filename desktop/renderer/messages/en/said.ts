import { englishTexts, type TextKey } from '@rondo/shared/words/englishTexts.ts';

type Texts = { [Key in TextKey as `said.${Key}`]: string };

/** What the server, the checker and the conversion of values say; see saidWords.ts. */
export const said = Object.fromEntries(
  Object.entries(englishTexts).map(([key, text]) => [`said.${key}`, text]),
) as Texts;
