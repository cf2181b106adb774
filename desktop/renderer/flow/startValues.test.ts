import { expect, test } from 'vitest';
import { fieldTypeOf, fromEntered } from './startValues.ts';

test('a schema chooses its field', () => {
  expect(fieldTypeOf({ type: 'number' })).toBe('number');
  expect(fieldTypeOf({ type: 'string', enum: ['a'] })).toBe('choice');
  expect(fieldTypeOf({ type: 'array', items: { type: 'string' } })).toBe('texts');
  expect(fieldTypeOf({ type: 'object' })).toBe('json');
  expect(fieldTypeOf({ anyOf: [{ type: 'integer' }, { type: 'null' }] })).toBe('integer');
});

test('what is entered becomes a value of the type, or is refused', () => {
  expect(fromEntered('1,284.50', { title: 'a', type: 'number' })).toEqual({ ok: true, value: 1284.5 });
  expect(fromEntered('abc', { title: 'a', type: 'number' })).toMatchObject({ ok: false, reason: 'invalid' });
  expect(fromEntered('', { title: 'a', type: 'string' })).toMatchObject({ ok: false, reason: 'required' });
  expect(fromEntered('', { title: 'a', type: 'string', default: 'x' })).toEqual({ ok: true, value: undefined });
  expect(fromEntered(undefined, { title: 'a', type: 'boolean' })).toEqual({ ok: true, value: false });
  expect(fromEntered(['a'], { title: 'a', type: 'array', items: { type: 'string' } })).toEqual({
    ok: true,
    value: ['a'],
  });
  expect(fromEntered('{"a": 1}', { title: 'a', type: 'object' })).toEqual({ ok: true, value: { a: 1 } });
  expect(fromEntered('{"a": ', { title: 'a', type: 'object' })).toMatchObject({ ok: false, reason: 'invalid' });
  expect(fromEntered('2', { title: 'a', type: 'integer', enum: [1, 2] })).toEqual({ ok: true, value: 2 });
});
