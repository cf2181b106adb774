import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { StepSucceeded, Wait, WaitAnswer } from '@rondo/shared/runs/events.ts';
import type { CallContext, EnginePorts } from './ports.ts';

/** What a step is of: a node, or what stands for one in the path and the journal of a part of a step. */
export type Part = Pick<NodeView, 'id' | 'type' | 'name' | 'component' | 'inputs' | 'outputs'>;

/** What a node's code gets. */
export interface Step {
  /** the whole document, for references */
  tree: JsonObject;
  node: Part;
  path: string;
  runId: string;
  inputs: JsonObject;
  /** 1 for the first try */
  attempt: number;
  ports: EnginePorts;
  signal: AbortSignal;
  /** A value that was used as a secret: from now on it is blotted out of everything that the run says (G7). */
  keepSecret(value: Json): void;
  /** says something in the run's conversation */
  say(text: string): void;
  /**
   * Asks the outside (a person, a client, a clock). The first time the run waits here; when it goes on, the same call
   * gives the answer. `name` tells several waits of one step apart.
   */
  ask(name: string, wait: (id: string) => Wait): WaitAnswer;
  /** The wait of this name that an earlier segment has on record, answered or not. */
  asked(name: string): Wait | undefined;
  /**
   * Does something outside: journaled before it begins, and made again with the same key when its process died. Not for
   * steps that touch nothing.
   * @param retry the component's own `retry_policy`: it decides over further tries of the step
   */
  outside<T>(call: (context: CallContext) => Promise<T>, retry?: RetryPolicy): Promise<T>;
}

/** What a step gave. */
export interface StepResult {
  outputs: JsonObject;
  /** default: `next` */
  branch?: string;
  usage?: StepSucceeded['usage'];
  /** the step was not run: a test takes this as given */
  given?: true;
}

/** Code of one kind of node: pure but for its ports. @throws {StepError} */
export type NodeCode = (step: Step) => StepResult | Promise<StepResult>;

/** OAS RetryPolicy, read. Times in seconds. */
export interface RetryPolicy {
  /** tries beyond the first */
  maxAttempts: number;
  requestTimeout: number | undefined;
  initialDelay: number;
  maxDelay: number;
  factor: number;
  jitter: string | null;
  anyServerError: boolean;
  recoverableStatuses: readonly number[];
}

/** Thrown where the run has to wait; only the interpreter catches it. */
export class MustWait extends Error {
  /** one, or those of several branches side by side */
  readonly waits: Wait[];
  constructor(waits: Wait[]) {
    super(`waits for ${waits.map((wait) => wait.for).join(', ')}`);
    this.waits = waits;
  }
}
