import type { Reporter, TestCase } from 'vitest/node';

/** Lists the tests that passed only when they were tried again, after all have run. */
export default class TriedAgain implements Reporter {
  readonly #again: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (test.result().state !== 'passed' || !test.diagnostic()?.retryCount) return;
    this.#again.push(`${test.module.relativeModuleId} > ${test.fullName}`);
  }

  onTestRunEnd(): void {
    if (this.#again.length === 0) return;
    console.log(`Passed only when tried again: ${this.#again.length}`);
    for (const name of this.#again) console.log(`  ${name}`);
  }
}
