import { expect, it } from 'vitest';
import { keepNewest } from './newest.ts';

it('the newest are kept, and one that is put in again is new again', () => {
  const map = new Map<string, number>();
  for (const [index, key] of ['a', 'b', 'a', 'c'].entries()) expect(keepNewest(map, key, index, 2)).toBe(index);
  expect([...map]).toEqual([
    ['a', 2],
    ['c', 3],
  ]);
});
