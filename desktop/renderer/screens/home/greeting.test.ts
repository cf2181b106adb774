import { expect, it } from 'vitest';
import { dayPart, firstName } from './greeting.ts';

it('greets by the hour and the first name', () => {
  expect([dayPart(7), dayPart(12), dayPart(18), dayPart(23)]).toEqual(['morning', 'afternoon', 'evening', 'evening']);
  expect(firstName(' Mara Lindqvist')).toBe('Mara');
});
