import { Cancelled, RunTimedOut } from '../engine/ports.ts';
import { admit, gatedFlows } from './admission.ts';
import { answerParent, cancelChildren } from './childRuns.ts';
import type { ClaimedRun } from './claims.ts';
import { sweepDeadlines } from './deadlines.ts';
import { Heartbeats } from './heartbeats.ts';
import type { Timing, WorkOptions } from './options.ts';
import { handleRunEnds } from './runEnds.ts';
import { heldRuns, sweepDead, sweepTimers } from './sweeps.ts';
import { type Tick, tick } from './ticker.ts';

/** What a sweep needs of the process that it sweeps for. */
export interface SweptWork {
  holder(): string;
  /** how many runs it could take now */
  room(): number;
  isLive(runId: string): boolean;
  /** takes queued runs for this process: those whose turn it is */
  claim(most: number, overdueMs: number): Promise<ClaimedRun[]>;
  take(run: ClaimedRun): void;
  wake(runId: string): Promise<void>;
  abort(runId: string, reason: Error): void;
  /** stops it before its next step */
  halt(runId: string): void;
}

/** How long a run may be ours in the database and unknown here, before it is given back. */
const strayMs = 5000;
const backlogMs = 20;

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
  readonly #heartbeats = new Heartbeats();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #ends: Promise<void> | undefined;
  #last = Number.NEGATIVE_INFINITY;
  #backlog = false;
  #stopped = false;
  #count = 0;

  constructor(options: WorkOptions, timing: Timing, work: SweptWork) {
    this.#options = options;
    this.#timing = timing;
    this.#work = work;
  }

  start(): void {
    this.#timer = setTimeout(
      () => {
        const due = performance.now() - this.#last >= this.#timing.sweepMs;
        const part = due ? this.#sweep() : this.#part('overdue runs', () => this.#takeOverdue());
        this.#running = part.finally(() => {
          if (!this.#stopped) this.start();
        });
      },
      // While more was overdue than could be taken, the next are taken as soon as there is room.
      this.#backlog ? Math.min(backlogMs, this.#timing.sweepMs) : this.#timing.sweepMs,
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
    await this.#ends;
  }

  /** One sweep; a part that fails is logged and does not keep the others from their work. */
  async #sweep(): Promise<void> {
    this.#last = performance.now();
    this.#count += 1;
    await this.#part('dead processes', () => this.#takeOver());
    await this.#part('timers', () => this.#wakeTimers());
    await this.#part('time limits', () => this.#endTimedOut());
    await this.#part('ended runs', () => this.#handleEnds());
    await this.#part('limits', () => this.#letIn());
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
    const silent = this.#heartbeats.silent(this.#timing.deadAfterMs);
    const { orphans, others } = await sweepDead(pool, this.#work.holder(), silent);
    this.#heartbeats.hear(others);
    this.#options.hub.othersLive = others.length > 0;
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
    const room = Math.min(this.#work.room(), 32);
    if (room <= 0) return;
    const runs = await this.#work.claim(room, this.#timing.overdueMs);
    this.#backlog = runs.length === room;
    for (const run of runs) this.#work.take(run);
  }

  /** Fails runs that nobody holds and whose time is over. */
  async #endTimedOut(): Promise<void> {
    for (const id of await sweepDeadlines(this.#options.store.pool)) {
      this.#options.hub.tell({ kind: 'run', id, state: 'failed' });
      this.#options.hub.tell({ kind: 'inbox', id });
    }
  }

  /** Lets in runs that the limits of their flows kept back. */
  async #letIn(): Promise<void> {
    for (const flowId of await gatedFlows(this.#options.store.pool)) {
      await this.#wakeAll(await admit(this.#options, flowId));
    }
  }

  /** Acts on runs that have ended, now. Never fails: what goes wrong is logged, and done by the next sweep. */
  handleEnds(): void {
    this.#ends ??= this.#part('ended runs', () => this.#handleEnds()).finally(() => {
      this.#ends = undefined;
    });
  }

  async #handleEnds(): Promise<void> {
    const { store, onRunEnd, log } = this.#options;
    const handlers = [answerParent, cancelChildren, ...(onRunEnd ?? [])];
    for (;;) {
      const { wake, more } = await handleRunEnds(store.pool, handlers, log);
      await this.#wakeAll(wake);
      if (!more) return;
    }
  }

  async #tick(): Promise<void> {
    const { runs, schedules, stopped } = await tick(this.#options);
    await this.#tellStopped(stopped);
    for (const schedule of schedules) {
      this.#options.hub.tell({ kind: 'schedule', id: schedule.id, flowId: schedule.flowId });
    }
    await this.#wakeAll(runs);
  }

  /** Earlier runs that a schedule has stopped: those that ended are told of, the others broken off where they are. */
  async #tellStopped(stopped: Tick['stopped']): Promise<void> {
    const { hub } = this.#options;
    for (const { runId, flowId, done } of stopped) {
      if (done === 'asked') {
        if (!this.#work.isLive(runId)) hub.signal({ cancel: runId });
        continue;
      }
      hub.tell({ kind: 'run', id: runId, flowId, state: 'cancelled' });
      hub.tell({ kind: 'inbox', id: runId });
    }
    if (stopped.some(({ done }) => done === 'cancelled')) this.handleEnds();
    if (stopped.some(({ runId, done }) => done === 'asked' && this.#work.isLive(runId))) await this.hurry();
  }

  /** Looks now for what this process must do with the runs that it holds. Never fails: what goes wrong is logged. */
  hurry(): Promise<void> {
    return this.#part('held runs', () => this.#readHeld());
  }

  /** Carries out cancels, pauses and time limits of the runs that it holds, and gives back runs that this process holds in name only. */
  async #readHeld(): Promise<void> {
    const { store, journal } = this.#options;
    const holder = this.#work.holder();
    const held = await heldRuns(store.pool, holder);
    const now = performance.now();
    const seen = new Set<string>();
    for (const { id, cancelBy, paused, timedOut } of held) {
      if (this.#work.isLive(id)) {
        if (cancelBy) this.#work.abort(id, new Cancelled(cancelBy));
        else if (timedOut !== null) this.#work.abort(id, new RunTimedOut(timedOut));
        else if (paused) this.#work.halt(id);
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
