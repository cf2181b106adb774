import { newNode } from '@rondo/shared/oas/create.ts';
import { expect, test } from 'vitest';
import { english } from '../../messages/testing/wholeCatalogue.ts';
import { makeWords } from '../../messages/useT.ts';
import {
  carriedPolicy,
  pausesOf,
  policyWords,
  specPolicy,
  stepDefaults,
  stepPolicy,
  triesOfSpec,
  triesOfStep,
} from './policy.ts';

const t = makeWords('en', english);

test('what is as everywhere else is left out of the document; unknown fields stay', () => {
  expect(stepPolicy(stepDefaults, undefined)).toBeUndefined();
  expect(stepPolicy({ ...stepDefaults, attempts: 3, jitter: 'none' }, undefined)).toEqual({
    attempts: 3,
    jitter: 'none',
  });
  expect(stepPolicy(stepDefaults, { attempts: 3, later: true })).toEqual({ later: true });
  const policy = { attempts: 5, delaySeconds: 2, factor: 3, maxDelaySeconds: 60, timeLimitSeconds: 30, retryOn: 'any' };
  expect(stepPolicy(triesOfStep(policy), undefined)).toEqual(policy);
});

test('the sentence tells the pauses as they grow, up to the longest', () => {
  expect(pausesOf({ ...stepDefaults, attempts: 6, maxDelay: 5 }, 10)).toEqual([1, 2, 4, 5, 5]);
  expect(policyWords(stepDefaults, t)).toBe('Tried once.');
  expect(policyWords({ ...stepDefaults, attempts: 4, jitter: 'none' }, t)).toBe(
    'Tried up to 4 times, after 1 s, 2 s, 4 s.',
  );
  const words = policyWords({ ...stepDefaults, attempts: 9, timeLimit: 30 }, t);
  expect(words).toContain('8 s …');
  expect(words).toContain('30 s');
});

test('a policy of the component decides, and is changed in its own fields only', () => {
  const node = {
    ...newNode('api'),
    retry_policy: { max_attempts: 4, jitter: null, recoverable_statuses: { '503': '' } },
  };
  const carried = carriedPolicy(node, node);
  expect(carried?.policy).toBe(node.retry_policy);
  const tries = triesOfSpec(node.retry_policy);
  expect(tries).toMatchObject({ attempts: 5, delay: 1, maxDelay: 8, jitter: 'none' });
  expect(specPolicy({ ...tries, attempts: 2, timeLimit: 10 }, node.retry_policy)).toEqual({
    max_attempts: 1,
    jitter: null,
    recoverable_statuses: { '503': '' },
    request_timeout: 10,
  });
  expect(carriedPolicy(newNode('api'), newNode('api'))).toBeUndefined();
});
