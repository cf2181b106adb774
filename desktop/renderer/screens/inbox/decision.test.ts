import { expect, it } from 'vitest';
import { english, german } from '../../messages/testing/wholeCatalogue.ts';
import { makeWords } from '../../messages/words.ts';
import { answeredValues, decisionWords } from './decision.ts';

const en = makeWords('en', english);

it('shows an answer as the form holds it', () => {
  expect(answeredValues({ comment: 'fine' })).toEqual({ comment: 'fine' });
  expect(answeredValues({ kind: 'message', text: 'hello' })).toEqual({ text: 'hello' });
  expect(answeredValues(null)).toEqual({});
});

it('says a decision in words', () => {
  expect(decisionWords('ask_for_changes', en)).toBe('Ask for changes');
  expect(decisionWords('approve', en)).toBe('Approve');
  expect(decisionWords('approve', makeWords('de', german))).toBe('Genehmigen');
});
