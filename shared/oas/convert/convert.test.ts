import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exampleFiles, examplesFolder } from '../../testing/exampleDocuments.ts';
import type { JsonObject } from '../json.ts';
import { type DocumentFormat, formatOf, parseAs } from '../parse.ts';
import { countComments } from './comments.ts';
import { formattedText } from './format.ts';
import { convertedText, documentText } from './text.ts';

const flows = fileURLToPath(new URL('../../../flows', import.meta.url));
const samples = readdirSync(flows).map((slug) => `${flows}/${slug}/flow.json`);
const documents = [...exampleFiles().map((name) => `${examplesFolder}/${name}`), ...samples];

function valueIn(text: string, format: DocumentFormat): unknown {
  const parsed = parseAs(text, format);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return parsed.value;
}

describe('converting', () => {
  it.each(documents)('%s says the same in both formats, in the same order', (path) => {
    const text = readFileSync(path, 'utf8');
    const from = formatOf(path) ?? 'json';
    const value = JSON.stringify(valueIn(text, from));
    for (const to of ['json', 'yaml'] as const) {
      const converted = convertedText(text, from, to);
      expect(JSON.stringify(valueIn(converted, to))).toBe(value);
      if (from === 'json5') continue;
      expect(JSON.stringify(valueIn(convertedText(converted, to, from), from))).toBe(value);
    }
  });

  it('keeps the spelling of numbers', () => {
    const json = '{"a":1.0,"b":1e5,"c":12345678901234567890,"d":-0.0,"e":0.10,"f":[1,2.50]}';
    const yaml = convertedText(json, 'json', 'yaml');
    expect(yaml).toBe('a: 1.0\nb: 1e5\nc: 12345678901234567890\nd: -0.0\ne: 0.10\nf:\n- 1\n- 2.50\n');
    expect(convertedText(yaml, 'yaml', 'json').replace(/\s/g, '')).toBe(json);
    expect(JSON.parse(convertedText('a: 0x10\nb: .5\nc: +1\n', 'yaml', 'json'))).toEqual({ a: 16, b: 0.5, c: 1 });
  });

  it('quotes texts that a reader of YAML 1.1 would take for something else, and folds no line', () => {
    const tree = {
      a: 'yes',
      b: '2026-01-31',
      c: 'on',
      d: '1_000',
      e: '12:30:00',
      f: 'word '.repeat(60).trim(),
      g: '1.0',
    };
    const text = documentText(tree, 'yaml');
    expect(text.split('\n')).toHaveLength(8);
    expect(parse(text, { version: '1.1' })).toEqual(tree);
    expect(parse(text)).toEqual(tree);
  });

  it('writes what aliases stand for, and no aliases', () => {
    const json = convertedText('a: &x\n  b: 1.0\nc: *x\n', 'yaml', 'json');
    expect(json).toBe('{\n  "a": {\n    "b": 1.0\n  },\n  "c": {\n    "b": 1.0\n  }\n}\n');
    const inner = { b: 1 };
    expect(documentText({ a: inner, c: inner }, 'yaml')).toBe('a:\n  b: 1\nc:\n  b: 1\n');
  });

  it('any JSON comes back from YAML', () => {
    const anyObject = fc.dictionary(fc.string({ unit: 'binary', maxLength: 5 }), fc.jsonValue({ maxDepth: 3 }), {
      maxKeys: 5,
    });
    fc.assert(
      fc.property(anyObject, (object) => {
        const json = JSON.stringify(object);
        const yaml = convertedText(json, 'json', 'yaml');
        expect(JSON.stringify(JSON.parse(convertedText(yaml, 'yaml', 'json')))).toBe(JSON.stringify(JSON.parse(json)));
      }),
      { numRuns: 200 },
    );
  });

  it('counts comments, and not what only looks like one', () => {
    expect(countComments('# one\na: "# no" # two\nb: x#no\nc: |\n  # text\n', 'yaml')).toBe(2);
    expect(countComments('// one\n{a: "// no", b: \'/* no\', /* two\n */ c: 1} // three', 'json5')).toBe(3);
    expect(countComments('{"a": "// no"}', 'json')).toBe(0);
  });
});

describe('formatting', () => {
  const byKey = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(byKey);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, item]) => [key, byKey(item)]),
    );
  };

  it.each(documents.filter((path) => !path.endsWith('.json5')))(
    '%s says the same, and a second time nothing changes',
    (path) => {
      const text = readFileSync(path, 'utf8');
      const format = path.endsWith('.yaml') ? 'yaml' : 'json';
      const formatted = formattedText(text, format);
      expect(byKey(valueIn(formatted, format))).toEqual(byKey(valueIn(text, format)));
      expect(formattedText(formatted, format)).toBe(formatted);
      expect(countComments(formatted, format)).toBe(countComments(text, format));
    },
  );

  it('puts the keys of components in the order of their types, and leaves all else', () => {
    const text =
      '\uFEFF{"agentspec_version":"26.1.0","own":{"z":1,"a":2},"url":"u","model_id":"caf\\u00e9","name":"m","id":"i","metadata":{"component_type":"x","a":1.0},"component_type":"VllmConfig"}';
    expect(formattedText(text, 'json')).toBe(`{
  "component_type": "VllmConfig",
  "id": "i",
  "name": "m",
  "metadata": {
    "component_type": "x",
    "a": 1.0
  },
  "model_id": "caf\\u00e9",
  "url": "u",
  "own": {
    "z": 1,
    "a": 2
  },
  "agentspec_version": "26.1.0"
}
`);
  });

  it('keeps comments of YAML at their keys', () => {
    const text =
      '# head\n\nname: m # its name\nurl:   u\n# which one\nmodel_id: 1.0\nid: i\ncomponent_type: VllmConfig\n';
    expect(formattedText(text, 'yaml')).toBe(
      '# head\n\ncomponent_type: VllmConfig\nid: i\nname: m # its name\n# which one\nmodel_id: 1.0\nurl: u\n',
    );
  });

  it('leaves the order of a document with aliases', () => {
    const text = 'name: &n m\nid: *n\ncomponent_type: VllmConfig\n';
    expect(formattedText(text, 'yaml')).toBe(text);
  });

  it('leaves the samples that come with the product as they are, but for the order of keys', () => {
    for (const path of samples) {
      const text = readFileSync(path, 'utf8');
      const tree = JSON.parse(formattedText(text, 'json')) as JsonObject;
      expect(Object.keys(tree).at(-1)).toBe('agentspec_version');
      expect(formattedText(text, 'json').split('\n').sort().map(bare)).toEqual(text.split('\n').sort().map(bare));
    }
  });
});

function bare(line: string): string {
  return line.replace(/,$/, '');
}
