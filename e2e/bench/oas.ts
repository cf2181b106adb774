/**
 * `npm run bench -- --oas`: how long it takes to read and to validate a document of 10, 200 and 2,000 steps, and to
 * write it after an edit; beside it the reference runtime's loading, where its Python environment is at hand.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { writeDocument } from '@rondo/shared/oas/write.ts';
import { referencePython } from '@rondo/shared/testing/referencePython.ts';
import { stringify } from 'yaml';
import { chainText, chainTool } from './oasFlow.ts';
import { line } from './table.ts';

const sizes = [10, 200, 2_000];
const aims: Record<number, string> = { 200: '25 ms' };

/** The middle of the times that something takes, in milliseconds; the first ones warm up. */
function median(times: number, work: () => void): number {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const begun = performance.now();
    work();
    if (i >= Math.min(5, times / 3)) taken.push(performance.now() - begun);
  }
  taken.sort((a, b) => a - b);
  return taken[Math.floor(taken.length / 2)] ?? 0;
}

const ms = (value: number): string => `${value.toFixed(1)} ms`;
const texts = sizes.map((size) => ({ size, text: chainText(size) }));
const loaded: number[] = [];
for (const { size, text } of texts) {
  const times = size > 1_000 ? 15 : 60;
  const tree = readDocument(text, 'a.json').tree as JsonObject;
  const problems = validate(tree).filter(({ severity }) => severity === 'error');
  if (problems.length > 0) throw new Error(`The flow of ${size} steps is not sound: ${problems[0]?.message}`);
  const both = median(times, () => validate(readDocument(text, 'a.json').tree as JsonObject));
  loaded.push(both);
  line(
    `${size.toLocaleString('en')} steps (${Math.round(text.length / 1024)} KB): read and validated`,
    aims[size] ?? '',
    ms(both),
  );
  line('  read alone', '', ms(median(times, () => readDocument(text, 'a.json'))));
  line('  written after an edit', '', ms(median(times, () => writeDocument({ ...tree, name: 'Edited' }, text))));
  const yaml = stringify(tree, { aliasDuplicateObjects: false });
  const few = size > 1_000 ? 3 : 15;
  line(
    '  as YAML: read and validated',
    '',
    ms(median(few, () => validate(readDocument(yaml, 'a.yaml').tree as JsonObject))),
  );
  line('  as YAML: written after an edit', '', ms(median(few, () => writeDocument({ ...tree, name: 'Edited' }, yaml))));
}
const growth = (loaded[2] ?? 0) / (loaded[1] ?? 1);
line('2,000 steps take so many times as long as 200', '10 times', `${growth.toFixed(1)} times`);

const python = referencePython();
if (python === undefined) console.log('The reference runtime is not at hand: it is not measured.');
else {
  const folder = mkdtempSync(join(tmpdir(), 'rondo-oas-'));
  try {
    const files = texts.map(({ size, text }) => {
      const file = join(folder, `${size}.json`);
      writeFileSync(file, text);
      return file;
    });
    const script = fileURLToPath(new URL('oas_load.py', import.meta.url));
    // The first one is loaded twice: what is imported only then is not counted.
    const answer = spawnSync(python, [script, chainTool, files[0] as string, ...files], { encoding: 'utf8' });
    const times = answer.stdout.trim().split('\n').slice(1).map(Number);
    if (answer.status !== 0) console.log(`The reference runtime did not load it: ${answer.stderr.trim().slice(-300)}`);
    else
      for (const [i, size] of sizes.entries())
        line(`The reference runtime loads ${size.toLocaleString('en')} steps in`, '', ms(times[i] ?? Number.NaN));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
