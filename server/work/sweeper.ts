import type { Actor } from '@rondo/shared/runs/events.ts';
import { type ClaimedRun, claimOverdue } from './claims.ts';
import type { Timing, WorkOptions } from './options.ts';
import { heldRuns, sweepDead, sweepTimers } from './sweeps.ts';
import { tick } from './ticker.ts';

/** What a sweep needs of the process that it sweeps for. */
export interface SweptWork {
  holder(): string;
  /** how many runs it could take now */
  room(): number;
  isLive(runId: string): boolean;
  take(run: ClaimedRun): void;
  wake(runId: string): Promise<void>;
  cancel(runId: string, actor: Actor): void;
}

/** How long a run may be ours in the database and unknown here, before it is given back. */
const strayMs = 5000;

/**
 * Looks every quarter of a second for what nobody sees to: runs whose holder died, runs that nobody took, due timers,
 * due fires of schedules, cancels that were asked for elsewhere. All sweeps take rows that others do not have, so any
 * number of processes may sweep.
 */
export class Sweeper {
  readonly #options: WorkOptions;
  readonly #timing: Timing;
  readonly #work: SweptWork;
  readonly #strays = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;
  #count = 0;

  constructor(options: WorkOptions, timing: Timing, work: SweptWork) {
    this.#options = options;
    this.#timing = timing;
    this.#work = work;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#running = this.#sweep().finally(() => {
        if (!this.#stopped) this.start();
      });
    }, this.#timing.sweepMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** One sweep; a part that fails is logged and does not keep the others from their work. */
  async #sweep(): Promise<void> {
    this.#count += 1;
    await this.#part('dead processes', () => this.#takeOver());
    await this.#part('timers', () => this.#wakeTimers());
    await this.#part('overdue runs', () => this.#takeOverdue());
    if (this.#options.schedules !== false) await this.#part('schedules', () => this.#tick());
    if (this.#count % 2 === 0) await this.hurry();
    // The journal's partitions of the coming months, once an hour or so.
    if (this.#count % 14_400 === 0)
      await this.#part('partitions', () => this.#options.store.pool.query('SELECT rondo_make_partitions(3)'));
  }

  async #part(what: string, work: () => Promise<unknown>): Promise<void> {
    if (this.#stopped) return;
    try {
      await work();
    } catch (error) {
      this.#options.log.warn({ error: String(error) }, `The sweep of ${what} failed.`);
    }
  }

  async #takeOver(): Promise<void> {
    const { pool } = this.#options.store;
    const { orphans, othersLive } = await sweepDead(pool, this.#work.holder(), this.#timing.deadAfterMs);
    this.#options.hub.othersLive = othersLive;
    if (orphans.length > 0) {
      this.#options.log.info({ runs: orphans.length }, 'Took over runs of a process that is gone.');
      await this.#wakeAll(orphans);
    }
  }

  async #wakeTimers(): Promise<void> {
    await this.#wakeAll(await sweepTimers(this.#options.store.pool));
  }

  async #wakeAll(runs: readonly string[]): Promise<void> {
    // A few at a time: the pool has other users.
    for (let first = 0; first < runs.length; first += 4) {
      await Promise.all(runs.slice(first, first + 4).map((runId) => this.#work.wake(runId)));
    }
  }

  async #takeOverdue(): Promise<void> {
    const room = Math.min(this.#work.room(), 16);
    if (room <= 0) return;
    const runs = await claimOverdue(this.#options.store.pool, this.#work.holder(), room, this.#timing.overdueMs);
    for (const run of runs) this.#work.take(run);
  }

  async #tick(): Promise<void> {
    const { runs, schedules } = await tick(this.#options);
    for (const schedule of schedules) {
      this.#options.hub.tell({ kind: 'schedule', id: schedule.id, flowId: schedule.flowId });
    }
    await this.#wakeAll(runs);
  }

  /** Looks for cancels now. Never fails: what goes wrong is logged. */
  hurry(): Promise<void> {
    return this.#part('cancels', () => this.#readCancels());
  }

  /** Carries out cancels that other processes asked for, and gives back runs that this process holds in name only. */
  async #readCancels(): Promise<void> {
    const { store, journal } = this.#options;
    const holder = this.#work.holder();
    const held = await heldRuns(store.pool, holder);
    const now = Date.now();
    const seen = new Set<string>();
    for (const { id, cancelBy } of held) {
      if (this.#work.isLive(id)) {
        if (cancelBy) this.#work.cancel(id, cancelBy);
        continue;
      }
      seen.add(id);
      const since = this.#strays.get(id);
      if (since === undefined) this.#strays.set(id, now);
      else if (now - since > strayMs) await journal.giveBack(id, holder);
    }
    for (const id of this.#strays.keys()) if (!seen.has(id)) this.#strays.delete(id);
  }
}
