import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Actor, RunError, RunEvent, Wait, WaitAnswer } from '@rondo/shared/runs/events.ts';
import type { StepRecord } from './journal.ts';
import { momentText } from './moment.ts';
import { type CallContext, type Segment, StepError } from './ports.ts';
import { retryDelay } from './retry.ts';
import type { SecretValues } from './secretValues.ts';
import { MustWait, type RetryPolicy, type Step, type StepResult } from './step.ts';

export interface StepRunParts {
  segment: Segment;
  node: NodeView;
  path: string;
  inputs: JsonObject;
  /** what the journal said of the step when the segment began */
  record: StepRecord | undefined;
  answers: ReadonlyMap<string, { answer: WaitAnswer; actor: Actor }>;
  emit(event: RunEvent): void;
  flush(): Promise<void>;
  secrets: SecretValues;
}

/** One step under way: turns what its code does into events, and the journal into answers. */
export class StepRun {
  readonly #parts: StepRunParts;
  #begun = false;
  #ended = false;
  #said = 0;
  #attempt: number;

  constructor(parts: StepRunParts) {
    this.#parts = parts;
    this.#attempt = parts.record?.started?.attempt ?? 1;
  }

  get step(): Step {
    const { segment, node, path, inputs } = this.#parts;
    return {
      tree: segment.document,
      node,
      path,
      inputs,
      ports: segment.ports,
      signal: segment.signal,
      keepSecret: (value) => this.#parts.secrets.learn(value),
      say: (text) => this.#say(text),
      ask: (name, wait) => this.#ask(name, wait),
      outside: (call, retry) => this.#outside(call, retry),
    };
  }

  /** Says that the step began, unless the journal or this segment has said so. */
  begin(): void {
    if (this.#begun || this.#parts.record?.started) return;
    this.#start(undefined);
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
    });
  }

  fail(error: RunError): void {
    const { record, path, emit } = this.#parts;
    if (this.#ended || record?.succeeded) return;
    this.begin();
    emit({ kind: 'step_failed', path, at: this.#now(), attempt: this.#attempt, error });
  }

  #now(): string {
    return momentText(this.#parts.segment.ports.now());
  }

  #start(idempotencyKey: string | undefined): void {
    const { node, path, inputs, emit } = this.#parts;
    this.#begun = true;
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
    const { path, answers, record, emit } = this.#parts;
    const id = `${path}!${name}`;
    const answered = answers.get(id);
    if (answered) return answered.answer;
    this.begin();
    const asked = wait(id);
    if (!record?.waits.has(id)) emit({ kind: 'wait_started', path, at: this.#now(), wait: asked });
    throw new MustWait(asked);
  }

  async #outside<T>(call: (context: CallContext) => Promise<T>, retry?: RetryPolicy): Promise<T> {
    const { segment, record, path, emit, flush } = this.#parts;
    if (record?.failed?.retryAt !== undefined) {
      this.#attempt = record.failed.attempt + 1;
      await pause(Date.parse(record.failed.retryAt) - segment.ports.now().getTime(), segment.signal);
      this.#start(this.#key());
    } else if (record?.open && !this.#begun) {
      this.#begun = true;
      emit({ kind: 'step_cut_off', path, at: this.#now(), attempt: this.#attempt });
    } else this.#start(this.#key());
    for (;;) {
      await flush();
      try {
        return await call({ idempotencyKey: this.#key(), signal: segment.signal });
      } catch (error) {
        if (segment.signal.aborted) throw segment.signal.reason;
        if (!(error instanceof StepError) || !error.retryable || !retry || this.#attempt > retry.maxAttempts)
          throw error;
        const delay = retryDelay(retry, this.#attempt) * 1000;
        emit({
          kind: 'step_failed',
          path,
          at: this.#now(),
          attempt: this.#attempt,
          error: { code: error.code, message: error.message, step: path, retryable: true },
          retryAt: new Date(segment.ports.now().getTime() + delay).toISOString(),
        });
        await flush();
        await pause(delay, segment.signal);
        this.#attempt++;
        this.#start(this.#key());
      }
    }
  }

  /** The same for the same attempt, so that a service that knows the key does a cut-off call once (G1). */
  #key(): string {
    return `${this.#parts.segment.runId}:${this.#parts.path}:${this.#attempt}`;
  }
}

/** Waits, unless the run is aborted first. @throws the abort's reason */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', stop);
        resolve();
      },
      Math.max(0, milliseconds),
    );
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
