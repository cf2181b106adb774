import { keepNewest } from '../newest.ts';

const minute = 60_000;
const mostKept = 10_000;

interface Count {
  since: number;
  calls: number;
}

/** Counts calls by key in each minute, in this process. */
export class Rate {
  readonly #counts = new Map<string, Count>();

  /**
   * Counts a call.
   * @returns how many calls of this key there were in the present minute, this one included, and the seconds until the
   * next minute
   */
  count(key: string, now: number = performance.now()): { calls: number; secondsLeft: number } {
    const known = this.#counts.get(key);
    const count = known && now - known.since < minute ? known : { since: now, calls: 0 };
    count.calls += 1;
    keepNewest(this.#counts, key, count, mostKept);
    return { calls: count.calls, secondsLeft: Math.ceil((count.since + minute - now) / 1000) };
  }
}
