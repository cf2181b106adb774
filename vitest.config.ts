import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', '**/dist/**', '**/out/**', '**/generated/**'];

/** What looks at the product as people do, in a browser or in the desktop program. */
const screens = ['e2e/browser/**/*.test.ts', 'e2e/desktop/**/*.test.ts'];

const endToEnd = {
  testTimeout: 180_000,
  hookTimeout: 180_000,
  fileParallelism: false,
  // more pages at once than that only wait for each other on two cores
  maxConcurrency: 3,
};

/**
 * `unit` runs beside the code it tests; `e2e` and `screens` start real servers, browsers and desktops, and run one file
 * at a time.
 */
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
          ...endToEnd,
          name: 'e2e',
          include: ['e2e/**/*.test.{ts,tsx}'],
          exclude: [...ignored, ...screens],
          // They come after the unit tests, so that they measure and wait on a machine that is theirs.
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...endToEnd,
          name: 'screens',
          include: screens,
          exclude: ignored,
          sequence: { groupOrder: 2 },
          // A browser on a busy machine is late now and then. What passed only when it was tried again is listed at the
          // end of the whole; what proves a guarantee (all of `e2e` and `unit`) has one try.
          retry: 1,
        },
      },
    ],
  },
});
