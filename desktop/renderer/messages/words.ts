import { IntlMessageFormat } from 'intl-messageformat';
import { english, type MessageKey } from './catalogue.ts';
import { pseudo } from './pseudo.ts';

/** Values of a message's arguments. */
export type MessageValues = Record<string, string | number | boolean | Date | null | undefined>;

/** Gives the text of a message in the viewer's language. */
export type Words = (key: MessageKey, values?: MessageValues) => string;

/** A whole catalogue: one ICU message for each key. */
export type Texts = Record<MessageKey, string>;

export type Locale = 'en' | 'de' | 'pseudo';

/** How dates and numbers are written where the region is not known. */
export const defaultFormats: Record<Locale, string> = { en: 'en-GB', de: 'de-DE', pseudo: 'en-GB' };

/**
 * Makes the function that gives texts in a language. Messages are compiled once, when they are first shown.
 * @param texts the catalogue; English where it is left out
 * @param formats the tag that numbers and plurals follow, such as `de-AT`
 */
export function makeWords(locale: Locale, texts: Texts = english, formats = defaultFormats[locale]): Words {
  const compiled = new Map<string, IntlMessageFormat>();
  return (key, values) => {
    let message = compiled.get(key);
    if (!message) {
      const source = texts[key];
      message = new IntlMessageFormat(locale === 'pseudo' ? pseudo(source) : source, formats);
      compiled.set(key, message);
    }
    return String(message.format(values as Record<string, string | number | boolean | Date | null | undefined>));
  };
}
