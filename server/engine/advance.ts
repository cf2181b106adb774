import type { RunError, RunEvent } from '@rondo/shared/runs/events.ts';
import { runError } from '@rondo/shared/runs/runError.ts';
import { said } from '@rondo/shared/words/said.ts';
import { foldJournal } from './journal.ts';
import { momentText } from './moment.ts';
import { Failed, Halted } from './nest.ts';
import { planOf } from './plan.ts';
import { Cancelled, Outage, RunTimedOut, type Segment, type SegmentEnd, StepError } from './ports.ts';
import { SecretValues } from './secretValues.ts';
import { MustWait } from './step.ts';
import { fitTo } from './values/values.ts';
import { type RunContext, Walk } from './walk.ts';

/** Events of steps that touch nothing are kept back no longer than this, so that a long loop holds no memory. */
const maxBuffered = 1000;

/** A flow that is walked for more steps than this goes round in circles; items of a map count by themselves. */
export const maxSteps = 100_000;

/** Steps that touch nothing give way to others of the process after so many. */
const stepsAtOnce = 2000;

/**
 * Advances a run: folds its journal, goes on where it stands until it must wait or has ended. What is in the journal
 * as finished is not run again (G1). All that happens goes through `append`; events of steps that touch nothing outside
 * ride with the next append. Branches side by side go on until each of them waits or has ended.
 *
 * @returns how the segment ended, after that is in the journal
 * @throws what `append` throws, and the reason of an abort that ends no run
 */
export async function advance(segment: Segment): Promise<SegmentEnd> {
  return new Interpreter(segment).run();
}

class Interpreter implements RunContext {
  readonly segment: Segment;
  readonly record;
  readonly secrets = new SecretValues();
  #buffer: RunEvent[];
  #lost: unknown;
  #written: Promise<void> = Promise.resolve();
  #steps = 0;

  constructor(segment: Segment) {
    this.segment = segment;
    this.record = foldJournal([...segment.journal, ...segment.pending]);
    this.#buffer = [...segment.pending];
  }

  async run(): Promise<SegmentEnd> {
    try {
      const { partial } = this.record;
      const plan = planOf(this.segment.document, partial?.flow);
      const inputs =
        partial?.from === undefined
          ? fitTo(plan.flow.inputs, this.record.inputs, said('whose.start', { flow: plan.flow.name }))
          : this.record.inputs;
      const walk = new Walk(this, plan, inputs);
      if (partial) walk.cutTo(partial);
      const end = await walk.run();
      this.emit({ kind: 'run_succeeded', at: this.now(), outputs: end.outputs, branch: end.branch });
      await this.flush();
      return { state: 'succeeded', ...end };
    } catch (error) {
      if (this.#lost !== undefined) throw this.#lost;
      if (this.segment.signal.aborted) return this.#aborted();
      if (error instanceof Outage) throw error.cause;
      if (error instanceof MustWait) {
        await this.flush();
        return { state: 'waiting', waits: error.waits };
      }
      if (error instanceof Halted) {
        await this.flush();
        return { state: 'stopped' };
      }
      if (!(error instanceof Failed)) return this.#failed(this.errorOf(error, null));
      const { context } = error;
      return this.#failed(this.secrets.hide({ ...error.error, ...(context && { context }) }));
    }
  }

  emit(event: RunEvent): void {
    this.#buffer.push(event);
    if (event.kind === 'message') this.record.conversation.push({ role: event.role, text: event.text });
  }

  /**
   * Durable when it resolves: also what others have put into an append that is still under way, because a walk's
   * intent may have gone with the append of another one.
   */
  flush(): Promise<void> {
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    if (this.#buffer.length === 0) return this.#written;
    const events = this.#buffer;
    this.#buffer = [];
    const written = this.segment.append(events).catch((error) => {
      this.#lost ??= error;
      throw error;
    });
    this.#written = written;
    // Whoever waits for it hears of the failure; and if nobody does, the next flush tells.
    written.catch(() => undefined);
    return written;
  }

  /** Called before each step. @throws the abort's reason, Halted, or that there is no end of steps */
  beforeStep(taken: number): Promise<unknown> | undefined {
    const { signal, halt } = this.segment;
    if (this.#lost !== undefined) throw this.#lost;
    if (signal.aborted) throw signal.reason;
    if (halt?.aborted) throw new Halted();
    this.#steps += 1;
    if (taken > maxSteps) throw new StepError('TOO_MANY_STEPS', said('failure.circles', { count: maxSteps }));
    if (this.#buffer.length >= maxBuffered) return this.flush();
    return this.#steps % stepsAtOnce === 0 ? new Promise((resolve) => setImmediate(resolve)) : undefined;
  }

  isLost(): boolean {
    return this.#lost !== undefined;
  }

  now(): string {
    return momentText(this.segment.ports.now());
  }

  errorOf(error: unknown, step: string | null): RunError {
    if (!(error instanceof StepError))
      return runError(
        'INTERNAL',
        step,
        said('failure.unexpected', { name: error instanceof Error ? error.name : 'unknown' }),
      );
    return this.secrets.hide(
      runError(error.code, step, error.said, {
        ...(error.retryable && { retryable: true }),
        ...(error.details !== undefined && { details: error.details }),
      }),
    );
  }

  async #aborted(): Promise<SegmentEnd> {
    const reason: unknown = this.segment.signal.reason;
    if (reason instanceof RunTimedOut)
      return this.#failed(
        runError('RUN_TIMED_OUT', null, said('failure.runTime', { seconds: Math.round(reason.limit) })),
      );
    if (!(reason instanceof Cancelled)) throw reason;
    this.emit({ kind: 'run_cancelled', at: this.now(), actor: reason.actor });
    await this.flush();
    return { state: 'cancelled' };
  }

  async #failed(error: RunError): Promise<SegmentEnd> {
    this.emit({ kind: 'run_failed', at: this.now(), error });
    await this.flush();
    return { state: 'failed', error };
  }
}
