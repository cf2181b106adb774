import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { problemCodes } from '../oas/problemCodes.ts';
import { codeOf, englishTexts } from './englishTexts.ts';
import { inEnglish, inOneGo, oneOrOther, quoted, said, sentence } from './said.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));

/** The code of the product, without tests and without the tables of texts. */
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /node_modules|dist|out|generated|messages/.test(entry.name) ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.|Texts\.ts$|problemCodes\.ts$/.test(entry.name)
      ? [readFileSync(path, 'utf8')]
      : [];
  });
}

describe('what is said', () => {
  it('is a sentence with its values, lists and pieces in it', () => {
    const words = said('OAS-BRANCH-UNKNOWN', {
      step: said('unnamed', { type: 'ToolNode' }),
      branch: 'x',
      branches: ['yes', 'no'].map(quoted),
    });
    expect(sentence(words)).toBe('The ToolNode has no branch “x” (it has “yes”, “no”).');
    expect(inEnglish(words)).toMatch(/^the ToolNode/);
    expect(inEnglish(said('repair.list', { titles: oneOrOther([quoted('a'), quoted('b'), quoted('c')]) }))).toBe(
      'List “a” or “b” or “c”',
    );
  });

  it('keeps what looks like a place for a value in a value', () => {
    expect(inEnglish(said('INPUT-UNKNOWN', { title: '{title} $& {count}' }))).toBe(
      'The flow has no input “{title} $& {count}”.',
    );
  });

  it('is several sentences in one go, or none', () => {
    expect(inOneGo([])).toBeUndefined();
    const both = inOneGo([said('INPUT-MISSING', { title: 'a' }), said('INPUT-MISSING', { title: 'b' })]);
    expect(both && inEnglish(both)).toBe('“a” is missing. “b” is missing.');
  });
});

describe('the texts', () => {
  const keys = Object.keys(englishTexts) as (keyof typeof englishTexts)[];

  it('say every code of a problem', () => {
    const spoken = new Set(keys.map(codeOf));
    // a form in a document is said by what is wrong with the form
    const silent = Object.keys(problemCodes).filter((code) => !spoken.has(code.replace(/^OAS-A2UI/, 'A2UI')));
    expect(silent).toEqual([]);
  });

  it('are all used', () => {
    const text = ['shared', 'server', 'desktop/renderer'].flatMap((part) => sources(join(checkout, part))).join('\n');
    // names that are put together: `OAS-PROPERTY.${word}`, `repair.${from}ForBoth`
    const beginnings = [...text.matchAll(/`([\w-]+\.)\$\{/g)].map(([, beginning = '']) => beginning);
    const unused = keys.filter(
      (key) => !text.includes(`'${key}'`) && !beginnings.some((beginning) => key.startsWith(beginning)),
    );
    expect(unused).toEqual([]);
  });
});
