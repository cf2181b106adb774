import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type {
  Actor,
  FailedTry,
  FailureContext,
  RunError,
  RunEvent,
  StepFailed,
  Wait,
  WaitAnswer,
} from '@rondo/shared/runs/events.ts';
import { said } from '@rondo/shared/words/said.ts';
import { failureContext } from './failureContext.ts';
import { type StepRecord, tryOf } from './journal.ts';
import { momentText } from './moment.ts';
import { pause, withTimeLimit } from './pause.ts';
import type { ReadPolicy } from './policy.ts';
import { type CallContext, type Segment, StepError } from './ports.ts';
import { retryDelay } from './retry.ts';
import type { SecretValues } from './secretValues.ts';
import { MustWait, type NodeCode, type Part, type RetryPolicy, type Step, type StepResult } from './step.ts';

/** A pause before the next try that is longer than this is not waited for here: the run waits, and holds nobody. */
const longestPause = 5000;

export interface StepRunParts {
  segment: Segment;
  node: Part;
  path: string;
  inputs: JsonObject;
  policy: ReadPolicy;
  /** what the journal said of the step when the segment began */
  record: StepRecord | undefined;
  answers: ReadonlyMap<string, { answer: WaitAnswer; actor: Actor }>;
  emit(event: RunEvent): void;
  errorOf(error: unknown, step: string): RunError;
  flush(): Promise<void>;
  secrets: SecretValues;
}

/** One step under way: turns what its code does into events, and the journal into answers. */
export class StepRun {
  readonly #parts: StepRunParts;
  /** the present attempt has its start in the journal, or in this segment's events */
  #begun: boolean;
  /** it was started in this segment, so that nothing of it can have been cut off */
  #fresh = false;
  #ended = false;
  #said = 0;
  #attempt: number;
  /** its failures, those of earlier segments included */
  readonly #tries: FailedTry[];
  /** when the next attempt is due, where the last one failed */
  #retryAt: string | undefined;
  /** what the component itself says of retries (OAS `retry_policy`): it wins over the step's own policy */
  #oasRetry: RetryPolicy | undefined;
  #signal: AbortSignal;

  constructor(parts: StepRunParts) {
    this.#parts = parts;
    this.#signal = parts.segment.signal;
    const { record } = parts;
    this.#tries = [...(record?.tries ?? [])];
    this.#retryAt = record?.failed?.retryAt;
    this.#attempt = this.#retryAt === undefined ? (record?.started?.attempt ?? 1) : (record?.failed?.attempt ?? 0) + 1;
    this.#begun = record?.started !== undefined && this.#retryAt === undefined;
  }

  get step(): Step {
    const { segment, node, path, inputs } = this.#parts;
    return {
      tree: segment.document,
      node,
      path,
      runId: segment.runId,
      inputs,
      attempt: this.#attempt,
      ports: segment.ports,
      signal: this.#signal,
      keepSecret: (value) => this.#parts.secrets.learn(value),
      say: (text) => this.#say(text),
      ask: (name, wait) => this.#ask(name, wait),
      asked: (name) => this.#parts.record?.waits.get(`${path}!${name}`),
      outside: (call, retry) => this.#outside(call, retry),
    };
  }

