/**
 * How runs of a flow, or of the whole workspace, are governed. Kept as JSON text beside the flow, not in its document:
 * it belongs to this installation. What is not set is not limited, or has the workspace's default.
 */
export interface FlowSettings {
  limits?: FlowLimits;
  /** default `normal` */
  priority?: RunPriority;
  /** a run that has not ended after so many seconds fails with RUN_TIMED_OUT */
  runTimeLimitSeconds?: number;
  retention?: Retention;
  /** a run that waits for a person longer than this is told of; default: the workspace's */
  waitingLongSeconds?: number;
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
  /** tries in all, the first included; default 1 */
  attempts?: number;
  /** before the second try; default 1 */
  delaySeconds?: number;
  /** default 2 */
  factor?: number;
  /** default 300 */
  maxDelaySeconds?: number;
  /** full: anything from nothing to the delay; equal: at least half of it; none. Default full */
  jitter?: 'full' | 'equal' | 'none';
  /** a try that takes longer is broken off with TIMED_OUT, which may be tried again */
  timeLimitSeconds?: number;
  /** transient: what the step itself says may succeed later (default); any: every failure */
  retryOn?: 'transient' | 'any';
}
