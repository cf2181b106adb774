import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { resolveReference } from '@rondo/shared/oas/references.ts';
import { retryPolicyDefaults, stepPolicyDefaults } from '@rondo/shared/runs/settings.ts';
import type { Words } from '../../messages/useT.ts';
import { spanText } from '../../parts/times.ts';
import type { Place } from '../gesture.ts';
import { partOf, placeOf } from '../gesture.ts';
import type { StepKind } from '../stepKinds.ts';

/** How a step is tried again, whichever of the two ways of writing it down is used. Times are seconds. */
export interface Tries {
  /** the first included */
  attempts: number;
  delay: number;
  factor: number;
  maxDelay: number;
  /** none, equal, full, or a word that only another runtime may know */
  jitter: string;
  /** for one try; undefined = as long as it takes */
  timeLimit: number | undefined;
  retryOn: 'transient' | 'any';
}

/** What holds where a step says nothing. */
export const stepDefaults: Tries = {
  attempts: stepPolicyDefaults.attempts,
  delay: stepPolicyDefaults.delaySeconds,
  factor: stepPolicyDefaults.factor,
  maxDelay: stepPolicyDefaults.maxDelaySeconds,
  jitter: stepPolicyDefaults.jitter,
  timeLimit: undefined,
  retryOn: stepPolicyDefaults.retryOn,
};

const spec = retryPolicyDefaults;

/** Steps that run something which may fail and be tried again; a flow inside is tried again step by step. */
const running: ReadonlySet<StepKind> = new Set<StepKind>([
  'ai',
  'agent',
  'api',
  'tool',
  'formula',
  'script',
  'runFlow',
  'callback',
  'readFile',
  'writeFile',
]);

export function mayBeTriedAgain(kind: StepKind): boolean {
  return running.has(kind);
}

/** The step's own policy as it stands under `rondo.policy`. */
export function triesOfStep(policy: Json | undefined): Tries {
  if (!isObject(policy)) return stepDefaults;
  return {
    attempts: number(policy.attempts, stepDefaults.attempts),
    delay: number(policy.delaySeconds, stepDefaults.delay),
    factor: number(policy.factor, stepDefaults.factor),
    maxDelay: number(policy.maxDelaySeconds, stepDefaults.maxDelay),
    jitter: typeof policy.jitter === 'string' ? policy.jitter : stepDefaults.jitter,
    timeLimit: typeof policy.timeLimitSeconds === 'number' ? policy.timeLimitSeconds : undefined,
    retryOn: policy.retryOn === 'any' ? 'any' : 'transient',
  };
}

/**
 * A policy to write under `rondo.policy`: what is as everywhere else is left out, fields that we do not know stay.
 *
 * @returns undefined when nothing is left to be said
 */
export function stepPolicy(tries: Tries, old: Json | undefined): JsonObject | undefined {
  const policy: JsonObject = isObject(old) ? { ...old } : {};
  const put = (field: string, value: Json | undefined, otherwise: Json | undefined) => {
    if (value === otherwise || value === undefined) delete policy[field];
    else policy[field] = value;
  };
  put('attempts', tries.attempts, stepDefaults.attempts);
  put('delaySeconds', tries.delay, stepDefaults.delay);
  put('factor', tries.factor, stepDefaults.factor);
  put('maxDelaySeconds', tries.maxDelay, stepDefaults.maxDelay);
  put('jitter', tries.jitter, stepDefaults.jitter);
  put('timeLimitSeconds', tries.timeLimit, undefined);
  put('retryOn', tries.retryOn, stepDefaults.retryOn);
  return Object.keys(policy).length > 0 ? policy : undefined;
}

/** The `retry_policy` that a step's component carries, and where it stands: it decides before the step's own. */
export function carriedPolicy(
  tree: JsonObject,
  component: JsonObject,
): { place: Place; policy: JsonObject } | undefined {
  const places = [placeOf(component), partOf(tree, component, 'tool'), partOf(tree, component, 'llm_config')];
  for (const place of places) {
    const raw = place?.value.retry_policy;
    if (place && isObject(raw)) return { place, policy: resolveReference(tree, raw) ?? raw };
  }
  return undefined;
}

export function triesOfSpec(policy: JsonObject): Tries {
  return {
    attempts: number(policy.max_attempts, spec.max_attempts) + 1,
    delay: number(policy.initial_retry_delay, spec.initial_retry_delay),
    factor: number(policy.backoff_factor, spec.backoff_factor),
    maxDelay: number(policy.max_retry_delay, spec.max_retry_delay),
    jitter: policy.jitter === null ? 'none' : typeof policy.jitter === 'string' ? policy.jitter : spec.jitter,
    timeLimit: typeof policy.request_timeout === 'number' ? policy.request_timeout : undefined,
    retryOn: 'transient',
  };
}

/** The fields of a `retry_policy` that differ from how it was read before; the others stay as they are. */
export function specPolicy(tries: Tries, old: JsonObject): JsonObject {
  const before = triesOfSpec(old);
  const policy = { ...old };
  if (tries.attempts !== before.attempts) policy.max_attempts = tries.attempts - 1;
  if (tries.delay !== before.delay) policy.initial_retry_delay = tries.delay;
  if (tries.factor !== before.factor) policy.backoff_factor = tries.factor;
  if (tries.maxDelay !== before.maxDelay) policy.max_retry_delay = tries.maxDelay;
  if (tries.jitter !== before.jitter) policy.jitter = tries.jitter === 'none' ? null : tries.jitter;
  if (tries.timeLimit !== before.timeLimit) {
    if (tries.timeLimit === undefined) delete policy.request_timeout;
    else policy.request_timeout = tries.timeLimit;
  }
  return policy;
}

/** Seconds of pause before the second try, the third, … as if nothing were random. */
export function pausesOf(tries: Tries, most: number): number[] {
  const count = Math.min(most, Math.max(0, tries.attempts - 1));
  return Array.from({ length: count }, (_, index) =>
    Math.min(tries.maxDelay, tries.delay * Math.max(1, tries.factor) ** index),
  );
}

const shownPauses = 4;

/** The whole policy in one or two sentences. */
export function policyWords(tries: Tries, t: Words): string {
  const limit =
    tries.timeLimit === undefined
      ? ''
      : ` ${t('canvas.policy.words.limit', { time: spanText(tries.timeLimit * 1000, t) })}`;
  if (tries.attempts <= 1) return t('canvas.policy.words.once') + limit;
  const pauses = pausesOf(tries, shownPauses).map((seconds) => spanText(seconds * 1000, t));
  const list = pauses.join(', ') + (tries.attempts - 1 > shownPauses ? ' …' : '');
  const random = tries.jitter === 'none' ? '' : ` ${t('canvas.policy.words.random')}`;
  return t('canvas.policy.words.tries', { count: tries.attempts, pauses: list }) + random + limit;
}

function number(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}
