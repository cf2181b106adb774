import { englishTexts, type TextKey } from './englishTexts.ts';

/**
 * A sentence, or a piece of one, that is not bound to a language: which text, and what stands in it. Programs and logs
 * read it in English; the client says it in the language of whoever looks.
 */
export interface Said {
  text: TextKey;
  values?: SaidValues;
}

/** What stands in a text: names and numbers as they are, pieces that are said themselves, or a list of such. */
export type SaidValue = string | number | Said | readonly (string | number | Said)[];
export type SaidValues = Readonly<Record<string, SaidValue>>;

/** A text with its values. */
export function said(text: TextKey, values?: SaidValues): Said {
  return values === undefined ? { text } : { text, values };
}

/** A name in quotes. */
export function quoted(name: string | Said): Said {
  return said('quoted', { name });
}

/** Several, of which one: `a or b or c`. */
export function oneOrOther(pieces: readonly (string | Said)[]): string | Said {
  const [first = '', ...rest] = pieces;
  return rest.reduce<string | Said>((before, last) => said('or', { before, last }), first);
}

/** Several sentences, one after the other; undefined where there is none. */
export function inOneGo([first, ...rest]: readonly Said[]): Said | undefined {
  return first && rest.reduce((before, last) => said('sentences', { before, last }), first);
}

/** The sentence in English. */
export function inEnglish({ text, values = {} }: Said): string {
  return englishTexts[text].replaceAll(/\{(\w+)\}/g, (_, name: string) => valueInEnglish(values[name] ?? ''));
}

/** The same as a sentence of its own, which begins with a capital letter. */
export function sentence(of: Said): string {
  const words = inEnglish(of);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value of a sentence in English. */
export function valueInEnglish(value: SaidValue): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return 'text' in value ? inEnglish(value) : value.map(valueInEnglish).join(', ');
}
