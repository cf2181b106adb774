import type { Json } from '@rondo/shared/oas/json.ts';
import { describe, expect, it } from 'vitest';
import { answeredValues, decisionWords, valuesToSend } from './decision.ts';

describe('what a decision sends', () => {
  const outputs: Json = [
    { title: 'decision', type: 'string' },
    { title: 'policy', type: 'string' },
    { title: 'tags', type: 'array', items: { type: 'string' } },
    { title: 'urgent', type: 'boolean' },
  ];

  it('takes a list of one choice as the choice, and a box left alone as no', () => {
    expect(valuesToSend({ policy: ['once'], tags: ['a'], amount: '12' }, outputs)).toEqual({
      policy: 'once',
      tags: ['a'],
      amount: '12',
      urgent: false,
    });
    expect(valuesToSend({ policy: [], urgent: true }, outputs)).toEqual({ policy: '', urgent: true });
  });

  it('leaves values alone that no output names', () => {
    expect(valuesToSend({ other: ['x'] }, null)).toEqual({ other: ['x'] });
  });
});

it('shows an answer as the form holds it', () => {
  expect(answeredValues({ comment: 'fine' })).toEqual({ comment: 'fine' });
  expect(answeredValues({ kind: 'message', text: 'hello' })).toEqual({ text: 'hello' });
  expect(answeredValues(null)).toEqual({});
});

it('says a decision in words', () => {
  expect(decisionWords('ask_for_changes')).toBe('Ask for changes');
  expect(decisionWords('approve')).toBe('Approve');
});
