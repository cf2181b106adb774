import { expect, it } from 'vitest';
import { numberMarks } from './formats.ts';

it('writes the marks of a number as the language of the viewer does', () => {
  // outside of a browser the viewer reads English
  expect(numberMarks()).toEqual({ thousandSeparator: ',', decimalSeparator: '.' });
});
