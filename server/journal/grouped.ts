/** What one entry of a batch came to. */
export type Outcome<R> = { ok: true; result: R } | { ok: false; error: Error };

interface Entry<T, R> {
  key: string;
  item: T;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/** How many batches of a process are under way at the same time; shared by its lanes. */
export class Gate {
  readonly #most: number;
  #taken = 0;
  readonly #lanes: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  register(wake: () => void): void {
    this.#lanes.push(wake);
  }

  enter(): boolean {
    if (this.#taken >= this.#most) return false;
    this.#taken += 1;
    return true;
  }

  leave(): void {
    this.#taken -= 1;
    for (const wake of this.#lanes) wake();
  }
}

export interface LaneOptions<T, R> {
  gate: Gate;
  /** entries of one batch at most */
  mostEntries: number;
  /** Two entries of the same key never share a batch. */
  keyOf(item: T): string;
  /** One statement for all; gives an outcome for each, in order. Throws when the statement as a whole failed. */
  write(items: T[]): Promise<Outcome<R>[]>;
}

/**
 * Gathers entries that arrive together into one statement. It flushes on the next tick, without a timer: waiting even
 * 2 ms costs a quarter of the throughput, and what arrives while the statements are under way forms the next batch.
 * When a batch fails, its entries are tried one by one, so that a bad one fails alone.
 */
export class Lane<T, R> {
  readonly #options: LaneOptions<T, R>;
  #waiting: Entry<T, R>[] = [];
  #scheduled = false;

  constructor(options: LaneOptions<T, R>) {
    this.#options = options;
    options.gate.register(() => this.#schedule());
  }

  put(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key: this.#options.keyOf(item), item, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#waiting.length === 0 || !this.#options.gate.enter()) return;
      const batch = this.#take();
      void this.#flush(batch).finally(() => this.#options.gate.leave());
      this.#schedule();
    });
  }

  /** The next entries, sorted by key: two processes that write the same rows then lock them in the same order. */
  #take(): Entry<T, R>[] {
    const keys = new Set<string>();
    const batch: Entry<T, R>[] = [];
    const rest: Entry<T, R>[] = [];
    for (const entry of this.#waiting) {
      if (batch.length < this.#options.mostEntries && !keys.has(entry.key)) {
        keys.add(entry.key);
        batch.push(entry);
      } else rest.push(entry);
    }
    this.#waiting = rest;
    return batch.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  async #flush(batch: Entry<T, R>[]): Promise<void> {
    let outcomes: Outcome<R>[];
    try {
      outcomes = await this.#options.write(batch.map((entry) => entry.item));
    } catch (error) {
      if (batch.length > 1) {
        for (const entry of batch) await this.#flush([entry]);
        return;
      }
      for (const entry of batch) entry.reject(error);
      return;
    }
    for (const [index, entry] of batch.entries()) {
      const outcome = outcomes[index];
      if (!outcome) entry.reject(new Error('The statement gave no outcome for an entry.'));
      else if (outcome.ok) entry.resolve(outcome.result);
      else entry.reject(outcome.error);
    }
  }
}
