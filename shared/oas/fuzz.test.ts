import { expect, it } from 'vitest';
import { type Look, lookAt } from '../testing/lookAtText.ts';
import { malformedTexts } from '../testing/malformedTexts.ts';

it('2,000 malformed texts: each is refused with a reason or read soundly, within a second', () => {
  const outcomes = new Map<Look['outcome'], number>();
  const slow: string[] = [];
  const failed: string[] = [];
  let n = 0;
  for (const one of malformedTexts(1)) {
    if (++n > 2_000) break;
    try {
      const { outcome, milliseconds } = lookAt(one);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (milliseconds > 1_000) slow.push(`${one.what}: ${milliseconds.toFixed(0)} ms`);
    } catch (error) {
      failed.push(`${one.what} (text ${n}): ${(error as Error).stack?.slice(0, 600)}`);
    }
  }
  expect(failed).toEqual([]);
  expect(slow).toEqual([]);
  // It would say little if all were refused before anybody looks into them.
  expect(outcomes.get('wrong') ?? 0).toBeGreaterThan(100);
}, 120_000);
