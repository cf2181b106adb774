import { type Assignment, isForEveryone } from './assignment.ts';

/**
 * How runs of a flow, or of the whole workspace, are governed. Kept as JSON text beside the flow, not in its document:
 * it belongs to this installation. What is not set is not limited, or has the workspace's default.
 */
export interface FlowSettings {
  /** who alone may run it, beside owners and admins; triggers run it whoever may */
  runners?: Assignment;
  limits?: FlowLimits;
  /** default `normal` */
  priority?: RunPriority;
  /** a run that has not ended after so many seconds fails with RUN_TIMED_OUT */
  runTimeLimitSeconds?: number;
  retention?: Retention;
  /** a run that waits for a person longer than this is told of; default: the workspace's */
  waitingLongSeconds?: number;
}

/** Who alone may run a flow by hand or by a program; undefined = everyone whose role lets them run flows. */
export function runnersOf(settings: FlowSettings): Assignment | undefined {
  const { runners } = settings;
  return runners === undefined || isForEveryone(runners) ? undefined : runners;
}

export interface FlowLimits {
  /** runs at once, those that wait included */
  atOnce?: number;
  /** JSONata over the inputs; runs of the same value share the limit `atOncePerKey` */
  key?: string;
  atOncePerKey?: number;
  /** starts in any sixty seconds */
  perMinute?: number;
}

export const runPriorities = ['low', 'normal', 'high'] as const;
export type RunPriority = (typeof runPriorities)[number];

/** Days after a run has ended; null = for ever. */
export interface Retention {
  /** inputs, outputs, values of steps and files go first */
  valuesDays?: number | null;
  /** the run with its journal goes later; the audit stays */
  journalDays?: number | null;
}

export interface WorkspaceSettings {
  retention?: Retention;
  runTimeLimitSeconds?: number;
  /** how long a start key means the same run; default 24 h */
  startKeyHours?: number;
  waitingLongSeconds?: number;
}

export const defaultStartKeyHours = 24;
export const defaultWaitingLongSeconds = 86_400;

/**
 * Policy of a step, in `metadata.__metadata_info__.rondo.policy` of its node. Where the component has an OAS
 * `retry_policy`, that one decides over attempts and delays.
 */
export interface StepPolicy {
  /** tries in all, the first included */
  attempts?: number;
  /** before the second try */
  delaySeconds?: number;
  factor?: number;
  maxDelaySeconds?: number;
  /** full: anything from nothing to the delay; equal: at least half of it; none */
  jitter?: 'full' | 'equal' | 'none';
  /** a try that takes longer is broken off with TIMED_OUT, which may be tried again */
  timeLimitSeconds?: number;
  /** transient: what the step itself says may succeed later; any: every failure */
  retryOn?: 'transient' | 'any';
}

/** What holds where a step's policy says nothing; without a time limit, a try may take as long as it takes. */
export const stepPolicyDefaults = {
  attempts: 1,
  delaySeconds: 1,
  factor: 2,
  maxDelaySeconds: 300,
  jitter: 'full',
  retryOn: 'transient',
} as const satisfies StepPolicy;

/** Thirty days: a try is not put off for longer, whatever a document says. */
export const longestDelaySeconds = 2_592_000;

/** What a step's policy may say at the least and at the most; a time limit is above 0. */
export const stepPolicyBounds = {
  attempts: { least: 1, most: 100 },
  delaySeconds: { least: 0, most: longestDelaySeconds },
  factor: { least: 1, most: 100 },
  maxDelaySeconds: { least: 0, most: longestDelaySeconds },
  timeLimitSeconds: { least: 0, most: 86_400 },
} as const;

/** What holds where a component's `retry_policy` says nothing: the defaults of the specification. */
export const retryPolicyDefaults = {
  /** tries beyond the first */
  max_attempts: 2,
  initial_retry_delay: 1,
  backoff_factor: 2,
  max_retry_delay: 8,
  jitter: 'full_and_equal_for_throttle',
  recoverable_statuses: [409, 429],
} as const;
