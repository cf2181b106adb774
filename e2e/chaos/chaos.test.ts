import { describe, expect, it } from 'vitest';
import { hasRedis } from '../harness/redis.ts';
import { chaos } from './chaos.ts';

/** Seeds that once failed stay here for ever; each is tried on one queue. */
const seeds = { PostgreSQL: [8, 31], Redis: [2026, 77] };

/** The short form of `npm run chaos`. */
describe('G1 G2 G3 G4 G5 whatever is ended, every run comes to its right end', () => {
  for (const seed of seeds.PostgreSQL)
    it(`on the queue in PostgreSQL, seed ${seed}`, () => short(seed, false), 240_000);
  for (const seed of seeds.Redis)
    it.skipIf(!hasRedis)(
      `on the queue in Redis, seed ${seed} (skipped without redis-server)`,
      () => short(seed, true),
      240_000,
    );
});

async function short(seed: number, redis: boolean): Promise<void> {
  const figures = await chaos({
    seed,
    runs: 60,
    redis,
    workers: 2,
    blowEveryMs: 800,
    mostBlows: 12,
    leastBlows: 9,
    say: (line) => console.log(line),
  });
  expect(figures.faults).toEqual([]);
  expect(figures.runs).toBeGreaterThanOrEqual(60);
  expect(Object.values(figures.blows).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(3);
}
