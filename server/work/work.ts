import type { Actor, RunEvent, RunStarted } from '@rondo/shared/runs/events.ts';
import { runError } from '@rondo/shared/runs/runError.ts';
import { isTerminal, type RunState } from '@rondo/shared/runs/states.ts';
import { said } from '@rondo/shared/words/said.ts';
import { Cancelled } from '../engine/ports.ts';
import { FencedError } from '../journal/fencedError.ts';
import type { CreatedRun, NewRun } from '../journal/journal.ts';
import { type NumberedEvent, readJournal } from '../journal/readJournal.ts';
import { keepNewest } from '../newest.ts';
import { inTransaction } from '../store/inTransaction.ts';
import { isLostConnection } from '../store/lostConnection.ts';
import type { Transaction } from '../store/store.ts';
import { admit } from './admission.ts';
import { answerWait, type GivenAnswer } from './answers.ts';
import { requestCancel } from './cancel.ts';
import { Chores } from './chores.ts';
import { type ClaimedRun, claimNext, claimRun } from './claims.ts';
import { RunDocuments } from './documents.ts';
import { keepContent } from './newContent.ts';
import { newRun } from './newRun.ts';
import { defaultLimits, defaultTiming, type Limits, largeValuesOf, type Timing, type WorkOptions } from './options.ts';
import { type HandOver, openHandOver } from './queue.ts';
import { Recorder } from './recorder.ts';
import { KeptRules, type RunRules } from './rules.ts';
import { driveTask, type EndedRun, failRun, prepareTask, type Task } from './segment.ts';
import { ServerProcess } from './serverProcess.ts';
import type { StartRequest } from './startRequest.ts';
import { Sweeper } from './sweeper.ts';
import { within } from './within.ts';

/** Ends that are kept for whoever asks next. */
const mostRemembered = 256;

/** A part of the room is kept for runs that somebody waits for, so that long ones of nobody do not fill all of it. */
const reserve = 0.25;

/** A run that is under way in this process. */
interface Live {
  abort: AbortController;
  halt: AbortController;
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
  readonly #rules: KeptRules;
  /** where the round over the flows stands */
  #round: string | null = null;
  #stopping = false;
  #draining = false;

