import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import JSON5 from 'json5';
import { describe, expect, it } from 'vitest';
import { exampleFiles, examplesFolder, hasExamples } from '../testing/exampleDocuments.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject, sameInOrder } from './json.ts';
import { readJsonText } from './jsonText.ts';
import { parseAs } from './parse.ts';
import { readDocument } from './read.ts';
import { WriteError, writeDocument } from './write.ts';

function parsed(text: string): JsonObject {
  const read = readJsonText(text);
  if (!read.ok || !isObject(read.json.value)) throw new Error(`not an object: ${text}`);
  return read.json.value;
}

describe('G6 what was not edited leaves byte for byte', () => {
  describe.skipIf(!hasExamples)('the official examples', () => {
    it('has all of them', () => {
      expect(readdirSync(examplesFolder).filter((name) => /\.(json5?|ya?ml)$/.test(name))).toHaveLength(73);
    });

    it.each(exampleFiles())('%s leaves as it came', (name) => {
      const text = readFileSync(`${examplesFolder}/${name}`, 'utf8');
      const read = readDocument(text, name);
      expect(read.tree, JSON.stringify(read.problems)).toBeDefined();
      expect(writeDocument(read.tree as JsonObject, text)).toBe(text);
    });
  });

  it.each([
    ['numbers as spelled', '{"component_type":"Flow","a":1.0,"b":1e5,"c":-0.0,"d":12345678901234567890,"e":0.10}'],
    ['escapes as spelled', '{"a":"caf\\u00e9 \\/ \\u002f","b":"\\ud83d\\ude00"}'],
    ['a byte order mark and Windows line ends', '\uFEFF{\r\n\t"a": 1,\r\n\t"b": [ ]\r\n}\r\n'],
    ['odd white space', '{ "a" :1 ,\n\n  "b":[1,2 , 3],"c":{ }\n\n}'],
    ['no newline at the end', '{\n  "a": 1\n}'],
    ['keys that look like numbers', '{"b":1,"10":2,"2":3,"a":4}'],
    ['a key called __proto__', '{"__proto__":{"x":1},"constructor":2}'],
  ])('keeps %s', (_what, text) => {
    expect(writeDocument(parsed(text), text)).toBe(text);
  });

  it('changes only what was changed', () => {
    const text =
      '{\n    "n": 1.0,\n    "s": "caf\\u00e9",\n    "big": 12345678901234567890,\n    "list": [1.50, 2.50]\n}\n';
    const tree = { ...parsed(text), s: 'tea', list: [1.5, 9] };
    expect(writeDocument(tree, text)).toBe(text.replace('"caf\\u00e9"', '"tea"').replace('2.50', '9'));
  });

  it('keeps other keys that look like numbers when one is changed', () => {
    const text = '{"b":1,"10":2.0,"2":3.0,"a":4}';
    expect(writeDocument({ ...parsed(text), 10: 7 }, text)).toBe('{"b":1,"10":7,"2":3.0,"a":4}');
  });

  it('writes what is new in the document’s own layout', () => {
    const text = '{\n\t"a": {\n\t\t"x": 1\n\t},\n\t"list": []\n}\n';
    const tree = { ...parsed(text), a: { x: 1, y: { z: [1] } }, list: [{ id: 'n' }] };
    expect(writeDocument(tree, text)).toBe(
      '{\n\t"a": {\n\t\t"x": 1,\n\t\t"y": {\n\t\t\t"z": [\n\t\t\t\t1\n\t\t\t]\n\t\t}\n\t},\n\t"list": [\n\t\t{\n\t\t\t"id": "n"\n\t\t}\n\t]\n}\n',
    );
  });

  it('keeps one line one line', () => {
    expect(writeDocument({ a: 1, b: [1, { c: 2 }] }, '{"a":1,"b":[1]}')).toBe('{"a":1,"b":[1,{"c":2}]}');
    expect(writeDocument({ a: 1, b: [1, 2, 3] }, '{"a": 1, "b": [1, 2]}')).toBe('{"a": 1, "b": [1, 2, 3]}');
  });

  it('finds items again that moved, and leaves their spelling', () => {
    const text = '[\n  {"id": "a", "n": 1.0},\n  {"id": "b", "n": 2.0},\n  {"id": "c", "n": 3.0}\n]';
    const doc = `{"x": ${text}}`;
    const [a, , c] = (parsed(doc).x as Json[]) ?? [];
    expect(writeDocument({ x: [c as Json, a as Json] }, doc)).toBe(
      '{"x": [\n  {"id": "c", "n": 3.0},\n  {"id": "a", "n": 1.0}\n]}',
    );
  });

  it('writes escapes where the source writes nothing else', () => {
    expect(writeDocument({ a: 'é', b: 'ü' }, '{"a": "\\u00e9"}')).toBe('{"a": "\\u00e9", "b": "\\u00fc"}');
  });

  it('gives back any tree, whatever the source was', () => {
    const anyObject = fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 });
    fc.assert(
      fc.property(anyObject, anyObject, fc.constantFrom(undefined, 1, 2, '\t'), (before, after, indent) => {
        const source = JSON.stringify(before, null, indent);
        const wanted = JSON.parse(JSON.stringify(after)) as JsonObject;
        expect(parsed(writeDocument(wanted, source))).toEqual(wanted);
        const unedited = JSON.parse(JSON.stringify(before)) as JsonObject;
        expect(writeDocument(unedited, source)).toBe(source);
      }),
      { numRuns: 300 },
    );
  });

  it('writes one source for several trees in turn, which share what no edit touched', () => {
    const source = '{\n  "a": {"n": 1.0, "m": [1, 2.50]},\n  "b": {"n": 1e2}\n}\n';
    const first = parsed(source);
    const other = { ...first, b: { n: 7 } };
    const deeper = { ...other, a: { n: 1, m: [1, 2.5, 3] } };
    for (const [tree, text] of [
      [first, source],
      [other, source.replace('1e2', '7')],
      [deeper, source.replace('1e2', '7').replace('2.50]', '2.50, 3]')],
      [other, source.replace('1e2', '7')],
      [{ ...deeper, b: first.b as Json }, source.replace('2.50]', '2.50, 3]')],
      [first, source],
    ] as const)
      expect(writeDocument(tree as JsonObject, source)).toBe(text);
  });

  it('touches only the line of the value that was set', () => {
    const anyObject = fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 3 }), {
      minKeys: 1,
      maxKeys: 6,
    });
    fc.assert(
      fc.property(anyObject, fc.nat(), fc.integer(), (object, pick, value) => {
        const before = JSON.parse(JSON.stringify(object)) as JsonObject;
        const keys = Object.keys(before).filter((key) => !isObject(before[key]) && !Array.isArray(before[key]));
        const key = keys[pick % Math.max(1, keys.length)];
        if (key === undefined) return;
        const source = JSON.stringify(before, null, 2);
        const after = Object.fromEntries(Object.entries(before).map(([k, v]) => [k, k === key ? value : v]));
        const lines = writeDocument(after, source).split('\n');
        const changed = source.split('\n').filter((line, i) => line !== lines[i]);
        expect(lines).toHaveLength(source.split('\n').length);
        expect(changed.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });

  it('writes edited YAML as YAML', () => {
    const yaml = 'component_type: Flow\nname: a # note\n';
    const read = readDocument(yaml, 'a.yaml');
    expect(writeDocument(read.tree as JsonObject, yaml)).toBe(yaml);
    expect(writeDocument({ ...read.tree, name: 'b' }, yaml)).toBe(yaml.replace('a #', 'b #'));
  });

  it('writes edited JSON5 as JSON5', () => {
    const text = `{
  // what it is, and why
  component_type: 'Flow', /* a, b */
  name: "a", // note, with a comma
  nodes: [1, +2, .5, 0xF,], // numbers
}
`;
    const tree = readDocument(text, 'a.json5').tree as JsonObject;
    expect(writeDocument(tree, text)).toBe(text);
    expect(writeDocument({ ...tree, name: 'b' }, text)).toBe(text.replace('"a"', '"b"'));
    expect(writeDocument({ ...tree, nodes: [1, 2, 0.5, 15, 16] }, text)).toBe(text.replace('0xF,]', '0xF, 16,]'));
    const more = writeDocument({ ...tree, more: { x: 1 } }, text);
    expect(readDocument(more, 'a.json5').tree).toEqual({ ...tree, more: { x: 1 } });
    expect(more).toContain('// note, with a comma');
    const { name: _gone, ...less } = tree;
    expect(readDocument(writeDocument(less, text), 'a.json5').tree).toEqual(less);
    const twice = "{component_type: 'Flow', name: 'a', name: 'b'}";
    expect(() => writeDocument({ component_type: 'Flow', name: 'c' }, twice)).toThrow(WriteError);
  });

  it.each(exampleFiles(/\.json5$/))('%s: one value, one line', (name) => {
    const text = readFileSync(`${examplesFolder}/${name}`, 'utf8');
    const tree = readDocument(text, name).tree as JsonObject;
    for (const key of Object.keys(tree).filter((one) => typeof tree[one] === 'string')) {
      const changed = { ...tree, [key]: 'changed' };
      const lines = writeDocument(changed, text).split('\n');
      expect(text.split('\n').filter((line, i) => line !== lines[i]).length).toBeLessThanOrEqual(1);
      expect(JSON.stringify(readDocument(lines.join('\n'), name).tree)).toBe(JSON.stringify(changed));
    }
  });

  it('gives back any tree as JSON5, whatever its comments, and the text when nothing changed', () => {
    const anyObject = fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 });
    fc.assert(
      fc.property(anyObject, anyObject, fc.constantFrom(undefined, 2, '\t'), (before, after, space) => {
        const plain = JSON5.stringify(JSON.parse(JSON.stringify(before)), { space, quote: "'" });
        const text = `// first, all\n${plain.replace(/,\n/g, ', // a, b\n')} /* last */\n`;
        const read = parseAs(text, 'json5');
        if (!read.ok || !isObject(read.value)) return;
        const wanted = JSON.parse(JSON.stringify(after)) as JsonObject;
        const written = parseAs(writeDocument(wanted, text), 'json5');
        expect(written.ok && sameInOrder(written.value, wanted)).toBe(true);
        expect(writeDocument(read.value, text)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
