import { rondoOf } from '@rondo/shared/oas/flow.ts';
import { isObject, type JsonObject, own } from '@rondo/shared/oas/json.ts';
import { stepPolicyBounds as bounds, stepPolicyDefaults as defaults } from '@rondo/shared/runs/settings.ts';
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
  const attempts = Math.floor(number(policy, 'attempts'));
  const jitter = own(policy, 'jitter');
  const limit = own(policy, 'timeLimitSeconds');
  return {
    retry:
      attempts <= 1
        ? undefined
        : {
            maxAttempts: attempts - 1,
            requestTimeout: undefined,
            initialDelay: number(policy, 'delaySeconds'),
            maxDelay: number(policy, 'maxDelaySeconds'),
            factor: number(policy, 'factor'),
            jitter: jitter === 'none' ? null : jitter === 'equal' ? 'equal' : defaults.jitter,
            anyServerError: true,
            recoverableStatuses: [408, 409, 425, 429],
          },
    timeLimit: typeof limit === 'number' && limit > 0 ? Math.min(bounds.timeLimitSeconds.most, limit) : undefined,
    any: own(policy, 'retryOn') === 'any',
  };
}

function number(policy: JsonObject, field: 'attempts' | 'delaySeconds' | 'factor' | 'maxDelaySeconds'): number {
  const value = own(policy, field);
  if (typeof value !== 'number' || !Number.isFinite(value)) return defaults[field];
  return Math.min(bounds[field].most, Math.max(bounds[field].least, value));
}
