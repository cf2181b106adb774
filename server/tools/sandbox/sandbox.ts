import { Worker } from 'node:worker_threads';
import { troubleSaid } from '@rondo/shared/formula/troubleSaid.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { type Said, type SaidValues, said, valueInEnglish } from '@rondo/shared/words/said.ts';
import { type SandboxPort, StepError } from '../../engine/ports.ts';
import type { SandboxAnswer, SandboxReason, SandboxTask } from './protocol.ts';

export interface SandboxOptions {
  /** time for one evaluation */
  milliseconds?: number;
  /** worker threads; one stays between evaluations */
  threads?: number;
  /** the worker's file, where it is not beside this one (a bundle) */
  workerFile?: URL;
}

interface Waiting {
  task: SandboxTask;
  resolve(value: Json): void;
  reject(error: unknown): void;
}

interface Thread {
  worker: Worker;
  busy: Waiting | undefined;
  timer: NodeJS.Timeout | undefined;
}

const codes = { template: 'TEMPLATE_FAILED', formula: 'FORMULA_FAILED', script: 'SCRIPT_FAILED' } as const;
const names = { template: said('code.template'), formula: said('code.formula'), script: said('code.script') };

type Why = 'failure.codeTime' | 'failure.codeMemory' | 'failure.codeEnded';

function failed(
  kind: SandboxTask['kind'],
  why: Why | 'failure.code' | 'failure.codeFor',
  values: SaidValues,
  more = {},
) {
  return new StepError(codes[kind], said(why, { what: names[kind], ...values }), more);
}

/** Why user code failed: in words of ours where there are some, else in those of its language. */
function reasonSaid(reason: SandboxReason): Said | string {
  if (typeof reason === 'string') return reason;
  if ('text' in reason) return said(reason.text);
  return troubleSaid(reason.trouble) ?? reason.trouble.message;
}

/** The code by which a formula’s language names what is wrong. */
function codeDetails(reason: SandboxReason): { details?: Json } {
  return typeof reason === 'object' && 'trouble' in reason && reason.trouble.code !== ''
    ? { details: { formula: reason.trouble.code } }
    : {};
}

/** User code in worker threads: one task a thread at a time, and a thread that overruns is ended from outside. */
export class Sandbox implements SandboxPort {
  readonly #milliseconds: number;
  readonly #limit: number;
  readonly #file: URL;
  readonly #threads: Thread[] = [];
  readonly #queue: Waiting[] = [];
  #next = 0;
  #closed = false;

  constructor(options: SandboxOptions = {}) {
    this.#milliseconds = options.milliseconds ?? 5_000;
    this.#limit = options.threads ?? 2;
    this.#file = options.workerFile ?? new URL('./worker.ts', import.meta.url);
  }

  async template(source: string, values: JsonObject, signal?: AbortSignal): Promise<string> {
    return String(await this.#run('template', source, values, signal));
  }

  formula(source: string, values: JsonObject, signal?: AbortSignal): Promise<Json> {
    return this.#run('formula', source, values, signal);
  }

  script(source: string, values: JsonObject, signal?: AbortSignal): Promise<Json> {
    return this.#run('script', source, values, signal);
  }

  /** Ends the threads; what is under way fails. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#threads.map((thread) => thread.worker.terminate()));
  }

  #run(kind: SandboxTask['kind'], source: string, values: JsonObject, signal?: AbortSignal): Promise<Json> {
    const { promise, resolve, reject } = Promise.withResolvers<Json>();
    if (signal?.aborted) return Promise.reject(signal.reason);
    const task = { id: this.#next++, kind, source, values, milliseconds: this.#milliseconds };
    const waiting: Waiting = { task, resolve, reject };
    this.#queue.push(waiting);
    this.#dispatch();
    const stop = () => this.#abort(waiting, signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    return promise.finally(() => signal?.removeEventListener('abort', stop));
  }

  /** Takes a task out of the queue, or ends the thread that is at it. */
  #abort(waiting: Waiting, reason: unknown): void {
    waiting.reject(reason);
    const place = this.#queue.indexOf(waiting);
    if (place >= 0) {
      this.#queue.splice(place, 1);
      return;
    }
    const thread = this.#threads.find((one) => one.busy === waiting);
    if (!thread) return;
    this.#remove(thread, 'failure.codeEnded');
    void thread.worker.terminate();
  }

  #dispatch(): void {
    const waiting = this.#queue[0];
    if (!waiting || this.#closed) return;
    const thread = this.#threads.find((one) => !one.busy) ?? this.#open();
    if (!thread) return;
    this.#queue.shift();
    thread.busy = waiting;
    thread.worker.ref();
    thread.timer = setTimeout(() => this.#overrun(thread), this.#milliseconds + 500);
    thread.worker.postMessage(waiting.task);
  }

  #open(): Thread | undefined {
    if (this.#threads.length >= this.#limit) return undefined;
    const worker = new Worker(this.#file, {
      resourceLimits: { maxOldGenerationSizeMb: 128, stackSizeMb: 4 },
      env: {},
      name: 'sandbox',
    });
    const thread: Thread = { worker, busy: undefined, timer: undefined };
    worker.on('message', (answer: SandboxAnswer) => this.#answered(thread, answer));
    worker.on('error', (error) => this.#broke(thread, error));
    worker.on('exit', () => this.#broke(thread, undefined));
    worker.unref();
    this.#threads.push(thread);
    return thread;
  }

  #answered(thread: Thread, answer: SandboxAnswer): void {
    const waiting = this.#free(thread);
    if (waiting) {
      const { kind } = waiting.task;
      if (answer.ok) waiting.resolve(answer.value);
      else {
        const reason = reasonSaid(answer.reason);
        // one that ends like a sentence needs no further full stop
        const text = valueInEnglish(reason).endsWith('.') ? 'failure.codeFor' : 'failure.code';
        waiting.reject(failed(kind, text, { reason }, codeDetails(answer.reason)));
      }
    }
    this.#dispatch();
  }

  #overrun(thread: Thread): void {
    this.#remove(thread, 'failure.codeTime');
    thread.worker.terminate();
  }

  #broke(thread: Thread, error: unknown): void {
    const memory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    this.#remove(thread, memory ? 'failure.codeMemory' : 'failure.codeEnded');
  }

  #remove(thread: Thread, why: Why): void {
    const index = this.#threads.indexOf(thread);
    if (index >= 0) this.#threads.splice(index, 1);
    const waiting = this.#free(thread);
    if (waiting) waiting.reject(failed(waiting.task.kind, why, { seconds: this.#milliseconds / 1000 }));
    this.#dispatch();
  }

  #free(thread: Thread): Waiting | undefined {
    const waiting = thread.busy;
    thread.busy = undefined;
    clearTimeout(thread.timer);
    thread.worker.unref();
    return waiting;
  }
}
