import { expect, it } from 'vitest';
import { englishTexts } from './englishTexts.ts';
import { keptKeys, recognised } from './recognised.ts';
import { inEnglish, said } from './said.ts';

it.each(keptKeys)('%s is recognised in its sentence', (key) => {
  const names = [...englishTexts[key].matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const words = names.length === 0 ? said(key) : said(key, Object.fromEntries(names.map((name) => [name, `${name}1`])));
  const found = recognised(inEnglish(words));
  expect(found?.text).toBe(key);
  expect(found && inEnglish(found)).toBe(inEnglish(words));
});

it('a reason within a sentence is recognised, too', () => {
  const inner = said('failure.waitSeconds', { step: 'Wait' });
  const words = said('failure.childFor', {
    flow: 'Order',
    reason: said('failure.item', { index: '1', step: 'a', reason: inner }),
  });
  expect(recognised(inEnglish(words))).toEqual(words);
});

it('is left alone when nobody knows it', () => {
  expect(recognised('Something else happened.')).toBeUndefined();
});
