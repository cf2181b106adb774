import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', '**/dist/**', '**/out/**', '**/generated/**'];

/** `unit` runs beside the code it tests; `e2e` starts real servers, browsers and desktops, and runs one file at a time. */
export default defineConfig({
  test: {
    environment: 'node',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{shared,server,desktop}/**/*.test.{ts,tsx}'],
          exclude: ignored,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.{ts,tsx}'],
          exclude: ignored,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          // more pages at once than that only wait for each other on two cores
          maxConcurrency: 3,
          // The end-to-end files come after the unit tests, so that they measure and wait on a machine that is theirs.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
