import { expect, test } from 'vitest';
import { english } from '../../messages/testing/wholeCatalogue.ts';
import { makeWords } from '../../messages/useT.ts';
import { choiceOf, recordFields, typeChoices, typeName, withOptional, withRecordFields, withType } from './types.ts';

const t = makeWords('en', english);

test('each type that can be chosen is found again in its schema', () => {
  for (const choice of typeChoices) expect(choiceOf(withType({ title: 'x' }, choice))).toBe(choice);
  expect(choiceOf({ anyOf: [{ type: 'string' }, { type: 'null' }] })).toBeUndefined();
});

test('types have plain names, lists by what is in them', () => {
  expect(typeName({ type: 'array', items: { type: 'integer' } }, t)).toBe('List of whole numbers');
  expect(typeName({ type: 'array', items: { type: 'object' } }, t)).toBe('List of records');
  expect(typeName({ type: 'array' }, t)).toBe('List');
  expect(typeName({ type: 'string', format: 'rondo-file' }, t)).toBe('File');
});

test('another type keeps title and description, and drops the default', () => {
  expect(withType({ title: 'a', description: 'b', type: 'string', default: 'c' }, 'number')).toEqual({
    title: 'a',
    description: 'b',
    type: 'number',
  });
});

test('a value that may be left out has a default; one that is there stays', () => {
  expect(withOptional({ title: 'a', type: 'string' }, true)).toEqual({ title: 'a', type: 'string', default: '' });
  expect(withOptional({ type: 'string', enum: ['x', 'y'] }, true)).toMatchObject({ default: 'x' });
  expect(withOptional({ type: 'number', default: 3 }, true)).toEqual({ type: 'number', default: 3 });
  expect(withOptional({ type: 'number', default: 3 }, false)).toEqual({ type: 'number' });
});

test('the fields of a record are read and written, what else it says stays', () => {
  const record = {
    title: 'order',
    type: 'object',
    additionalProperties: false,
    required: ['total', 'gone'],
    properties: { total: { type: 'number', title: 'Total' }, gone: {} },
  };
  const fields = recordFields(record);
  expect(fields).toEqual([{ type: 'number', title: 'total' }, { title: 'gone' }]);
  expect(withRecordFields(record, [...fields.slice(0, 1), { title: 'note', type: 'string' }])).toEqual({
    title: 'order',
    type: 'object',
    additionalProperties: false,
    required: ['total'],
    properties: { total: { type: 'number', title: 'Total' }, note: { type: 'string' } },
  });
});
