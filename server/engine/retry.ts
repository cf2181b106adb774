import { isObject, type Json, type JsonObject, own } from '@rondo/shared/oas/json.ts';
import { resolveReference } from '@rondo/shared/oas/references.ts';
import type { RetryPolicy } from './step.ts';

/** Reads a component's `retry_policy` with the defaults of the specification; undefined where it has none. */
export function retryPolicyOf(tree: JsonObject, component: JsonObject): RetryPolicy | undefined {
  const policy = resolveReference(tree, own(component, 'retry_policy'));
  if (!policy) return undefined;
  const statuses = own(policy, 'recoverable_statuses');
  return {
    maxAttempts: number(own(policy, 'max_attempts'), 2),
    requestTimeout: typeof policy.request_timeout === 'number' ? policy.request_timeout : undefined,
    initialDelay: number(own(policy, 'initial_retry_delay'), 1),
    maxDelay: number(own(policy, 'max_retry_delay'), 8),
    factor: number(own(policy, 'backoff_factor'), 2),
    jitter: own(policy, 'jitter') === null ? null : String(own(policy, 'jitter') ?? 'full_and_equal_for_throttle'),
    anyServerError: own(policy, 'service_error_retry_on_any_5xx') !== false,
    recoverableStatuses: isObject(statuses) ? Object.keys(statuses).map(Number) : [409, 429],
  };
}

function number(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** Seconds that a try is put off at most, whatever a document says: thirty days. */
const longest = 2_592_000;

/** Seconds to wait before a try; `failed` tries were made so far (1 or more). */
export function retryDelay(policy: RetryPolicy, failed: number, random: () => number = Math.random): number {
  const full = Math.min(longest, policy.maxDelay, policy.initialDelay * policy.factor ** (failed - 1));
  switch (policy.jitter) {
    case null:
      return full;
    case 'equal':
      return full / 2 + (full / 2) * random();
    case 'decorrelated':
      return Math.min(
        longest,
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
