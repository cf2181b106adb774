import { IntlMessageFormat } from 'intl-messageformat';
import { english, type MessageKey } from './catalogue.ts';
import { pseudo } from './pseudo.ts';

/** Values of a message's arguments. */
export type MessageValues = Record<string, string | number | boolean | Date | null | undefined>;

/** Gives the text of a message in the viewer's language. */
export type Words = (key: MessageKey, values?: MessageValues) => string;

export type Locale = 'en' | 'pseudo';

/** The language: `?locale=pseudo` (kept for the session) or English. */
export function currentLocale(): Locale {
  if (typeof window === 'undefined') return 'en';
  const asked = new URLSearchParams(window.location.search).get('locale');
  if (asked === 'pseudo' || asked === 'en') window.sessionStorage.setItem('rondo.locale', asked);
  return window.sessionStorage.getItem('rondo.locale') === 'pseudo' ? 'pseudo' : 'en';
}

/** Makes the function that gives texts in a language. Messages are compiled once, when they are first shown. */
export function makeWords(locale: Locale): Words {
  const compiled = new Map<string, IntlMessageFormat>();
  return (key, values) => {
    let message = compiled.get(key);
    if (!message) {
      const source = english[key];
      message = new IntlMessageFormat(locale === 'pseudo' ? pseudo(source) : source, 'en');
      compiled.set(key, message);
    }
    return String(message.format(values as Record<string, string | number | boolean | Date | null | undefined>));
  };
}

const words = makeWords(currentLocale());

/** The texts of the viewer's language, as a hook: `const t = useT(); t('shell.help')`. */
export function useT(): Words {
  return words;
}
