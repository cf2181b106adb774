import { useSyncExternalStore } from 'react';
import type { TextGroup } from './catalogue.ts';
import { loadWanted, textsThere, wantTexts } from './loadedTexts.ts';
import { defaultFormats, type Locale, makeWords, type Words } from './words.ts';

/** The languages that are complete, in their own names. */
export const languages = { en: 'English', de: 'Deutsch' } as const;

export type Language = keyof typeof languages;
/** What the person chose: a language, or the one of the system. */
export type LanguageChoice = Language | 'system';

/** The first language of the system that there is; English where there is none. */
export function languageOf(asked: readonly string[]): Language {
  for (const tag of asked) {
    const [language] = tag.toLowerCase().split('-');
    if (language !== undefined && isLanguage(language)) return language;
  }
  return 'en';
}

/** How dates and numbers are written: as in the person's region where it speaks the language (`de-AT`). */
export function formatsOf(locale: Locale, asked: readonly string[]): string {
  const language = languageIn(locale);
  return asked.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ?? defaultFormats[locale];
}

function isLanguage(value: string | null): value is Language {
  return value !== null && Object.hasOwn(languages, value);
}

interface Spoken {
  locale: Locale;
  /** the tag that dates and numbers are written by */
  formats: string;
  words: Words;
}

const key = 'rondo.language';
const inBrowser = typeof window !== 'undefined';
const listeners = new Set<() => void>();
let spoken: Spoken = { locale: 'en', formats: defaultFormats.en, words: makeWords('en', textsThere('en')) };

/** `?locale=` of the address, for a test or a picture; kept for the session. */
function asked(): Locale | null {
  const named = new URLSearchParams(window.location.search).get('locale');
  if (named === 'pseudo' || isLanguage(named)) window.sessionStorage.setItem('rondo.locale', named);
  const kept = window.sessionStorage.getItem('rondo.locale');
  return kept === 'pseudo' || isLanguage(kept) ? kept : null;
}

/** What was chosen on this device. */
export function languageChoice(): LanguageChoice {
  const kept = inBrowser ? window.localStorage.getItem(key) : null;
  return isLanguage(kept) ? kept : 'system';
}

/** The language that a locale is written in. */
function languageIn(locale: Locale): Language {
  return locale === 'pseudo' ? 'en' : locale;
}

/** @param forced a language that goes before the choice */
async function speak(forced: Locale | null): Promise<void> {
  const choice = languageChoice();
  const locale = forced ?? (choice === 'system' ? languageOf(window.navigator.languages) : choice);
  const formats = formatsOf(locale, window.navigator.languages);
  const language = languageIn(locale);
  await loadWanted(language);
  spoken = { locale, formats, words: makeWords(locale, textsThere(language), formats) };
  document.documentElement.lang = language;
  window.rondo?.setLanguage(choice);
  for (const listener of listeners) listener();
}

/** Gets the texts of the viewer's language before the first picture. English stays where they cannot be had. */
export async function startLanguage(): Promise<void> {
  try {
    await speak(asked());
  } catch (error) {
    console.error('The texts of the chosen language cannot be loaded', error);
  }
}

/** Chooses the language on this device. What is on the screen changes in place. */
export async function chooseLanguage(choice: LanguageChoice): Promise<void> {
  window.sessionStorage.removeItem('rondo.locale');
  if (choice === 'system') window.localStorage.removeItem(key);
  else window.localStorage.setItem(key, choice);
  // what was chosen just now goes before what the address asked for
  await speak(null);
}

/** Loads texts beside the core: afterwards they can be asked for, in each language that is chosen. */
export async function loadTexts(groups: readonly TextGroup[]): Promise<void> {
  wantTexts(groups);
  let language: Language;
  do {
    language = languageIn(spoken.locale);
    await loadWanted(language);
  } while (language !== languageIn(spoken.locale));
}

/** A part of the client that is being imported, once the texts that it shows are there, too. */
export async function withTexts<Part>(groups: readonly TextGroup[], part: Promise<Part>): Promise<Part> {
  const [loaded] = await Promise.all([part, loadTexts(groups)]);
  return loaded;
}

/** The texts of the moment, for code outside of components. Components ask `useT`, and are drawn again at a change. */
export function spokenWords(): Words {
  return spoken.words;
}

/** The tag that dates and numbers are written by at the moment. */
export function spokenFormats(): string {
  return spoken.formats;
}

function listen(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

/** The language that is shown and its texts; a component that asks is drawn again when another is chosen. */
export function useSpoken(): Spoken {
  const now = () => spoken;
  // a picture is drawn as a server would draw it
  return useSyncExternalStore(listen, now, now);
}
