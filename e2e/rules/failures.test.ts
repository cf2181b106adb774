import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout } from '../harness/server.ts';

/** The code of a folder, without tests. */
function sources(folder: string): { file: string; text: string }[] {
  return readdirSync(join(checkout, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /node_modules|dist|out|generated/.test(entry.name) ? [] : sources(file);
    return /\.ts$/.test(entry.name) && !/\.test\.ts$|testRuns\.ts$/.test(entry.name)
      ? [{ file, text: readFileSync(join(checkout, file), 'utf8') }]
      : [];
  });
}

/** An error of a run, written down as it is: its sentence would be English for everybody. */
const writtenError = /\{\s*code: ['"][A-Z_]+['"],\s*(step\b|message: [^;]*?\bstep: )/;
/** The words of a step's error, written down as they are. The types refuse it; a cast would not. */
const writtenWords = /new StepError\(\s*[\w.[\]'"]+,\s*(['"`]|.*\bas (unknown|never|Said)\b)/;

it('an error of a run is made of a sentence that can be said in any language', () => {
  // a command line tells programs of its own runs, in English
  const all = ['server', 'shared'].flatMap(sources).filter(({ file }) => !file.startsWith('server/doors/cli/'));
  expect(all.length).toBeGreaterThan(200);
  const found = all.filter(({ text }) => writtenError.test(text) || writtenWords.test(text)).map(({ file }) => file);
  expect(found).toEqual([]);
});

it('is seen when it is not', () => {
  expect(writtenError.test("failRun(task, { code: 'INTERNAL', step: null, message: 'No.' })")).toBe(true);
  expect(writtenError.test("const e = {\n  code: 'GONE',\n  message: `No one.`,\n  step: null };")).toBe(true);
  expect(writtenWords.test("throw new StepError('GONE', `It is gone.`)")).toBe(true);
  expect(writtenWords.test("throw new StepError(\n  'GONE',\n  'It is gone.',\n)")).toBe(true);
  expect(writtenWords.test("throw new StepError('GONE', said('failure.untold'))")).toBe(false);
});
