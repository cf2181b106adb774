import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningRedis } from '../harness/redis.ts';
import type { Clocks } from './clocks.ts';
import type { CutProxy, Database, Mortal } from './world.ts';

/** What can be struck. */
export interface Targets {
  mortals: Mortal[];
  database: Database;
  proxy: CutProxy;
  redis: RunningRedis | undefined;
  clocks: Clocks;
  /** what was struck, and how often */
  blows: Record<string, number>;
  /** ms between two blows, on average */
  every: number;
}

const minute = 60_000;
const hour = 60 * minute;

/** Strikes one thing after the other until it is over: each kind once, then as the numbers have it. */
export async function strike(random: () => number, targets: Targets, isOver: () => boolean): Promise<void> {
  const { mortals, database, proxy, redis, clocks, blows } = targets;
  const any = () => Math.floor(random() * mortals.length);
  const kinds: [weight: number, name: string, strike: () => Promise<void> | void][] = [
    [6, 'worker or server killed', () => mortals[any()]?.kill()],
    [2, 'connections cut', () => proxy.cut()],
    [2, 'connections stalled', () => proxy.stall(300 + random() * 1500)],
    [1, 'PostgreSQL restarted', () => database.restart()],
    [1, 'PostgreSQL killed', () => database.kill()],
    [1, 'all clocks set forward by hours', () => clocks.moveAll((0.5 + random() * 2.5) * hour)],
    [1, 'all clocks set back by minutes', () => clocks.moveAll(-(0.5 + random() * 9.5) * minute)],
    [1, 'the clock of a process set wrong', () => clocks.moveOne(any(), (random() * 6 - 3) * hour)],
    ...(redis ? ([[2, 'Redis killed and wiped', () => redis.wipe()]] as [number, string, () => Promise<void>][]) : []),
  ];
  const first = [...kinds];
  while (!isOver()) {
    await sleep(targets.every * (0.5 + random()));
    if (isOver()) return;
    const [kind] =
      first.length > 0 ? first.splice(Math.floor(random() * first.length), 1) : [byWeight(kinds, random())];
    if (!kind) continue;
    const [, name, blow] = kind;
    blows[name] = (blows[name] ?? 0) + 1;
    await blow();
  }
}

/** @param at from 0 to 1 */
function byWeight<T extends [weight: number, ...rest: unknown[]]>(kinds: readonly T[], at: number): T | undefined {
  let left = at * kinds.reduce((sum, [weight]) => sum + weight, 0);
  return kinds.find(([weight]) => {
    left -= weight;
    return left < 0;
  });
}
