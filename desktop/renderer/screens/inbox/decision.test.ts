import { expect, it } from 'vitest';
import { answeredValues, decisionWords } from './decision.ts';

it('shows an answer as the form holds it', () => {
  expect(answeredValues({ comment: 'fine' })).toEqual({ comment: 'fine' });
  expect(answeredValues({ kind: 'message', text: 'hello' })).toEqual({ text: 'hello' });
  expect(answeredValues(null)).toEqual({});
});

it('says a decision in words', () => {
  expect(decisionWords('ask_for_changes')).toBe('Ask for changes');
  expect(decisionWords('approve')).toBe('Approve');
});
