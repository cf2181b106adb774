import { expect, it } from 'vitest';
import { english, german } from '../messages/testing/wholeCatalogue.ts';
import { makeWords } from '../messages/words.ts';
import { spanText } from './times.ts';

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
