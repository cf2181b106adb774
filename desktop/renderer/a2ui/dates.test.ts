import { expect, it } from 'vitest';
import { dateInputValue, dateKind } from './dates.ts';

it('takes from an ISO value what the field asks for', () => {
  expect(dateInputValue('2026-11-23T09:14:05Z', 'date')).toBe('2026-11-23');
  expect(dateInputValue('2026-11-23T09:14:05Z', 'time')).toBe('09:14');
  expect(dateInputValue('2026-11-23T09:14:05Z', 'datetime-local')).toBe('2026-11-23T09:14');
  expect(dateInputValue('2026-11-23', 'datetime-local')).toBe('2026-11-23T00:00');
  expect(dateInputValue('09:14:05', 'time')).toBe('09:14');
  expect(dateInputValue('', 'date')).toBe('');
});

it('asks for a date when the form says nothing', () => {
  expect(dateKind(undefined, undefined)).toBe('date');
  expect(dateKind(true, true)).toBe('datetime-local');
  expect(dateKind(false, true)).toBe('time');
});
