import type { Json } from '../oas/json.ts';

export const formulaGroups = ['numbers', 'texts', 'lists', 'records', 'decisions', 'times'] as const;
export type FormulaGroup = (typeof formulaGroups)[number];

/** A function that formulas may call. */
export interface FormulaFunction {
  name: string;
  group: FormulaGroup;
  /** what it is given, in words */
  args: string;
  /** a formula that calls it */
  example: string;
  /** what the example gives, or the message that it fails with */
  gives: { value: Json } | { failure: string };
}

const gives = (name: string, group: FormulaGroup, args: string, example: string, value: Json): FormulaFunction => ({
  name,
  group,
  args,
  example,
  gives: { value },
});
const fails = (name: string, group: FormulaGroup, args: string, example: string, failure: string): FormulaFunction => ({
  name,
  group,
  args,
  example,
  gives: { failure },
});

/** Every function of the formula language, with an example whose result is tested. */
export const formulaFunctions: readonly FormulaFunction[] = [
  gives('sum', 'numbers', 'numbers', '$sum([1, 2, 3.5])', 6.5),
  gives('average', 'numbers', 'numbers', '$average([1, 2, 6])', 3),
  gives('max', 'numbers', 'numbers', '$max([3, 9, 4])', 9),
  gives('min', 'numbers', 'numbers', '$min([3, 9, 4])', 3),
  gives('round', 'numbers', 'number, digits', '$round(12.345, 2)', 12.34),
  gives('floor', 'numbers', 'number', '$floor(12.7)', 12),
  gives('ceil', 'numbers', 'number', '$ceil(12.1)', 13),
  gives('abs', 'numbers', 'number', '$abs(-5)', 5),
  gives('sqrt', 'numbers', 'number', '$sqrt(49)', 7),
  gives('power', 'numbers', 'base, exponent', '$power(2, 10)', 1024),
  gives('random', 'numbers', '', '$random() < 1', true),
  gives('number', 'numbers', 'value', '$number("12.5")', 12.5),
  gives('formatNumber', 'numbers', 'number, picture', '$formatNumber(1234.5, "#,##0.00")', '1,234.50'),
  gives('formatBase', 'numbers', 'number, base', '$formatBase(255, 16)', 'ff'),
  gives('formatInteger', 'numbers', 'number, picture', '$formatInteger(14, "w")', 'fourteen'),
  gives('parseInteger', 'numbers', 'text, picture', '$parseInteger("1,234", "#,##0")', 1234),
  gives('string', 'texts', 'value', '$string(12)', '12'),
  gives('length', 'texts', 'text', '$length("hello")', 5),
  gives('substring', 'texts', 'text, start, length', '$substring("invoice-42", 0, 7)', 'invoice'),
  gives('substringBefore', 'texts', 'text, mark', '$substringBefore("anna@example.com", "@")', 'anna'),
  gives('substringAfter', 'texts', 'text, mark', '$substringAfter("anna@example.com", "@")', 'example.com'),
  gives('uppercase', 'texts', 'text', '$uppercase("total")', 'TOTAL'),
  gives('lowercase', 'texts', 'text', '$lowercase("Total")', 'total'),
  gives('trim', 'texts', 'text', '$trim("  so   it is ")', 'so it is'),
  gives('pad', 'texts', 'text, width, character', '$pad("7", -3, "0")', '007'),
  gives('contains', 'texts', 'text, part', '$contains("Order 42", "42")', true),
  gives('split', 'texts', 'text, mark', '$split("a;b;c", ";")', ['a', 'b', 'c']),
  gives('join', 'texts', 'list, mark', '$join(["a", "b", "c"], ", ")', 'a, b, c'),
  gives('match', 'texts', 'text, pattern', '$match("Order 42", /[0-9]+/).match', '42'),
  gives('replace', 'texts', 'text, part, other', '$replace("1.234.567", ".", "")', '1234567'),
  gives('eval', 'texts', 'formula', '$eval("1 + 2")', 3),
  gives('base64encode', 'texts', 'text', '$base64encode("hello")', 'aGVsbG8='),
  gives('base64decode', 'texts', 'text', '$base64decode("aGVsbG8=")', 'hello'),
  gives('encodeUrlComponent', 'texts', 'text', '$encodeUrlComponent("a b&c")', 'a%20b%26c'),
  gives('decodeUrlComponent', 'texts', 'text', '$decodeUrlComponent("a%20b%26c")', 'a b&c'),
  gives('encodeUrl', 'texts', 'address', '$encodeUrl("https://example.com/a b")', 'https://example.com/a%20b'),
  gives('decodeUrl', 'texts', 'address', '$decodeUrl("https://example.com/a%20b")', 'https://example.com/a b'),
  gives('count', 'lists', 'list', '$count(["a", "b"])', 2),
  gives('append', 'lists', 'list, list', '$append([1, 2], [3])', [1, 2, 3]),
  gives('sort', 'lists', 'list, function', '$sort([3, 1, 2])', [1, 2, 3]),
  gives('reverse', 'lists', 'list', '$reverse([1, 2, 3])', [3, 2, 1]),
  gives('distinct', 'lists', 'list', '$distinct(["a", "b", "a"])', ['a', 'b']),
  gives('shuffle', 'lists', 'list', '$count($shuffle([1, 2, 3]))', 3),
  gives('zip', 'lists', 'list, list', '$zip([1, 2], ["a", "b"])', [
    [1, 'a'],
    [2, 'b'],
  ]),
  gives('map', 'lists', 'list, function', '$map([1, 2, 3], function($n) { $n * 10 })', [10, 20, 30]),
  gives('filter', 'lists', 'list, function', '$filter([5, 12, 20], function($n) { $n > 10 })', [12, 20]),
  gives('single', 'lists', 'list, function', '$single([5, 12], function($n) { $n > 10 })', 12),
  gives(
    'reduce',
    'lists',
    'list, function, start',
    '$reduce([1, 2, 3], function($so_far, $n) { $so_far + $n }, 10)',
    16,
  ),
  gives('keys', 'records', 'record', '$keys({"name": "Anna", "age": 30})', ['name', 'age']),
  gives('lookup', 'records', 'record, name', '$lookup({"name": "Anna"}, "name")', 'Anna'),
  gives('merge', 'records', 'list of records', '$merge([{"a": 1}, {"b": 2}])', { a: 1, b: 2 }),
  gives('spread', 'records', 'record', '$spread({"a": 1, "b": 2})', [{ a: 1 }, { b: 2 }]),
  gives(
    'each',
    'records',
    'record, function',
    '$each({"a": 1, "b": 2}, function($value, $name) { $name & "=" & $value })',
    ['a=1', 'b=2'],
  ),
  gives('sift', 'records', 'record, function', '$sift({"a": 1, "b": 20}, function($value) { $value > 10 })', { b: 20 }),
  gives('clone', 'records', 'value', '$clone({"a": [1]})', { a: [1] }),
  gives('boolean', 'decisions', 'value', '$boolean("")', false),
  gives('not', 'decisions', 'value', '$not(true)', false),
  gives('exists', 'decisions', 'value', '$exists(missing)', false),
  gives('type', 'decisions', 'value', '$type([1, 2])', 'array'),
  fails('assert', 'decisions', 'condition, message', '$assert(1 > 2, "Too small")', 'Too small'),
  fails('error', 'decisions', 'message', '$error("No such customer")', 'No such customer'),
  gives('now', 'times', 'picture, zone', '$length($now())', 24),
  gives('millis', 'times', '', '$millis() > 0', true),
  gives('toMillis', 'times', 'moment', '$toMillis("2026-12-24T18:00:00Z")', 1798135200000),
  gives(
    'fromMillis',
    'times',
    'milliseconds, picture, zone',
    '$fromMillis(1798135200000, "[D01].[M01].[Y0001]")',
    '24.12.2026',
  ),
];
