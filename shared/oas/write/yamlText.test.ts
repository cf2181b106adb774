import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { exampleFiles, examplesFolder } from '../../testing/exampleDocuments.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, sameInOrder } from '../json.ts';
import { parseAs } from '../parse.ts';
import { changedAt, pointerTo } from '../pointer.ts';
import { readDocument } from '../read.ts';
import { writeDocument } from '../write.ts';
import { patchedYaml } from './yamlText.ts';

const source = `# A flow of ours.
component_type: Flow   # the type
name: 'Order "one"'
description: >-
  Folded text
  of two lines.
metadata: &notes
  owner: ops
  again: *base
$referenced_components:
  # the first
  a:
    component_type: EndNode
    id: a
    name: "A"   # its name

    outputs:
    - title: x
      type: string
    - {title: y, type: number} # flow style
  b: &b
    component_type: EndNode
    id: b
    list: [1.0, 0x10, three]
  # kept at the end
`.replace('again: *base', 'again: null');

const parsed = (text: string): JsonObject => {
  const read = parseAs(text, 'yaml');
  if (!read.ok || !isObject(read.value)) throw new Error(JSON.stringify(read));
  return read.value;
};
const tree = parsed(source);
const set = (pointer: string, value: Json | undefined, from = tree) =>
  changedAt(from, pointer, () => value) as JsonObject;

/** Lines of one text that are not in the other, in order. */
function changedLines(before: string, after: string): { gone: string[]; come: string[] } {
  const left = before.split('\n');
  const right = after.split('\n');
  const count = (lines: string[]) => lines.reduce((m, l) => m.set(l, (m.get(l) ?? 0) + 1), new Map<string, number>());
  const minus = (a: string[], b: string[]) => {
    const have = count(b);
    return a.filter((line) => {
      const n = have.get(line) ?? 0;
      have.set(line, n - 1);
      return n <= 0;
    });
  };
  return { gone: minus(left, right), come: minus(right, left) };
}

