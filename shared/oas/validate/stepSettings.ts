import { rondoOf } from '../flow.ts';
import { isObject, type Json, type JsonObject, own, ownText } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import type { Report } from './builtins.ts';
import { calledFirst } from './subject.ts';

const rondo = '/metadata/__metadata_info__/rondo';
/** Steps that run flows: what fails is a step inside, and that one is tried again by its own policy. */
const holdFlows = new Set(['FlowNode', 'MapNode', 'ParallelMapNode', 'ParallelFlowNode', 'CatchExceptionNode']);

interface Rule {
  fits(value: Json): boolean;
  words: string;
}

const number = (least: number, most: number, words: string): Rule => ({
  fits: (value) => typeof value === 'number' && value >= least && value <= most,
  words,
});
const oneOf = (...choices: string[]): Rule => ({
  fits: (value) => typeof value === 'string' && choices.includes(value),
  words: `one of ${choices.join(', ')}`,
});

/** What a step's policy may say (shared/runs/settings.ts, StepPolicy). */
const policyRules: Readonly<Record<string, Rule>> = {
  attempts: {
    fits: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 100,
    words: 'a whole number from 1 to 100',
  },
  delaySeconds: number(0, 2_592_000, 'a number of seconds, 30 days at most'),
  factor: number(1, 100, 'a number from 1 to 100'),
  maxDelaySeconds: number(0, 2_592_000, 'a number of seconds, 30 days at most'),
  jitter: oneOf('full', 'equal', 'none'),
  timeLimitSeconds: {
    fits: (value) => typeof value === 'number' && value > 0 && value <= 86_400,
    words: 'a number of seconds above 0, a day at most',
  },
  retryOn: oneOf('transient', 'any'),
};

/** What we keep in a step's metadata for running it: its policy, and how many items of a map run at once. */
export function checkStepSettings(component: JsonObject, error: Report, warn: Report): void {
  const settings = rondoOf(component);
  const type = ownText(component, 'component_type') ?? '';
  const policy = own(settings, 'policy');
  if (policy !== undefined) checkPolicy(component, type, policy, error, warn);
  const concurrency = own(settings, 'concurrency');
  if (type !== 'ParallelMapNode' || concurrency === undefined) return;
  if (typeof concurrency === 'number' && Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 1000)
    return;
  error(
    'OAS-CONCURRENCY',
    `${rondo}/concurrency`,
    `${calledFirst(component)} must say by a whole number from 1 to 1000 how many items run at once.`,
  );
}

function checkPolicy(component: JsonObject, type: string, policy: Json, error: Report, warn: Report): void {
  const at = `${rondo}/policy`;
  const step = calledFirst(component);
  if (!isObject(policy)) {
    error('OAS-POLICY', at, `${step} has a policy that is no record.`);
    return;
  }
  for (const [field, rule] of Object.entries(policyRules)) {
    const value = own(policy, field);
    if (value === undefined || rule.fits(value)) continue;
    error('OAS-POLICY', pointerTo(at, field), `In the policy of ${step}, “${field}” must be ${rule.words}.`);
  }
  if (holdFlows.has(type))
    warn(
      'OAS-POLICY-FLOW',
      at,
      `${step} runs a flow and is not tried again as a whole: what fails is a step inside. Set the policy there.`,
    );
}
