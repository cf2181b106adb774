import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { FencedError } from '../journal/fencedError.ts';
import type { Hub } from '../journal/hub.ts';
import type { CreatedRun, Journal, NewRun } from '../journal/journal.ts';
import type { LargeValues } from '../journal/largeValues.ts';
import { givenUp, rowChange } from '../journal/rowChange.ts';
import { newReviews } from '../reviews/newReview.ts';
import { keepContent } from './newContent.ts';
import type { WorkOptions } from './options.ts';

export interface RecorderOptions {
  journal: Journal;
  hub: Hub;
  large: LargeValues;
  runId: string;
  flowId: string | null;
  holder: string;
  nextSeq: number;
  stepsDone: number;
  mayHaveReviews: boolean;
  /** a run that is not there yet: its first append creates it */
  creation?: { run: NewRun; started: RunEvent };
  observe?: WorkOptions['observe'];
}

/** Writes what a segment does, in order. The first append of a new run creates it. */
export class Recorder {
  readonly #options: RecorderOptions;
  #nextSeq: number;
  #stepsDone: number;
  #mayHaveReviews: boolean;
  #creation: RecorderOptions['creation'];
  #last: Promise<unknown> = Promise.resolve();
  #fenced = false;
  readonly #written = new WeakSet<RunEvent>();
  /** set as soon as the run is on record */
  readonly created = Promise.withResolvers<CreatedRun>();

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#nextSeq = options.nextSeq;
    this.#stepsDone = options.stepsDone;
    this.#mayHaveReviews = options.mayHaveReviews;
    this.#creation = options.creation;
    // Nobody may be waiting for it: then its failure shows in the append.
    this.created.promise.catch(() => undefined);
  }

  /** Nothing is written any more; the segment breaks off at its next append. */
  fence(): void {
    this.#fenced = true;
  }

  /**
   * Events that were written before (the very same objects) are left out.
   * @returns when the events are durable
   * @throws {FencedError} when the run is not ours (any more)
   */
  append(events: readonly RunEvent[]): Promise<void> {
    return this.#inTurn(() => this.#write(events));
  }

  /** Puts a new run on record although it has nothing to show yet. */
  create(): Promise<void> {
    return this.#inTurn(() => (this.#creation ? this.#write([this.#creation.started]) : Promise.resolve()));
  }

  #inTurn(write: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(write);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #write(events: readonly RunEvent[]): Promise<void> {
    if (this.#fenced) throw new FencedError(this.#options.runId);
    const fresh = events.filter((event) => !this.#written.has(event));
    const rest = this.#creation ? await this.#create(this.#creation, fresh) : fresh;
    if (rest.length > 0) await this.#append(rest);
  }

  /** @returns the events that are still to be written: those from the first wait on, which open reviews */
  async #create(
    creation: { run: NewRun; started: RunEvent },
    events: readonly RunEvent[],
  ): Promise<readonly RunEvent[]> {
    const { journal, large, holder, runId } = this.#options;
    const all = events.includes(creation.started) ? events : [creation.started, ...events];
    const wait = all.findIndex((event) => event.kind === 'wait_started');
    const first = wait === -1 ? all : all.slice(0, wait);
    try {
      const kept = await keepContent(large, creation.run, first);
      const created = await journal.create(kept.run, holder, kept.events);
      if (!created.created) this.#fenced = true;
      else this.#count(first);
      this.#creation = undefined;
      this.created.resolve(created);
    } catch (error) {
      this.created.reject(error);
      throw error;
    }
    if (this.#fenced) throw new FencedError(runId);
    this.#tell(first);
    return all.slice(first.length);
  }

  async #append(events: readonly RunEvent[]): Promise<void> {
    const { journal, large, hub, holder, runId, flowId } = this.#options;
    const stored = await large.stored(runId, events);
    const reviews = await newReviews(events, stored);
    if (reviews.length > 0) this.#mayHaveReviews = true;
    const steps = rowChange(events).steps;
    await journal.append({
      runId,
      holder,
      firstSeq: this.#nextSeq,
      events: stored,
      stepsDone: this.#stepsDone + steps,
      reviews,
      mayHaveReviews: this.#mayHaveReviews,
    });
    this.#count(events);
    this.#tell(events);
    for (const review of reviews)
      hub.tell({ kind: 'review', id: review.id, flowId: flowId ?? undefined, state: 'open' });
  }

  #count(events: readonly RunEvent[]): void {
    for (const event of events) this.#written.add(event);
    this.#nextSeq += events.length;
    this.#stepsDone += rowChange(events).steps;
  }

  #tell(events: readonly RunEvent[]): void {
    const { hub, runId, flowId, observe } = this.#options;
    // They are counted already.
    observe?.({ runId, flowId, firstSeq: this.#nextSeq - events.length }, events);
    const { state } = rowChange(events);
    hub.tell({ kind: 'run', id: runId, flowId: flowId ?? undefined, state });
    const withdraws = state !== 'running' || givenUp(events).length > 0;
    if (withdraws && this.#mayHaveReviews) hub.tell({ kind: 'inbox', id: runId });
  }
}