describe('G6 edited YAML changes only the lines that it must', () => {
  const ref = '/$referenced_components';
  it.each<[string, JsonObject, string[], string[]]>([
    ['a text in its quotes', set('/name', 'Order'), [`name: 'Order "one"'`], [`name: 'Order'`]],
    [
      'a text before a comment',
      set(`${ref}/a/name`, 'B'),
      ['    name: "A"   # its name'],
      ['    name: "B"   # its name'],
    ],
    ['a folded text', set('/description', 'Short'), ['  Folded text', '  of two lines.'], ['  Short']],
    ['a new key', set(`${ref}/a/more`, [1]), [], ['    more:', '    - 1']],
    ['a key that goes', set('/name', undefined), [`name: 'Order "one"'`], []],
    [
      'a value in a flow list',
      set(`${ref}/b/list/1`, 17),
      ['    list: [1.0, 0x10, three]'],
      ['    list: [1.0, 17, three]'],
    ],
    [
      'a value in a flow object',
      set(`${ref}/a/outputs/1/type`, 'string'),
      ['    - {title: y, type: number} # flow style'],
      ['    - {title: y, type: string} # flow style'],
    ],
    ['an item that goes', set(`${ref}/a/outputs/0`, undefined), ['    - title: x', '      type: string'], []],
    ['a new item', set(`${ref}/a/outputs/-`, { title: 'z' }), [], ['    - title: z']],
    [
      'null that becomes an object',
      set('/metadata/again', { x: { y: 1 } }),
      ['  again: null'],
      ['  again:', '    x:', '      y: 1'],
    ],
    [
      'an object that becomes a text',
      set('/metadata', 'none'),
      ['metadata: &notes', '  owner: ops', '  again: null'],
      ['metadata: &notes none'],
    ],
    [
      'a component that goes',
      set(`${ref}/b`, undefined),
      ['  b: &b', '    component_type: EndNode', '    id: b', '    list: [1.0, 0x10, three]'],
      [],
    ],
  ])('%s', (_what, changed, gone, come) => {
    const text = writeDocument(changed, source);
    expect(changedLines(source, text)).toEqual({ gone, come });
    expect(sameInOrder(parsed(text), changed)).toBe(true);
    expect(writeDocument(tree, source)).toBe(source);
  });

  it('keeps aliases as long as they say what they said', () => {
    const text = 'component_type: Flow\nname: n\na: &x {k: 1}\nb: *x\nc: *x\n';
    const before = parsed(text);
    const both = { ...before, a: { k: 2 }, b: { k: 2 }, c: { k: 2 } };
    expect(writeDocument(both, text)).toBe(text.replace('1', '2'));
    const first = set('/a/k', 2, before);
    expect(parsed(writeDocument(first, text))).toEqual(first);
    const second = set('/b', { k: 5 }, before);
    expect(writeDocument(second, text)).toContain('c: *x');
    expect(parsed(writeDocument(second, text))).toEqual(second);
  });

  it('keeps Windows line ends, a byte order mark and a missing newline at the end', () => {
    const windows = '\uFEFFcomponent_type: Flow\r\nname: a # x\r\nlist:\r\n  - 1\r\n  - 2';
    const before = parsed(windows);
    expect(writeDocument({ ...before, name: 'b' }, windows)).toBe(windows.replace('a # x', 'b # x'));
    expect(writeDocument({ ...before, list: [1, 2, 3] }, windows)).toBe(`${windows}\r\n  - 3`);
    expect(writeDocument({ ...before, list: [1] }, windows)).toBe(windows.replace('\r\n  - 2', ''));
  });

  describe('the examples', () => {
    it.each(exampleFiles(/\.yaml$/))('%s: one value, one line', (name) => {
      const text = readFileSync(`${examplesFolder}/${name}`, 'utf8');
      const { tree: before } = readDocument(text, name);
      if (before === undefined) throw new Error('not read');
      const places: string[] = [];
      const walk = (value: Json, pointer: string): void => {
        if (typeof value === 'string' && !value.includes('\n')) places.push(pointer);
        if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(item, pointerTo(pointer, i));
        else if (isObject(value)) for (const [k, item] of Object.entries(value)) walk(item, pointerTo(pointer, k));
      };
      walk(before, '');
      for (const place of places.filter((_, i) => i % Math.ceil(places.length / 12) === 0)) {
        const changed = set(place, 'changed', before);
        const written = writeDocument(changed, text);
        const { come, gone } = changedLines(text, written);
        expect(come.length, `${place}: ${JSON.stringify({ come, gone })}`).toBeLessThanOrEqual(1);
        expect(sameInOrder(parsed(written), changed)).toBe(true);
      }
    });
  });

  it('gives back any tree, whatever the source was, and the source when all is taken back', () => {
    const anyObject = fc.dictionary(fc.string({ maxLength: 6 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 });
    const style = fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE') as fc.Arbitrary<'PLAIN'>,
      collectionStyle: fc.constantFrom('any', 'flow', 'block') as fc.Arbitrary<'any'>,
    });
    fc.assert(
      fc.property(anyObject, anyObject, style, (before, after, options) => {
        const text = `# first\n${stringify({ kept: 1, ...before }, { ...options, aliasDuplicateObjects: false })}# last\n`;
        const was = parseAs(text, 'yaml');
        if (!was.ok || !isObject(was.value)) return;
        const wanted = JSON.parse(JSON.stringify({ kept: 2, ...after })) as JsonObject;
        const written = writeDocument(wanted, text);
        expect(sameInOrder(parsed(written), wanted)).toBe(true);
        expect(written.startsWith('# first\n')).toBe(true);
        expect(writeDocument(was.value, text)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('does it in pieces nearly always', () => {
    const texts = exampleFiles(/\.yaml$/).map((name) => readFileSync(`${examplesFolder}/${name}`, 'utf8'));
    let pieces = 0;
    let all = 0;
    for (const text of texts) {
      const before = parsed(text);
      for (const key of Object.keys(before)) {
        for (const value of [undefined, 'x', { x: [1, { y: 2 }] }]) {
          all++;
          const changed = set(pointerTo('', key), value, before);
          const patched = patchedYaml(changed, text);
          if (patched !== undefined && sameInOrder(parsed(patched), changed)) pieces++;
        }
      }
    }
    expect(pieces / Math.max(1, all)).toBeGreaterThan(texts.length === 0 ? -1 : 0.99);
  }, 120_000);
});
