import { stepPolicyBounds as bounds } from '../../runs/settings.ts';
import { type Said, said } from '../../words/said.ts';
import { rondoOf } from '../flow.ts';
import { isObject, type Json, type JsonObject, own, ownText } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import type { Report, Warn } from './builtins.ts';
import { called } from './subject.ts';

const rondo = '/metadata/__metadata_info__/rondo';
/** Steps that run flows: what fails is a step inside, and that one is tried again by its own policy. */
const holdFlows = new Set(['FlowNode', 'MapNode', 'ParallelMapNode', 'ParallelFlowNode', 'CatchExceptionNode']);

interface Rule {
  fits(value: Json): boolean;
  what: Said;
}

interface Bounds {
  least: number;
  most: number;
}

const inBounds = (value: number, { least, most }: Bounds): boolean => value >= least && value <= most;
const number = (allowed: Bounds, what: Said): Rule => ({
  fits: (value) => typeof value === 'number' && inBounds(value, allowed),
  what,
});
const oneOf = (...choices: string[]): Rule => ({
  fits: (value) => typeof value === 'string' && choices.includes(value),
  what: said('what.oneOf', { choices }),
});

/** What a step's policy may say (shared/runs/settings.ts, StepPolicy). */
const policyRules: Readonly<Record<string, Rule>> = {
  attempts: {
    fits: (value) => typeof value === 'number' && Number.isInteger(value) && inBounds(value, bounds.attempts),
    what: said('what.integerBetween', { ...bounds.attempts }),
  },
  delaySeconds: number(bounds.delaySeconds, said('what.seconds')),
  factor: number(bounds.factor, said('what.numberBetween', { ...bounds.factor })),
  maxDelaySeconds: number(bounds.maxDelaySeconds, said('what.seconds')),
  jitter: oneOf('full', 'equal', 'none'),
  timeLimitSeconds: {
    fits: (value) => typeof value === 'number' && value > 0 && value <= bounds.timeLimitSeconds.most,
    what: said('what.secondsOfADay'),
  },
  retryOn: oneOf('transient', 'any'),
};

/** What we keep in a step's metadata for running it: its policy, and how many items of a map run at once. */
export function checkStepSettings(component: JsonObject, error: Report, warn: Warn): void {
  const settings = rondoOf(component);
  const type = ownText(component, 'component_type') ?? '';
  const policy = own(settings, 'policy');
  if (policy !== undefined) checkPolicy(component, type, policy, error, warn);
  const concurrency = own(settings, 'concurrency');
  if (type !== 'ParallelMapNode' || concurrency === undefined) return;
  if (typeof concurrency === 'number' && Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 1000)
    return;
  error('OAS-CONCURRENCY', `${rondo}/concurrency`, { step: called(component) });
}

function checkPolicy(component: JsonObject, type: string, policy: Json, error: Report, warn: Warn): void {
  const at = `${rondo}/policy`;
  const step = called(component);
  if (!isObject(policy)) {
    error('OAS-POLICY.record', at, { step });
    return;
  }
  for (const [field, rule] of Object.entries(policyRules)) {
    const value = own(policy, field);
    if (value === undefined || rule.fits(value)) continue;
    error('OAS-POLICY', pointerTo(at, field), { step, field, what: rule.what });
  }
  if (holdFlows.has(type)) warn('OAS-POLICY-FLOW', at, { step });
}
