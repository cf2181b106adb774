import type { Json } from '../oas/json.ts';
import type { Said } from '../words/said.ts';
import type { Assignment } from './assignment.ts';
import type { PartialRun } from './partial.ts';

/**
 * The events of a run's journal, in the order in which they happened. A run is folded from them alone: the engine
 * resumes from them, the canvas draws them, protocols stream them.
 *
 * `path` is a step's place: node ids joined by `/`, `[i]` for an item of a map, `#n` for the n-th visit of the same
 * node (the first visit has no suffix). `at` is an ISO 8601 time in UTC.
 */
export type RunEvent =
  | RunStarted
  | RunResumed
  | RunPaused
  | RunUnpaused
  | StepStarted
  | StepCutOff
  | StepSucceeded
  | StepFailed
  | MessageSaid
  | WaitStarted
  | WaitAnswered
  | RunSucceeded
  | RunFailed
  | RunCancelled;

export type RunEventKind = RunEvent['kind'];

/** Who caused something: a person, a program with an API key, a schedule, another run, or the server itself. */
export interface Actor {
  kind: 'person' | 'api_key' | 'schedule' | 'run' | 'system';
  id: string;
  name: string;
}

/**
 * `flow`: another flow ended; `parent`: a step of another run; `retry`: somebody tried an earlier run again; `part`: a
 * part of a draft, or one with steps taken as given; `check`: a pinned test.
 */
export const runTriggers = [
  'manual',
  'test',
  'part',
  'check',
  'schedule',
  'mcp',
  'http',
  'cli',
  'webhook',
  'form',
  'flow',
  'parent',
  'retry',
] as const;
export type RunTrigger = (typeof runTriggers)[number];

/** Always the first event. */
export interface RunStarted {
  kind: 'run_started';
  at: string;
  actor: Actor;
  trigger: RunTrigger;
  inputs: { [name: string]: Json };
  /** said by the user before the first step */
  messages?: string[];
  /** the run that this one tries again; the events that follow until `retry_from` are taken over from it */
  retry?: {
    runId: string;
    number: number;
    /** path of the step to begin with; null = the start */
    from: string | null;
    /** inputs of that step in place of what flows to it */
    inputs?: { [name: string]: Json };
  };
  /** the run and the step that this run was started by */
  parent?: { runId: string; path: string };
  /** only a part of a draft is run, or some of its steps are taken as given: a test */
  partial?: PartialRun;
}

/** Somebody paused the run: it goes on with its next step only when somebody lets it. */
export interface RunPaused {
  kind: 'run_paused';
  at: string;
  actor: Actor;
}

export interface RunUnpaused {
  kind: 'run_unpaused';
  at: string;
  actor: Actor;
}

/** Another process went on with the run. `holder` is the server's id. */
export interface RunResumed {
  kind: 'run_resumed';
  at: string;
  holder: string;
  why: 'answer' | 'holder_lost' | 'handed_over' | 'timer';
}

/** A step begins. For a step that touches the outside this is durable before the outside is called. */
export interface StepStarted {
  kind: 'step_started';
  path: string;
  at: string;
  nodeId: string;
  nodeType: string;
  name: string;
  /** 1 for the first try; a retry by policy counts up, a try that was cut off does not */
  attempt: number;
  inputs: { [name: string]: Json };
  /** the key that outside calls of this attempt carry */
  idempotencyKey?: string;
}

/** The attempt was under way when its process died; it is made again with the same idempotency key (G1). */
export interface StepCutOff {
  kind: 'step_cut_off';
  path: string;
  at: string;
  attempt: number;
}

export interface StepSucceeded {
  kind: 'step_succeeded';
  path: string;
  at: string;
  outputs: { [name: string]: Json };
  /** the branch that was taken; `next` where the node has only one */
  branch: string;
  /** what a model call used */
  usage?: { inputTokens: number; outputTokens: number; model: string };
  /** the step was not run: a test takes this as what it gave */
  given?: true;
}

export interface StepFailed {
  kind: 'step_failed';
  path: string;
  at: string;
  attempt: number;
  error: RunError;
  /** set when the step is tried again at this time */
  retryAt?: string;
}

