import { rondoOf } from '@rondo/shared/oas/flow.ts';
import { isObject, type Json, type JsonObject, own } from '@rondo/shared/oas/json.ts';
import type { RetryPolicy } from './step.ts';

/** A step's own policy, read (shared/runs/settings.ts, StepPolicy). */
export interface ReadPolicy {
  /** undefined = the step is tried once */
  retry: RetryPolicy | undefined;
  /** a try may take so many seconds; undefined = as long as it takes */
  timeLimit: number | undefined;
  /** every failure may be tried again, not only those that say so */
  any: boolean;
}

const none: ReadPolicy = { retry: undefined, timeLimit: undefined, any: false };
const mostAttempts = 100;
/** Seconds: what the clock of the host can wait for at once, and what a date can hold. */
const longestLimit = 2_000_000;
const longestDelay = 2_592_000;
const known = new WeakMap<JsonObject, ReadPolicy>();

/** The policy in a node's metadata; what cannot be read counts as not set (validation says so). */
export function policyOf(component: JsonObject): ReadPolicy {
  const before = known.get(component);
  if (before) return before;
  const policy = own(rondoOf(component), 'policy');
  const read = isObject(policy) ? readPolicy(policy) : none;
  known.set(component, read);
  return read;
}

function readPolicy(policy: JsonObject): ReadPolicy {
  const attempts = Math.min(mostAttempts, Math.floor(number(own(policy, 'attempts'), 1, 1)));
  const jitter = own(policy, 'jitter');
  const limit = own(policy, 'timeLimitSeconds');
  return {
    retry:
      attempts <= 1
        ? undefined
        : {
            maxAttempts: attempts - 1,
            requestTimeout: undefined,
            initialDelay: Math.min(longestDelay, number(own(policy, 'delaySeconds'), 1, 0)),
            maxDelay: Math.min(longestDelay, number(own(policy, 'maxDelaySeconds'), 300, 0)),
            factor: number(own(policy, 'factor'), 2, 1),
            jitter: jitter === 'none' ? null : jitter === 'equal' ? 'equal' : 'full',
            anyServerError: true,
            recoverableStatuses: [408, 409, 425, 429],
          },
    timeLimit: typeof limit === 'number' && limit > 0 ? Math.min(longestLimit, limit) : undefined,
    any: own(policy, 'retryOn') === 'any',
  };
}

function number(value: Json | undefined, otherwise: number, least: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(least, value) : otherwise;
}
