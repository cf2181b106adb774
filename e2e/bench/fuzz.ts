/**
 * `npm run bench -- --fuzz`: 100,000 malformed texts are read, validated and written back: none may end the program,
 * take more than a second, or let the memory grow beyond 512 MB. `--texts=N` and `--seed=N` choose others.
 */
import { lookAt } from '@rondo/shared/testing/lookAtText.ts';
import { malformedTexts } from '@rondo/shared/testing/malformedTexts.ts';
import { line } from './table.ts';

const given = (name: string, fallback: number): number => {
  const found = process.argv.find((one) => one.startsWith(`--${name}=`));
  return found === undefined ? fallback : Number(found.split('=')[1]);
};
const texts = given('texts', 100_000);
const seed = given('seed', 2);
// The JSON5 reader warns of characters that it reads all the same.
console.warn = () => undefined;

const outcomes = new Map<string, number>();
const slowest = new Map<string, number>();
const failed: string[] = [];
let most = 0;
let n = 0;
const begun = performance.now();
for (const one of malformedTexts(seed)) {
  if (++n > texts) break;
  try {
    const { outcome, milliseconds } = lookAt(one);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    slowest.set(one.what, Math.max(slowest.get(one.what) ?? 0, milliseconds));
    if (milliseconds > 1_000) failed.push(`text ${n} (${one.what}) took ${milliseconds.toFixed(0)} ms`);
  } catch (error) {
    failed.push(`text ${n} (${one.what}): ${(error as Error).message}`);
  }
  if (n % 100 === 0) most = Math.max(most, process.memoryUsage().rss / 1024 / 1024);
}
line(
  `${texts.toLocaleString('en')} malformed texts, seed ${seed}`,
  '',
  `${((performance.now() - begun) / 1000).toFixed(0)} s`,
);
for (const [outcome, count] of outcomes) line(`  ${outcome}`, '', count.toLocaleString('en'));
line('  memory at most', '512 MB', `${most.toFixed(0)} MB`);
for (const [what, time] of [...slowest].sort((a, b) => b[1] - a[1]).slice(0, 5))
  line(`  longest: ${what}`, '1,000 ms', `${time.toFixed(0)} ms`);
for (const words of failed.slice(0, 20)) console.error(words);
process.exitCode = failed.length > 0 || most > 512 ? 1 : 0;