export interface MessageSaid {
  kind: 'message';
  path: string;
  at: string;
  role: 'assistant' | 'user';
  text: string;
}

/** What a run waits for. `id` is unique within the run: the step's path with `!` and a counter. */
export type Wait =
  | {
      id: string;
      path: string;
      for: 'review';
      title: string;
      tool: string;
      surface: Json[];
      arguments: { [name: string]: Json };
      /** JSON Schemas (OAS properties) of the answer */
      outputs: Json[];
      /** whom it is for; absent = everyone who may decide */
      assign?: Assignment;
      dueAt?: string;
    }
  | { id: string; path: string; for: 'message'; prompt: string | null }
  | { id: string; path: string; for: 'tool'; tool: string; arguments: { [name: string]: Json }; outputs: Json[] }
  | { id: string; path: string; for: 'server_tool'; tool: string; arguments: { [name: string]: Json }; outputs: Json[] }
  | { id: string; path: string; for: 'confirmation'; tool: string; arguments: { [name: string]: Json } }
  /** `retry`: a failed step is tried again then; else a wait that the flow asks for */
  | { id: string; path: string; for: 'timer'; wakeAt: string; why?: 'retry' }
  /** a named event, sent after the run began; without it until `wakeAt`, the answer is a `timer` */
  | { id: string; path: string; for: 'event'; name: string; key: string; wakeAt?: string }
  /** the end of a run that this step started */
  | { id: string; path: string; for: 'run'; flow: string; runId: string };

export interface WaitStarted {
  kind: 'wait_started';
  path: string;
  at: string;
  wait: Wait;
}

/** The answer to a wait, by its kind. */
export type WaitAnswer =
  | { kind: 'review'; decision: string; values: { [name: string]: Json } }
  | { kind: 'message'; text: string }
  | { kind: 'result'; value: Json }
  | { kind: 'error'; message: string }
  | { kind: 'confirmation'; confirmed: boolean; reason?: string }
  | { kind: 'timer' }
  | { kind: 'event'; eventId: string; payload: Json }
  | { kind: 'run'; state: 'succeeded' | 'failed' | 'cancelled'; outputs: { [name: string]: Json }; error?: RunError };

export interface WaitAnswered {
  kind: 'wait_answered';
  path: string;
  at: string;
  waitId: string;
  answer: WaitAnswer;
  actor: Actor;
}

export interface RunSucceeded {
  kind: 'run_succeeded';
  at: string;
  outputs: { [name: string]: Json };
  /** branch name of the EndNode that was reached */
  branch: string;
}

/** Why something failed, in words for the person who has to mend it. Never holds a secret's value (G7). */
export interface RunError {
  /** stable, upper case with underscores: HTTP_STATUS, INPUT_MISSING, CAST_FAILED, TEMPLATE_FAILED, TIMED_OUT, … */
  code: string;
  message: string;
  /** the message, to be said in any language; absent in journals of before */
  said?: Said;
  /** path of the step, null for the run itself */
  step: string | null;
  /** may the same call succeed later? */
  retryable?: boolean;
  details?: Json;
  /** how it came to it: where a step's failure ended a run */
  context?: FailureContext;
}

/** What whoever has to mend a failure wants to know at once. Secrets are hidden, and what is large is cut. */
export interface FailureContext {
  /** of the step that failed */
  name: string;
  nodeType: string;
  /** what the step was given */
  inputs: { [name: string]: Json };
  /** all its tries that failed, the last one included */
  tries: FailedTry[];
}

export interface FailedTry {
  attempt: number;
  at: string;
  code: string;
  message: string;
}

/** The error for those who may know what went wrong, but not the values that led to it. */
export function withoutContext({ context: _context, ...error }: RunError): Omit<RunError, 'context'> {
  return error;
}

export interface RunFailed {
  kind: 'run_failed';
  at: string;
  error: RunError;
}

export interface RunCancelled {
  kind: 'run_cancelled';
  at: string;
  actor: Actor;
}
