import { english, german, type TextGroup, type Texts } from './catalogue.ts';
import { core } from './en/core.ts';

const catalogues = { en: english, de: german };
type TextLanguage = keyof typeof catalogues;

const loaded: Record<TextLanguage, Partial<Texts>> = { en: { ...core }, de: {} };
const loads = new Map<string, Promise<void>>();
const wanted = new Set<TextGroup>(['core']);

/** The texts of a language that are there; what is loaded later stands in the same object. */
export function textsThere(language: TextLanguage): Partial<Texts> {
  return loaded[language];
}

/** From now on, these groups are loaded in every language that is shown. */
export function wantTexts(groups: readonly TextGroup[]): void {
  for (const group of groups) wanted.add(group);
}

/** Loads in a language all that is wanted, also what comes to be wanted meanwhile. A load that failed is tried anew. */
export async function loadWanted(language: TextLanguage): Promise<void> {
  let before = 0;
  while (before !== wanted.size) {
    before = wanted.size;
    await Promise.all([...wanted].map((group) => load(language, group)));
  }
}

function load(language: TextLanguage, group: TextGroup): Promise<void> {
  const name = `${language} ${group}`;
  const begun =
    loads.get(name) ?? catalogues[language][group]().then((texts) => void Object.assign(loaded[language], texts));
  loads.set(name, begun);
  begun.catch(() => loads.delete(name));
  return begun;
}
