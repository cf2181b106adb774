import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';
import { pseudo } from './pseudo.ts';
import { english } from './testing/wholeCatalogue.ts';
import { makeWords } from './useT.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
  .map((name) => join(root, name));

/** Attributes whose value is read by people. */
const shownAttributes = new Set(['label', 'title', 'placeholder', 'description', 'aria-label', 'alt', 'error']);
/** What is the same in every language: names of keys, protocol words, punctuation, addresses, pieces of JSON. */
const neutral = /^[^\p{L}]*$|^(Ctrl|Enter|JSON|OAS|MCP|HTTP|URL|GET|POST|Rondo|Esc|Tab)$|^https?:\/\/|^[{[].*[}\]]$/u;

interface Node {
  type: string;
  [field: string]: unknown;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (typeof value === 'object' && value !== null) {
    if ('type' in value && typeof value.type === 'string') visit(value as Node);
    for (const field of Object.values(value)) walk(field, visit);
  }
}

function bareTexts(file: string): string[] {
  const found: string[] = [];
  walk(parseAst(readFileSync(file, 'utf8'), { lang: 'tsx' }), (node) => {
    if (node.type === 'JSXText' && !neutral.test(String(node.value).trim())) found.push(String(node.value).trim());
    if (node.type === 'JSXAttribute') {
      const name = (node.name as Node | undefined)?.name;
      const value = node.value as Node | null;
      if (!shownAttributes.has(String(name)) || value?.type !== 'Literal') return;
      if (!neutral.test(String(value.value).trim())) found.push(`${String(name)}=${String(value.value)}`);
    }
  });
  return found.map((text) => `${relative(root, file)}: ${text}`);
}

describe('texts', () => {
  it('come from the catalogue: no component holds bare text', () => {
    expect(files.filter((file) => file.endsWith('.tsx')).flatMap(bareTexts)).toEqual([]);
  });

  it('are whole: each key that is asked for is there', () => {
    const missing: string[] = [];
    for (const file of files) {
      for (const match of readFileSync(file, 'utf8').matchAll(/\bt\(\s*'([^']+)'/g)) {
        if (match[1] !== undefined && !Object.hasOwn(english, match[1]))
          missing.push(`${relative(root, file)}: ${match[1]}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('are asked for: no key is left that nothing shows', () => {
    const code = files.filter((file) => !file.includes('/messages/')).map((file) => readFileSync(file, 'utf8'));
    const text = code.join('\n');
    // keys that are put together of a beginning and a word: `canvas.kind.${kind}`, or a prefix by its name
    const beginnings = [...text.matchAll(/`([\w.]+\.\w*)\$\{|'([\w.]+\.)'/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    );
    // what is said beside the client is asked for by its own name: shared/words/said.test.ts
    const left = Object.keys(english).filter(
      (key) =>
        !key.startsWith('said.') &&
        !text.includes(`'${key}'`) &&
        !beginnings.some((beginning) => key.startsWith(beginning)),
    );
    expect(left).toEqual([]);
  });

  it('compile, in English and in the pseudo-locale', () => {
    for (const locale of ['en', 'pseudo'] as const) {
      const t = makeWords(locale, english);
      for (const key of Object.keys(english) as (keyof typeof english)[]) {
        const names = [...english[key].matchAll(/\{\s*(\w+)/g)].map((match) => match[1] ?? '');
        const values = Object.fromEntries(names.map((name) => [name, 2]));
        expect(t(key, values), key).not.toBe('');
      }
    }
  });

  it('keep arguments and selectors in the pseudo-locale', () => {
    expect(pseudo('{count, plural, one {# run} other {# runs}} of {name}')).toContain(
      '{count, plural, one {# ŕûñ} other {# ŕûñš}} öƒ {name}',
    );
  });
});
