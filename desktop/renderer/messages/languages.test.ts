import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import type { MessageKey } from './catalogue.ts';
import { english, german } from './testing/wholeCatalogue.ts';

type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** What a message asks for: its arguments with their kinds, and the choices of a `select`. */
function asks(parts: Part[]): string[] {
  const found = new Set<string>();
  const walk = (inner: Part[]) => {
    for (const part of inner) {
      if (!('value' in part) || part.type === 0) continue;
      // 5 = select, 6 = plural: only a select has the same choices in each language
      const choices = part.type === 5 ? ` ${Object.keys(part.options).sort().join('|')}` : '';
      found.add(`${part.value} ${part.type}${choices}`);
      if (part.type === 5 || part.type === 6) for (const option of Object.values(part.options)) walk(option.value);
    }
  };
  walk(parts);
  return [...found].sort();
}

/** The plurals of a message that lack a category of their language. */
function lackingPlurals(parts: Part[], language: string): string[] {
  return parts.flatMap((part): string[] => {
    if (part.type !== 5 && part.type !== 6) return [];
    const inner = Object.values(part.options).flatMap((option) => lackingPlurals(option.value, language));
    if (part.type === 5) return inner;
    // “none” and “any other number” may say the same for one
    const keywords = Object.keys(part.options).filter((option) => !option.startsWith('='));
    if (keywords.length === 1) return inner;
    const needed = new Intl.PluralRules(language, { type: part.pluralType ?? 'cardinal' }).resolvedOptions()
      .pluralCategories;
    return [
      ...inner,
      ...needed.filter((category) => !(category in part.options)).map((each) => `${part.value} ${each}`),
    ];
  });
}

const keys = Object.keys(english) as MessageKey[];

describe('German', () => {
  it('has the keys of English and no other, none of them empty', () => {
    expect(Object.keys(german).sort()).toEqual([...keys].sort());
    expect(keys.filter((key) => german[key].trim() === '')).toEqual([]);
  });

  it('asks for the arguments that English asks for', () => {
    const differ = keys.filter((key) => {
      const [here, there] = [german[key], english[key]].map((text) => asks(new IntlMessageFormat(text, 'en').getAst()));
      return JSON.stringify(here) !== JSON.stringify(there);
    });
    expect(differ).toEqual([]);
  });

  it.each([
    ['de', german],
    ['en', english],
  ] as const)('has every plural that %s has', (language, texts) => {
    const lacking = keys.flatMap((key) =>
      lackingPlurals(new IntlMessageFormat(texts[key], language).getAst(), language).map((each) => `${key}: ${each}`),
    );
    expect(lacking).toEqual([]);
  });

  it('speaks German quotes, not English ones', () => {
    expect(keys.filter((key) => /“[^”]*”|’/.test(german[key].replaceAll(/„[^“]*“/g, '')))).toEqual([]);
  });
});
