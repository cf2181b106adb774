import type { Actor, RunStarted } from '@rondo/shared/runs/events.ts';
import { isTerminal, type RunState } from '@rondo/shared/runs/states.ts';
import { Cancelled } from '../engine/ports.ts';
import { FencedError } from '../journal/fencedError.ts';
import type { CreatedRun, NewRun } from '../journal/journal.ts';
import { type NumberedEvent, readJournal } from '../journal/readJournal.ts';
import { isLostConnection } from '../store/lostConnection.ts';
import type { Transaction } from '../store/store.ts';
import { answerWait, type GivenAnswer } from './answers.ts';
import { requestCancel } from './cancel.ts';
import { Chores } from './chores.ts';
import { type ClaimedRun, claimRun } from './claims.ts';
import { RunDocuments } from './documents.ts';
import { defaultLimits, defaultTiming, type Limits, type Timing, type WorkOptions } from './options.ts';
import { type HandOver, openHandOver } from './queue.ts';
import { Recorder } from './recorder.ts';
import { newRunId } from './runId.ts';
import { driveTask, type EndedRun, failRun, prepareTask, type Task } from './segment.ts';
import { ServerProcess } from './serverProcess.ts';
import type { StartRequest } from './startRequest.ts';
import { Sweeper } from './sweeper.ts';

/** Ends that are kept for whoever asks next. */
const mostRemembered = 256;

/** A run that is under way in this process. */
interface Live {
  abort: AbortController;
  recorder: Recorder | undefined;
  done: Promise<void>;
}

/** Runs flows: begins new runs here, takes what others hand over, and sees to it that none is forgotten. */
export class Work {
  readonly #options: WorkOptions;
  readonly #timing: Timing;
  readonly #limits: Limits;
  readonly #process: ServerProcess;
  readonly #documents: RunDocuments;
  readonly #queue: HandOver;
  readonly #sweeper: Sweeper;
  readonly #chores: Chores;
  readonly #live = new Map<string, Live>();
  /** runs that have ended here a moment ago: whoever waits for one need not ask the database */
  readonly #ended = new Map<string, EndedRun>();
  #stopping = false;

