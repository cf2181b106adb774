import type { WorkLog } from './workLog.ts';

/** Something that is to be done again and again by whoever of the processes comes to it. */
export interface Chore {
  /** for the log: "The chore “…” failed." */
  name: string;
  everyMs: number;
  /** Safe to run in several processes at once: it takes rows that others do not have (SKIP LOCKED). */
  run(): Promise<unknown>;
}

/** Runs chores in turn, each when its time has come. One that fails is logged and comes again. */
export class Chores {
  readonly #chores: readonly Chore[];
  readonly #log: WorkLog;
  readonly #next = new Map<Chore, number>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(chores: readonly Chore[], log: WorkLog) {
    this.#chores = chores;
    this.#log = log;
  }

  start(): void {
    if (this.#chores.length === 0 || this.#stopped) return;
    const shortest = Math.min(...this.#chores.map((chore) => chore.everyMs));
    this.#timer = setTimeout(
      () => {
        this.#running = this.#round().finally(() => this.start());
      },
      Math.min(shortest, 1000),
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #round(): Promise<void> {
    for (const chore of this.#chores) {
      const now = performance.now();
      if (this.#stopped || now < (this.#next.get(chore) ?? 0)) continue;
      this.#next.set(chore, now + chore.everyMs);
      try {
        await chore.run();
      } catch (error) {
        this.#log.warn({ error: String(error) }, `The chore “${chore.name}” failed.`);
      }
    }
  }
}