  /**
   * Runs the step's code: within its time limit, and again as its policy says. A try that failed and the next one's
   * start are in the journal.
   * @throws {MustWait} also for a long pause before the next try
   */
  async run(code: NodeCode): Promise<StepResult> {
    for (;;) {
      if (this.#retryAt !== undefined) await this.#untilRetry(this.#retryAt);
      try {
        return await this.#try(code);
      } catch (error) {
        if (error instanceof MustWait) throw error;
        if (this.#parts.segment.signal.aborted) throw this.#parts.segment.signal.reason;
        const retry = this.#retryFor(error);
        if (!retry || !(error instanceof StepError)) throw error;
        this.begin();
        const { path, errorOf, flush, segment } = this.#parts;
        const delay = retryDelay(retry, this.#attempt) * 1000;
        const retryAt = new Date(segment.ports.now().getTime() + delay).toISOString();
        this.#failure(errorOf(error, path), { retryAt });
        await flush();
        this.#attempt += 1;
        this.#begun = false;
        this.#retryAt = retryAt;
      }
    }
  }

  #try(code: NodeCode): NodeCode extends (step: Step) => infer R ? R : never {
    const { timeLimit } = this.#parts.policy;
    if (timeLimit === undefined) return code(this.step);
    const tooLate = () =>
      new StepError('TIMED_OUT', said('failure.stepTime', { step: this.#parts.node.name, seconds: timeLimit }), {
        retryable: true,
      });
    return withTimeLimit(timeLimit * 1000, tooLate, this.#parts.segment.signal, async (signal) => {
      this.#signal = signal;
      return code(this.step);
    });
  }

  /** The policy by which a failure is tried again; undefined = it is not. */
  #retryFor(error: unknown): RetryPolicy | undefined {
    const { policy } = this.#parts;
    if (!(error instanceof StepError)) return undefined;
    const retry = this.#oasRetry ?? policy.retry;
    if (!retry || this.#attempt > retry.maxAttempts) return undefined;
    return error.retryable || (this.#oasRetry === undefined && policy.any) ? retry : undefined;
  }

  async #untilRetry(retryAt: string): Promise<void> {
    const { segment, path, record } = this.#parts;
    const delay = Date.parse(retryAt) - segment.ports.now().getTime();
    const name = `retry${this.#attempt}`;
    // Once the run has said that it waits, the answer is what it goes on by.
    const isWait = delay > longestPause || record?.waits.has(`${path}!${name}`);
    if (!isWait) await pause(delay, segment.signal);
    else this.#wait(name, (id) => ({ id, path, for: 'timer', wakeAt: retryAt, why: 'retry' }));
    this.#retryAt = undefined;
  }

  /** Says that the step began, unless the journal or this segment has said so. */
  begin(): void {
    if (!this.#begun) this.#start(undefined);
  }

  succeed(result: StepResult): void {
    this.begin();
    this.#ended = true;
    const { path, emit } = this.#parts;
    emit({
      kind: 'step_succeeded',
      path,
      at: this.#now(),
      outputs: result.outputs,
      branch: result.branch ?? 'next',
      ...(result.usage && { usage: result.usage }),
      ...(result.given && { given: result.given }),
    });
  }

  fail(error: RunError): void {
    if (this.#ended || this.#parts.record?.succeeded) return;
    this.begin();
    this.#ended = true;
    this.#failure(error, {});
  }

  #failure(error: RunError, more: Pick<StepFailed, 'retryAt'>): void {
    const { path, emit } = this.#parts;
    const failed: StepFailed = { kind: 'step_failed', path, at: this.#now(), attempt: this.#attempt, error, ...more };
    this.#tries.push(tryOf(failed));
    emit(failed);
  }

  /** How it came to the failure that ended it. */
  get context(): FailureContext {
    const { node, inputs, secrets } = this.#parts;
    // Hidden before it is cut: a secret that was cut would not be known again.
    return failureContext(node, secrets.hide({ inputs }).inputs, this.#tries);
  }

  #now(): string {
    return momentText(this.#parts.segment.ports.now());
  }

  #start(idempotencyKey: string | undefined): void {
    const { node, path, inputs, emit } = this.#parts;
    this.#begun = true;
    this.#fresh = true;
    emit({
      kind: 'step_started',
      path,
      at: this.#now(),
      nodeId: node.id,
      nodeType: node.type,
      name: node.name,
      attempt: this.#attempt,
      inputs,
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    });
  }

  #say(text: string): void {
    this.begin();
    this.#said++;
    const { record, path, emit } = this.#parts;
    if (this.#said > (record?.said ?? 0)) emit({ kind: 'message', path, at: this.#now(), role: 'assistant', text });
  }

  #ask(name: string, wait: (id: string) => Wait): WaitAnswer {
    const answered = this.#parts.answers.get(`${this.#parts.path}!${name}`);
    if (answered) return answered.answer;
    this.begin();
    return this.#wait(name, wait);
  }

  #wait(name: string, wait: (id: string) => Wait): WaitAnswer {
    const { path, answers, record, emit } = this.#parts;
    const id = `${path}!${name}`;
    const answered = answers.get(id);
    if (answered) return answered.answer;
    const asked = record?.waits.get(id) ?? wait(id);
    if (!record?.waits.has(id)) emit({ kind: 'wait_started', path, at: this.#now(), wait: asked });
    throw new MustWait([asked]);
  }

  async #outside<T>(call: (context: CallContext) => Promise<T>, retry?: RetryPolicy): Promise<T> {
    const { record, path, emit, flush } = this.#parts;
    this.#oasRetry = retry;
    const signal = this.#signal;
    if (record?.open && !this.#fresh && this.#begun) {
      this.#fresh = true;
      emit({ kind: 'step_cut_off', path, at: this.#now(), attempt: this.#attempt });
    } else this.#start(this.#key());
    await flush();
    return call({ idempotencyKey: this.#key(), signal });
  }

  /** The same for the same attempt, so that a service that knows the key does a cut-off call once (G1). */
  #key(): string {
    return `${this.#parts.segment.runId}:${this.#parts.path}:${this.#attempt}`;
  }
}