  constructor(options: WorkOptions) {
    this.#options = options;
    this.#timing = { ...defaultTiming, ...options.timing };
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#rules = new KeptRules(options.store.pool);
    this.#process = new ServerProcess(options, this.#timing, {
      load: () => ({ live: this.#live.size, own: this.#limits.own, handed: this.#limits.handed }),
      onDraining: (draining) => this.#drain(draining),
    });
    this.#documents = new RunDocuments(options.store.pool);
    this.#queue = openHandOver(options, this.#limits.handed);
    this.#chores = new Chores(options.chores ?? [], options.log);
    this.#sweeper = new Sweeper(options, this.#timing, {
      holder: () => this.#process.id,
      room: () => (this.#full() ? 0 : Math.max(this.#limits.own, this.#limits.handed) - this.#live.size),
      isLive: (runId) => this.#live.has(runId),
      claim: (most, overdueMs) => this.#claimNext(most, overdueMs),
      take: (run) => this.#take(run),
      wake: (runId) => this.wake(runId),
      abort: (runId, reason) => this.#abortHere(runId, reason),
      halt: (runId) => this.#live.get(runId)?.halt.abort(),
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
    await this.#queue.start(() => this.#takeHint());
    this.#sweeper.start();
    this.#chores.start();
  }

  /**
   * Starts a run: here at once, or handed over when this process has enough to do.
   * @returns when it is on record; `created: false` names the run that the same key has started before
   */
  async start(request: StartRequest): Promise<CreatedRun> {
    if (request.document) this.#documents.keep(request.documentHash, request.document);
    const rules = await this.#rules.get(request.flowId);
    const { run, started } = newRun(request, rules);
    if (rules.paused || run.gated || this.#full(run.priority)) return this.#enqueue(run, [started], rules);
    return this.#begin(run, started);
  }

  /**
   * Starts a run that takes over events of the run that it tries again.
   * @param taken what it takes over, in order
   */
  async retry(request: StartRequest, taken: readonly RunEvent[]): Promise<CreatedRun> {
    const rules = await this.#rules.get(request.flowId);
    const { run, started } = newRun(request, rules);
    if (request.retry) await largeValuesOf(this.#options).takeOver(request.retry.runId, run.id);
    const created = await this.#enqueue(run, [started, ...taken], rules);
    if (created.created && !rules.paused && !run.gated) await this.wake(created.runId);
    return created;
  }

  /** Puts a run on record that begins later, or elsewhere. */
  async #enqueue(run: NewRun, events: readonly RunEvent[], rules: RunRules): Promise<CreatedRun> {
    const kept = await keepContent(largeValuesOf(this.#options), run, events);
    const created = await this.#options.journal.create(kept.run, null, kept.events);
    if (!created.created) return created;
    this.#options.hub.tell({ kind: 'run', id: run.id, flowId: run.flowId ?? undefined, state: 'queued' });
    if (run.gated) await this.#admit(run.flowId);
    else if (!rules.paused) await this.#offer(run.id);
    return created;
  }

  /** Lets in what the limits of a flow allow now. */
  async #admit(flowId: string | null): Promise<void> {
    if (flowId === null) return;
    for (const runId of await admit(this.#options, flowId)) await this.wake(runId);
  }

  /** Has this process enough to do? Runs of a rank that somebody waits for get a part of the room for themselves. */
  #full(rank = 0): boolean {
    if (this.#stopping || this.#draining) return true;
    const { own } = this.#limits;
    return this.#live.size >= (rank > 0 ? own + Math.ceil(own * reserve) : own);
  }

  async #begin(run: NewRun, started: RunStarted): Promise<CreatedRun> {
    const { journal, hub } = this.#options;
    const holder = this.#process.id;
    const { id: runId, flowId } = run;
    const recorder = new Recorder({
      journal,
      hub,
      large: largeValuesOf(this.#options),
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
      halt: new AbortController(),
    };
    this.#enter(task, recorder, () => this.#drive(task));
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

  #enter(
    { runId, abort, halt }: Pick<Task, 'runId' | 'abort' | 'halt'>,
    recorder: Recorder | undefined,
    run: () => Promise<void>,
  ): void {
    const done = run()
      .catch((error) => this.#options.log.error({ runId, error: describe(error) }, 'A run broke off.'))
      .finally(() => this.#live.delete(runId));
    this.#live.set(runId, { abort, halt, recorder, done });
  }

  /** Drives a run until it has ended, waits for longer, or is not ours any more. */
  async #drive(first: Task): Promise<void> {
    let task = first;
    for (;;) {
      try {
        const outcome = await driveTask(this.#options, this.#documents, task);
        if (outcome === 'lost') await this.#options.journal.giveBack(task.runId, task.holder);
        if (typeof outcome === 'object') this.#over(task, outcome);
        if (outcome !== 'go on') return;
      } catch (error) {
        await this.#breakOff(task, error);
        return;
      }
      const again = await claimRun(this.#options.store.pool, task.runId, this.#process.id);
      if (!again) return;
      task = await this.#prepare(again, task);
      const live = this.#live.get(task.runId);
      if (live) live.recorder = task.recorder;
    }
  }

  #prepare(run: ClaimedRun, { abort, halt }: Pick<Task, 'abort' | 'halt'>): Promise<Task> {
    return prepareTask(this.#options, run, { abort, halt, mostTakeovers: this.#timing.mostTakeovers });
  }

  /** A run has ended here: who waits for it need not ask, and what its end makes room for need not wait for a sweep. */
  #over({ runId, flowId, journal, pending }: Task, ended: EndedRun): void {
    keepNewest(this.#ended, runId, ended, mostRemembered);
    const first = journal[0] ?? pending[0];
    const isChild = first?.kind === 'run_started' && first.parent !== undefined;
    if (isChild || ended.state !== 'succeeded') this.#sweeper.handleEnds();
    void this.#rules.get(flowId).then(
      ({ limits }) => limits && this.#admit(flowId),
      (error) => this.#options.log.warn({ runId, error: describe(error) }, 'The next sweep lets in what may start.'),
    );
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
      await failRun(task, runError('INTERNAL', null, said('refused.internal')));
    } catch (failure) {
      if (!(failure instanceof FencedError)) log.error({ runId, error: describe(failure) }, 'Its run is given back.');
      task.abort.abort(failure);
      await journal.giveBack(runId, task.holder);
    }
  }

  /**
   * A hint of the queue: some run is to be taken. It is the one whose turn it is, which need not be the one that the
   * hint was made for: each run has its hint, and the order is the rows', not the hints'. Resolves when its segment is
   * over.
   */
  async #takeHint(): Promise<void> {
    if (this.#stopping || this.#draining) return;
    const [run] = await this.#claimNext(1, 0);
    if (!run) return;
    this.#take(run);
    await this.#live.get(run.id)?.done;
  }

  async #claimNext(most: number, overdueMs: number): Promise<ClaimedRun[]> {
    const claim = { after: this.#round, overdueMs };
    const { runs, after } = await claimNext(this.#options.store.pool, this.#process.id, most, claim);
    this.#round = after;
    return runs;
  }

  #take(run: ClaimedRun): void {
    const started = { runId: run.id, abort: new AbortController(), halt: new AbortController() };
    this.#enter(started, undefined, async () => {
      const task = await this.#prepare(run, started).catch(async (error) => {
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
    const deadline = performance.now() + timeoutMs;
    const { hub, store } = this.#options;
    let changed = Promise.withResolvers<void>();
    let forget: (() => void) | undefined;
    try {
      while (performance.now() < deadline) {
        const ended = this.#ended.get(runId);
        if (ended) return ended;
        const live = this.#live.get(runId);
        if (live) {
          await within(live.done, deadline - performance.now());
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
        await within(changed.promise, Math.min(500, deadline - performance.now()));
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
    if (this.#full(1)) return this.#offer(runId);
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
    const result = await inTransaction(store.pool, (client) => requestCancel(client, runId, actor));
    if (result.state === undefined) throw new Error(`There is no run ${runId}.`);
    if (result.done === 'cancelled') {
      hub.tell({ kind: 'run', id: runId, flowId: result.flowId ?? undefined, state: 'cancelled' });
      hub.tell({ kind: 'inbox', id: runId });
      this.#sweeper.handleEnds();
    }
    if (result.done !== 'asked') return result.state;
    if (this.#live.has(runId)) this.#abortHere(runId, new Cancelled(actor));
    else await this.look(runId);
    await this.finished(runId, 3000);
    const { rows } = await store.pool.query<{ state: RunState }>('SELECT state FROM run WHERE id = $1', [runId]);
    return rows[0]?.state ?? result.state;
  }

  #abortHere(runId: string, reason: Error): void {
    const live = this.#live.get(runId);
    if (live && !live.abort.signal.aborted) live.abort.abort(reason);
  }

  /**
   * Whoever holds the run looks now what it must do with it: its row says that it is paused or to be cancelled.
   * Resolves when this process has looked; another one gets word.
   */
  async look(runId: string): Promise<void> {
    if (this.#live.has(runId)) await this.#sweeper.hurry();
    else this.#options.hub.signal({ cancel: runId });
  }

  /** Rules of flows have changed: they count from now on in this process. */
  async rulesChanged(flowId: string | null): Promise<void> {
    this.#rules.forget();
    await this.#admit(flowId);
  }

  /** An admin wants this process to take no more runs, or to take them again; what is under way is handed on. */
  #drain(draining: boolean): void {
    if (draining === this.#draining) return;
    this.#draining = draining;
    this.#options.log.info(
      { draining },
      draining ? 'This process is being drained.' : 'This process takes runs again.',
    );
    if (draining) for (const live of this.#live.values()) live.halt.abort();
    const changed = draining ? this.#queue.pause() : this.#queue.resume();
    changed.catch((error) => this.#options.log.warn({ error: describe(error) }, 'The queue reports an error.'));
  }

  /** A run's events from number `after` on. */
  events(runId: string, after = 0): Promise<NumberedEvent[]> {
    return readJournal(this.#options.store.pool, runId, after);
  }

  /**
   * Stops taking runs and hands on those under way: a moment to end by themselves, then each finishes the step that it
   * is at; what is not done after `graceMs` is cut off, and whoever takes it makes that step again.
   */
  async stop(graceMs = 5000): Promise<void> {
    this.#stopping = true;
    await this.#chores.stop();
    await this.#sweeper.stop();
    await this.#queue.stop();
    const allDone = () => Promise.all([...this.#live.values()].map((live) => live.done));
    await within(allDone(), Math.min(1000, graceMs / 4));
    for (const live of this.#live.values()) live.halt.abort();
    await within(allDone(), graceMs - Math.min(1000, graceMs / 4));
    for (const [runId, live] of this.#live) {
      live.recorder?.fence();
      live.abort.abort(new FencedError(runId));
    }
    await within(Promise.all([...this.#live.values()].map((live) => live.done)), 2000);
    await this.#process.stop();
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
