import { expect, test } from 'vitest';
import { mostByHand, noRuns, withRun, withRuns } from './selection.ts';

test('runs are chosen one by one, or all; taking one out of all leaves those that are loaded', () => {
  const one = withRun(noRuns, 'a', true, []);
  expect([...one.ids]).toEqual(['a']);
  expect([...withRun(one, 'a', false, []).ids]).toEqual([]);
  expect([...withRuns(one, ['b', 'a']).ids]).toEqual(['a', 'b']);
  const less = withRun({ all: true, ids: new Set() }, 'b', false, ['a', 'b', 'c']);
  expect([less.all, ...less.ids]).toEqual([false, 'a', 'c']);
  const many = Array.from({ length: mostByHand + 5 }, (_, i) => String(i));
  expect(withRuns(noRuns, many).ids.size).toBe(mostByHand);
});
