import { expect, it } from 'vitest';
import { byteWords } from './byteWords.ts';

it('says bytes by thousands, with a digit after the point where the number is small', () => {
  expect([0, 1, 12, 999, 1_000, 3_420, 12_345, 1_500_000, 2_000_000_000].map(byteWords)).toEqual([
    '0 bytes',
    '1 byte',
    '12 bytes',
    '999 bytes',
    '1 kB',
    '3.4 kB',
    '12 kB',
    '1.5 MB',
    '2 GB',
  ]);
});
