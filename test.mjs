/**
 * `npm test [-- vitest arguments]`: makes the checkout ready, builds what the end-to-end tests start, passes all tests
 * and closes with one line, `N passed, N failed, N skipped`. What could not be built counts as failed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ensureBuilt, ensureGenerated, ensureInstalled, nodeBinary, root } from './prepare.mjs';

const say = (line) => console.log(line);

/** @returns {number} how many of the steps before the tests went wrong */
function prepare() {
  ensureInstalled(say);
  let broken = 0;
  for (const step of [
    () => ensureGenerated(say),
    () => ensureBuilt('client', say),
    () => ensureBuilt('server', say),
    () => ensureBuilt('desktop', say),
  ]) {
    try {
      step();
    } catch (error) {
      broken += 1;
      console.error(error.message);
    }
  }
  return broken;
}

/** Runs vitest. @returns {{passed: number, failed: number, skipped: number}} */
function runTests(folder) {
  const report = join(folder, 'report.json');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const again = join(root, 'e2e', 'harness', 'triedAgain.ts');
  const reporters = ['--reporter=default', `--reporter=${again}`, '--reporter=json', `--outputFile.json=${report}`];
  const result = spawnSync(nodeBinary, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` },
  });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  // A file that does not even load has no tests that could fail.
  const unread = counts.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = counts.numFailedTests + unread;
  return {
    passed: counts.numPassedTests,
    // An error outside any test fails the whole, too.
    failed: failed === 0 && result.status !== 0 ? 1 : failed,
    skipped: counts.numPendingTests + counts.numTodoTests,
  };
}

const folder = mkdtempSync(join(tmpdir(), 'rondo-test-'));
let counts = { passed: 0, failed: 1, skipped: 0 };
try {
  const broken = prepare();
  counts = runTests(folder);
  counts.failed += broken;
} catch (error) {
  console.error(error.message);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
