import { english as englishGroups, german as germanGroups, type TextGroup, type Texts } from '../catalogue.ts';

/** All texts of a language at once, for tests: the client loads them by groups. */
async function whole(groups: Record<TextGroup, () => Promise<Partial<Texts>>>): Promise<Texts> {
  const pieces = await Promise.all(Object.values(groups).map((load) => load()));
  return Object.assign({}, ...pieces) as Texts;
}

export const english: Texts = await whole(englishGroups);
export const german: Texts = await whole(germanGroups);