  constructor(options: WorkOptions) {
    this.#options = options;
    this.#timing = { ...defaultTiming, ...options.timing };
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#process = new ServerProcess(options, this.#timing);
    this.#documents = new RunDocuments(options.store.pool);
    this.#queue = openHandOver(options, this.#limits.handed);
    this.#chores = new Chores(options.chores ?? [], options.log);
    this.#sweeper = new Sweeper(options, this.#timing, {
      holder: () => this.#process.id,
      room: () => (this.#stopping ? 0 : Math.max(this.#limits.own, this.#limits.handed) - this.#live.size),
      isLive: (runId) => this.#live.has(runId),
      take: (run) => this.#take(run),
      wake: (runId) => this.wake(runId),
      cancel: (runId, actor) => this.#cancelHere(runId, actor),
    });
  }

  /** How many runs are under way in this process. */
  get live(): number {
    return this.#live.size;
  }

  /** Joins the processes that share the work, and begins to take runs. */
  async open(): Promise<void> {
    await this.#process.start();
    this.#options.hub.onSignal(({ cancel }) => {
      if (this.#live.has(cancel)) this.#sweeper.hurry();
    });
    await this.#queue.start((runId) => this.#takeHint(runId));
    this.#sweeper.start();
    this.#chores.start();
  }

  /**
   * Starts a run: here at once, or handed over when this process has enough to do.
   * @returns when it is on record; `created: false` names the run that the same key has started before
   */
  async start(request: StartRequest): Promise<CreatedRun> {
    if (request.document) this.#documents.keep(request.documentHash, request.document);
    const createdAt = new Date();
    const run: NewRun = { ...request, id: newRunId(), createdAt };
    const started: RunStarted = {
      kind: 'run_started',
      at: createdAt.toISOString(),
      actor: request.actor,
      trigger: request.trigger,
      inputs: request.inputs,
      ...(request.messages?.length ? { messages: request.messages } : {}),
    };
    if (this.#stopping || this.#live.size >= this.#limits.own) return this.#handOver(run, started);
    return this.#begin(run, started);
  }

  async #handOver(run: NewRun, started: RunStarted): Promise<CreatedRun> {
    const created = await this.#options.journal.create(run, null, [started]);
    if (created.created) {
      this.#options.hub.tell({ kind: 'run', id: run.id, flowId: run.flowId ?? undefined, state: 'queued' });
      await this.#offer(run.id);
    }
    return created;
  }

  async #begin(run: NewRun, started: RunStarted): Promise<CreatedRun> {
    const { journal, hub } = this.#options;
    const holder = this.#process.id;
    const { id: runId, flowId } = run;
    const recorder = new Recorder({
      journal,
      hub,
      runId,
      flowId,
      holder,
      nextSeq: 0,
      stepsDone: 0,
      mayHaveReviews: false,
      creation: { run, started },
      observe: this.#options.observe,
    });
    const task: Task = {
      runId,
      flowId,
      documentHash: run.documentHash,
      holder,
      recorder,
      journal: [],
      pending: [started],
      abort: new AbortController(),
    };
    this.#enter(runId, task.abort, recorder, () => this.#drive(task));
    // A run with nothing to show yet (a long script at its start) is put on record before its first append.
    const impatience = setTimeout(() => {
      // The segment then breaks off, and sees to its run.
      recorder.create().catch((error) => task.abort.abort(error));
    }, this.#timing.patienceMs);
    try {
      return await recorder.created.promise;
    } finally {
      clearTimeout(impatience);
    }
  }

  #enter(runId: string, abort: AbortController, recorder: Recorder | undefined, run: () => Promise<void>): void {
    const done = run()
      .catch((error) => this.#options.log.error({ runId, error: describe(error) }, 'A run broke off.'))
      .finally(() => this.#live.delete(runId));
    this.#live.set(runId, { abort, recorder, done });
  }

  /** Drives a run until it has ended, waits for longer, or is not ours any more. */
  async #drive(first: Task): Promise<void> {
    let task = first;
    for (;;) {
      try {
        const outcome = await driveTask(this.#options, this.#documents, task);
        if (outcome === 'lost') await this.#options.journal.giveBack(task.runId, task.holder);
        if (typeof outcome === 'object') this.#remember(task.runId, outcome);
        if (outcome !== 'go on') return;
      } catch (error) {
        await this.#breakOff(task, error);
        return;
      }
      const again = await claimRun(this.#options.store.pool, task.runId, this.#process.id);
      if (!again) return;
      task = await prepareTask(this.#options, again, task.abort);
      const live = this.#live.get(task.runId);
      if (live) live.recorder = task.recorder;
    }
  }

  #remember(runId: string, ended: EndedRun): void {
    this.#ended.set(runId, ended);
    const oldest = this.#ended.keys().next();
    if (this.#ended.size > mostRemembered && !oldest.done) this.#ended.delete(oldest.value);
  }

  /** A segment that failed by no fault of its run: the run fails when its journal can say so, else others go on. */
  async #breakOff(task: Task, error: unknown): Promise<void> {
    const { log, journal } = this.#options;
    const runId = task.runId;
    if (error instanceof FencedError) return;
    log.error({ runId, error: describe(error) }, 'A segment broke off.');
    if (isLostConnection(error)) {
      // Not the run's fault. Whoever takes it next reads in its journal what was written. When this fails, too, the
      // sweep for runs that are held in name only gives it back.
      task.abort.abort(error);
      await journal.giveBack(runId, task.holder);
      return;
    }
    try {
      await failRun(task, 'INTERNAL', 'Something went wrong inside the server. Its log says more.');
    } catch (failure) {
      if (!(failure instanceof FencedError)) log.error({ runId, error: describe(failure) }, 'Its run is given back.');
      task.abort.abort(failure);
      await journal.giveBack(runId, task.holder);
    }
  }

  /** Takes a queued run when there is one: the hint of the queue. Resolves when its segment is over. */
  async #takeHint(runId: string): Promise<void> {
    if (this.#stopping) return;
    const run = await claimRun(this.#options.store.pool, runId, this.#process.id);
    if (!run) return;
    this.#take(run);
    await this.#live.get(runId)?.done;
  }

  #take(run: ClaimedRun): void {
    const abort = new AbortController();
    this.#enter(run.id, abort, undefined, async () => {
      const task = await prepareTask(this.#options, run, abort).catch(async (error) => {
        await this.#options.journal.giveBack(run.id, run.holder);
        throw error;
      });
      const live = this.#live.get(run.id);
      if (live) live.recorder = task.recorder;
      await this.#drive(task);
    });
  }

  /**
   * Resolves when the run has ended or waits, at the latest after this time.
   * @returns how it ended, where that happened here a moment ago; else the run's row says where it stands
   */
  async finished(runId: string, timeoutMs: number): Promise<EndedRun | undefined> {
    const deadline = Date.now() + timeoutMs;
    const { hub, store } = this.#options;
    let changed = Promise.withResolvers<void>();
    let forget: (() => void) | undefined;
    try {
      while (Date.now() < deadline) {
        const ended = this.#ended.get(runId);
        if (ended) return ended;
        const live = this.#live.get(runId);
        if (live) {
          await within(live.done, deadline - Date.now());
          continue;
        }
        // Only who waits for another process listens: of runs that end here there are many.
        forget ??= hub.on((change) => {
          if (change.kind === 'run' && change.id === runId) changed.resolve();
        });
        changed = Promise.withResolvers();
        const { rows } = await store.pool.query<{ state: RunState }>({
          name: 'rondo_state',
          text: 'SELECT state FROM run WHERE id = $1',
          values: [runId],
        });
        const state = rows[0]?.state;
        if (state === undefined || state === 'waiting' || isTerminal(state)) return undefined;
        // Changes of other processes may be missed; then the next look finds them.
        await within(changed.promise, Math.min(500, deadline - Date.now()));
      }
      return undefined;
    } finally {
      forget?.();
    }
  }

  /** Puts an answer on record, in the caller's transaction; false = that wait was answered already or is over. */
  answer(tx: Transaction, answer: GivenAnswer): Promise<boolean> {
    return answerWait(tx, answer);
  }

  /** A queued run goes on: here when there is room, else wherever there is. */
  async wake(runId: string): Promise<void> {
    if (this.#stopping || this.#live.size >= this.#limits.own) return this.#offer(runId);
    const run = await claimRun(this.#options.store.pool, runId, this.#process.id);
    if (run) this.#take(run);
  }

  async #offer(runId: string): Promise<void> {
    try {
      await this.#queue.offer(runId);
    } catch (error) {
      // The run is on record as queued: a sweep takes it.
      this.#options.log.warn({ runId, error: describe(error) }, 'The queue took no hint.');
    }
  }

  /**
   * Cancels a run in any state; one that has ended stays as it is.
   * @returns its state after that; `running` when its step could not be broken off at once
   * @throws {Error} when there is no such run
   */
  async cancel(runId: string, actor: Actor): Promise<RunState> {
    const { store, hub } = this.#options;
    const result = await requestCancel(store.pool, runId, actor);
    if (result.state === undefined) throw new Error(`There is no run ${runId}.`);
    if (result.done === 'cancelled') {
      hub.tell({ kind: 'run', id: runId, flowId: result.flowId ?? undefined, state: 'cancelled' });
      hub.tell({ kind: 'inbox', id: runId });
    }
    if (result.done !== 'asked') return result.state;
    if (this.#live.has(runId)) this.#cancelHere(runId, actor);
    else hub.signal({ cancel: runId });
    await this.finished(runId, 3000);
    const { rows } = await store.pool.query<{ state: RunState }>('SELECT state FROM run WHERE id = $1', [runId]);
    return rows[0]?.state ?? result.state;
  }

  #cancelHere(runId: string, actor: Actor): void {
    const live = this.#live.get(runId);
    if (live && !live.abort.signal.aborted) live.abort.abort(new Cancelled(actor));
  }

  /** A run's events from number `after` on. */
  events(runId: string, after = 0): Promise<NumberedEvent[]> {
    return readJournal(this.#options.store.pool, runId, after);
  }

  /** Stops taking runs, gives those under way `graceMs` to end or wait, and hands over the rest. */
  async stop(graceMs = 5000): Promise<void> {
    this.#stopping = true;
    await this.#chores.stop();
    await this.#sweeper.stop();
    await this.#queue.stop();
    await within(Promise.all([...this.#live.values()].map((live) => live.done)), graceMs);
    for (const [runId, live] of this.#live) {
      live.recorder?.fence();
      live.abort.abort(new FencedError(runId));
    }
    await within(Promise.all([...this.#live.values()].map((live) => live.done)), 2000);
    await this.#process.stop();
  }
}

/** Waits for a promise, but not longer than this. */
async function within(promise: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, timeoutMs));
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
