import { englishTexts, type TextKey } from './englishTexts.ts';
import { germanTexts } from './germanTexts.ts';
import type { Said, SaidValue } from './said.ts';

/** The languages in which everything is said. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** A language by its name; English where it is none of ours. */
export function languageNamed(name: string | null | undefined): Language {
  return languages.find((language) => language === name) ?? 'en';
}

/**
 * A sentence in a language as it stands, for what leaves the server itself.
 * @param otherwise what is said where it holds a text that only another version knows
 */
export function inLanguage(language: Language, words: Said | undefined, otherwise: string): string {
  return (words && pieceIn(language, words)) ?? otherwise;
}

function pieceIn(language: Language, { text, values = {} }: Said): string | undefined {
  if (!Object.hasOwn(englishTexts, text)) return undefined;
  const spoken = new Map(Object.entries(values).map(([name, value]) => [name, valueIn(language, value)]));
  if ([...spoken.values()].includes(undefined)) return undefined;
  return textIn(language, text).replaceAll(/\{(\w+)\}/g, (_, name: string) => spoken.get(name) ?? '');
}

function textIn(language: Language, text: TextKey): string {
  return language === 'de' ? germanTexts[`said.${text}`] : englishTexts[text];
}

function valueIn(language: Language, value: SaidValue): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if ('text' in value) return pieceIn(language, value);
  const pieces = value.map((piece) => valueIn(language, piece));
  return pieces.includes(undefined) ? undefined : pieces.join(', ');
}
