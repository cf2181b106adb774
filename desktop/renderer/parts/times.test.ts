import { expect, it } from 'vitest';
import { english, german } from '../messages/testing/wholeCatalogue.ts';
import { makeWords } from '../messages/words.ts';
import { comingWords, spanText, timeWords } from './times.ts';

const [en, de] = [makeWords('en', english), makeWords('de', german)];

it.each([
  [0, '0 ms', '0 ms'],
  [4.4, '4 ms', '4 ms'],
  [3140, '3.1 s', '3.1 s'],
  [59_900, '59 s', '59 s'],
  [120_000, '2 min', '2 min'],
  [125_000, '2 min 5 s', '2 min 5 s'],
  [3_600_000, '1 h', '1 Std.'],
  [11_520_000, '3 h 12 min', '3 Std. 12 min'],
  [190_800_000, '2 d 5 h', '2 T. 5 Std.'],
])('%d ms is %s, in German %s', (ms, english, inGerman) => {
  expect(spanText(ms, en)).toBe(english);
  expect(spanText(ms, de)).toBe(inGerman);
});

it('what lies ahead is never “just now”', () => {
  const now = new Date('2026-11-27T12:00:00Z');
  const after = (ms: number) => new Date(now.getTime() + ms);
  for (const ms of [-2_000, 0, 20_000, 59_000]) expect(comingWords(after(ms), now, en)).toBe('in a moment');
  expect(comingWords(after(20_000), now, de)).toBe('gleich');
  expect(comingWords(after(61_000), now, en)).toBe('in 1 min');
  expect(timeWords(after(-20_000), now, en)).toBe('just now');
});
