/** The heartbeat of a process that shows life otherwise: its lock is held. */
export interface Heartbeat {
  id: string;
  /** changes with each heartbeat */
  at: string;
}

/** A look that comes later than this after the last one was kept from looking: the rest of the time says nothing. */
const longestGapMs = 2000;

/**
 * Watches the heartbeats of other processes. Silence is measured by the steady clock of who listens, and only while it
 * listens: no clock that is set forward, and no pause of its own, makes a process look dead.
 */
export class Heartbeats {
  readonly #steady: () => number;
  #looked: number | undefined;
  #known = new Map<string, { at: string; silentMs: number }>();

  /** @param steady a clock that is never moved, in ms */
  constructor(steady: () => number = () => performance.now()) {
    this.#steady = steady;
  }

  /** @param beats of all others, now */
  hear(beats: readonly Heartbeat[]): void {
    const now = this.#steady();
    const passed = this.#looked === undefined ? 0 : now - this.#looked;
    this.#looked = now;
    const counted = Math.min(passed, longestGapMs);
    const before = this.#known;
    this.#known = new Map();
    for (const { id, at } of beats) {
      const known = before.get(id);
      this.#known.set(id, { at, silentMs: known?.at === at ? known.silentMs + counted : 0 });
    }
  }

  /** Those that were not heard for so long. */
  silent(forMs: number): string[] {
    return [...this.#known].flatMap(([id, { silentMs }]) => (silentMs >= forMs ? [id] : []));
  }
}
