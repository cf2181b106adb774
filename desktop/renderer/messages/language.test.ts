import { expect, it } from 'vitest';
import { formatsOf, languageOf } from './language.ts';

it('is the first language of the system that there is, else English', () => {
  expect(languageOf(['fr-CH', 'de-CH', 'en'])).toBe('de');
  expect(languageOf(['EN-us', 'de'])).toBe('en');
  expect(languageOf(['fr', 'deu'])).toBe('en');
  expect(languageOf([])).toBe('en');
});

it('writes dates and numbers as the region does where it speaks the language', () => {
  expect(formatsOf('de', ['en-US', 'de-AT'])).toBe('de-AT');
  expect(formatsOf('de', ['en-US'])).toBe('de-DE');
  expect(formatsOf('en', ['de-AT', 'en-US'])).toBe('en-US');
  expect(formatsOf('en', ['de'])).toBe('en-GB');
});
