import { spokenFormats } from './language.ts';

const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function keep<F extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: () => F): F {
  const kept = (made.get(key) as F | undefined) ?? make();
  made.set(key, kept);
  return kept;
}

/** Writes dates and times as the viewer's language and region do. */
export function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const tag = spokenFormats();
  return keep(`date ${tag} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(tag, options));
}

/** Writes numbers as the viewer's language and region do. */
export function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const tag = spokenFormats();
  return keep(`number ${tag} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(tag, options));
}

/** The marks within a number, as they are written and typed: `1,234.5` is `1.234,5` in German. */
export function numberMarks(): { thousandSeparator: string; decimalSeparator: string } {
  const parts = numberFormat({ useGrouping: true }).formatToParts(12_345.6);
  const mark = (type: 'group' | 'decimal', other: string) => parts.find((part) => part.type === type)?.value ?? other;
  return { thousandSeparator: mark('group', ','), decimalSeparator: mark('decimal', '.') };
}
