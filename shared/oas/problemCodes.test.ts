import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exampleFiles, examplesFolder } from '../testing/exampleDocuments.ts';
import { meaningOf, problemCodes } from './problemCodes.ts';
import { readDocument } from './read.ts';
import { validate } from './validate.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));

/** The code of the product, without tests and without the table itself. */
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /node_modules|dist|out|generated|messages/.test(entry.name) ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.|problemCodes\.ts$|Texts\.ts$/.test(entry.name)
      ? [readFileSync(path, 'utf8')]
      : [];
  });
}

describe('the table of codes', () => {
  it('has no code that nothing reports', () => {
    const text = ['shared', 'server', 'desktop/renderer'].flatMap((part) => sources(join(checkout, part))).join('\n');
    // Codes of forms are reported without OAS- by the form itself; a code may have several texts: `CODE.part`.
    const unused = Object.keys(problemCodes)
      .map((code) => code.replace(/^OAS-A2UI/, 'A2UI'))
      .filter((code) => !text.includes(`'${code}'`) && !text.includes(`'${code}.`) && !text.includes(`\`${code}.`));
    expect(unused).toEqual([]);
  });

  it('says each thing in one sentence', () => {
    for (const { means, remedy } of Object.values(problemCodes)) {
      expect(means).toMatch(/^[A-Z][^|]*\.$/);
      expect(remedy).toMatch(/^[A-Z][^|]*\.$/);
    }
  });

  it.each(exampleFiles())('knows what is said of %s, and how bad it is', (name) => {
    const read = readDocument(readFileSync(`${examplesFolder}/${name}`, 'utf8'), name);
    for (const { code, severity } of [...read.problems, ...(read.tree ? validate(read.tree) : [])]) {
      expect([severity, 'either'], code).toContain(meaningOf(code)?.severity);
    }
  });
});
