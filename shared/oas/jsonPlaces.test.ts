import { expect, test } from 'vitest';
import { brokenJson, placeInJson } from './jsonPlaces.ts';

const text = '{\n  "name": "A",\n  "tool": { "inputs": [1, { "title": "x" }], "2": true }\n}';
const at = (pointer: string) => {
  const { from, to } = placeInJson(text, pointer);
  return text.slice(from, to);
};

test('a pointer leads to the name of the field, an entry to itself, what is missing to what is around it', () => {
  expect(at('/name')).toBe('"name"');
  expect(at('/tool/inputs/1/title')).toBe('"title"');
  expect(at('/tool/inputs/0')).toBe('1');
  expect(at('/tool/2')).toBe('"2"');
  expect(at('/tool/missing/deeper')).toBe('"tool"');
  expect(at('')).toBe('{');
});

test('what breaks the JSON has a place', () => {
  expect(brokenJson(text)).toBeUndefined();
  expect(brokenJson('{"a": }')).toMatchObject({ from: 6, why: 'ValueExpected' });
  expect(brokenJson('{"a": 1,}')).toMatchObject({ from: 8 });
  expect(brokenJson('{"a": 1')).toMatchObject({ from: 7, to: 7, why: 'CloseBraceExpected' });
});
