import { expect, it } from 'vitest';
import { journalTexts } from './journalTexts.ts';
import { recognised } from './recognised.ts';
import { inEnglish, said } from './said.ts';

it.each(Object.keys(journalTexts) as (keyof typeof journalTexts)[])('%s is recognised in its sentence', (key) => {
  const names = [...journalTexts[key].matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const words = names.length === 0 ? said(key) : said(key, Object.fromEntries(names.map((name) => [name, `${name}1`])));
  const found = recognised(inEnglish(words));
  expect(found?.text).toBe(key);
  expect(found && inEnglish(found)).toBe(inEnglish(words));
});

it('is left alone when nobody knows it', () => {
  expect(recognised('Something else happened.')).toBeUndefined();
});
