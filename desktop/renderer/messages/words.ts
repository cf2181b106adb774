import { IntlMessageFormat } from 'intl-messageformat';
import type { MessageKey, Texts } from './catalogue.ts';
import { pseudo } from './pseudo.ts';

/** Values of a message's arguments. */
export type MessageValues = Record<string, string | number | boolean | Date | null | undefined>;

/** Gives the text of a message in the viewer's language. */
export interface Words {
  (key: MessageKey, values?: MessageValues): string;
  /** The message as it stands in the catalogue; undefined where there is none, or none was loaded yet. */
  source(key: string): string | undefined;
  /** The keys of a beginning, such as `admin.did.` */
  keys(beginning: string): MessageKey[];
  /** Whether there is a text, for a key that is put together. */
  has(key: string): key is MessageKey;
}

export type Locale = 'en' | 'de' | 'pseudo';

/** How dates and numbers are written where the region is not known. */
export const defaultFormats: Record<Locale, string> = { en: 'en-GB', de: 'de-DE', pseudo: 'en-GB' };

/**
 * Makes the function that gives texts in a language. Messages are compiled once, when they are first shown.
 * @param texts the catalogue, or what of it is loaded: asking for another text is an error
 * @param formats the tag that numbers and plurals follow, such as `de-AT`
 */
export function makeWords(locale: Locale, texts: Partial<Texts>, formats = defaultFormats[locale]): Words {
  const compiled = new Map<string, IntlMessageFormat>();
  const has = (key: string): key is MessageKey => Object.hasOwn(texts, key);
  const source = (key: string) => (has(key) ? texts[key] : undefined);
  const keys = (beginning: string) => Object.keys(texts).filter((key): key is MessageKey => key.startsWith(beginning));
  const words = (key: MessageKey, values?: MessageValues) => {
    let message = compiled.get(key);
    if (!message) {
      const text = source(key);
      if (text === undefined) throw new Error(`The text “${key}” is not loaded`);
      message = new IntlMessageFormat(locale === 'pseudo' ? pseudo(text) : text, formats);
      compiled.set(key, message);
    }
    return String(message.format(values as Record<string, string | number | boolean | Date | null | undefined>));
  };
  return Object.assign(words, { has, source, keys });
}
