import { isObject, type Json, type JsonObject, own } from '@rondo/shared/oas/json.ts';
import { resolveReference } from '@rondo/shared/oas/references.ts';
import { longestDelaySeconds, retryPolicyDefaults as otherwise } from '@rondo/shared/runs/settings.ts';
import type { RetryPolicy } from './step.ts';

/** Reads a component's `retry_policy` with the defaults of the specification; undefined where it has none. */
export function retryPolicyOf(tree: JsonObject, component: JsonObject): RetryPolicy | undefined {
  const policy = resolveReference(tree, own(component, 'retry_policy'));
  if (!policy) return undefined;
  const statuses = own(policy, 'recoverable_statuses');
  return {
    maxAttempts: number(own(policy, 'max_attempts'), otherwise.max_attempts),
    requestTimeout: typeof policy.request_timeout === 'number' ? policy.request_timeout : undefined,
    initialDelay: number(own(policy, 'initial_retry_delay'), otherwise.initial_retry_delay),
    maxDelay: number(own(policy, 'max_retry_delay'), otherwise.max_retry_delay),
    factor: number(own(policy, 'backoff_factor'), otherwise.backoff_factor),
    jitter: own(policy, 'jitter') === null ? null : String(own(policy, 'jitter') ?? otherwise.jitter),
    anyServerError: own(policy, 'service_error_retry_on_any_5xx') !== false,
    recoverableStatuses: isObject(statuses) ? Object.keys(statuses).map(Number) : otherwise.recoverable_statuses,
  };
}

function number(value: Json | undefined, unsaid: number): number {
  return typeof value === 'number' ? value : unsaid;
}

/** Seconds to wait before a try; `failed` tries were made so far (1 or more). */
export function retryDelay(policy: RetryPolicy, failed: number, random: () => number = Math.random): number {
  const full = Math.min(longestDelaySeconds, policy.maxDelay, policy.initialDelay * policy.factor ** (failed - 1));
  switch (policy.jitter) {
    case null:
      return full;
    case 'equal':
      return full / 2 + (full / 2) * random();
    case 'decorrelated':
      return Math.min(
        longestDelaySeconds,
        policy.maxDelay,
        policy.initialDelay + (full * policy.factor - policy.initialDelay) * random(),
      );
    default:
      return full * random();
  }
}

/** May a call that was answered with this status be made again? */
export function isRecoverable(policy: RetryPolicy | undefined, status: number): boolean {
  if (!policy) return false;
  return policy.recoverableStatuses.includes(status) || (status >= 500 && policy.anyServerError);
}
