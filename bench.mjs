/**
 * `npm run bench`: makes the checkout ready, then takes all measurements and prints their tables; about ten minutes.
 * `npm run bench -- --rates` (or `--scale`, `--page`, `--soak`, `--workers`, `--engine`, `--cli`, `--oas`, `--edit`, `--ui`, `--lists`) takes that
 * one alone; `--fuzz` is taken only when it is named: 100,000 malformed documents, ten minutes.
 * `npm run chaos`: the same, then ends everything that can be ended while runs go on.
 * Runs on Node 20, because it is what fetches the Node that the rest needs.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureGenerated, ensureInstalled, nodeBinary, root } from './prepare.mjs';

const say = (line) => console.log(line);
try {
  ensureInstalled(say);
  ensureGenerated(say);
  ensureBuilt('client', say);
  ensureBuilt('server', say);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const given = process.argv.slice(2);
const chaos = given.includes('--chaos');
const measurements = ['rates', 'scale', 'page', 'soak', 'workers', 'engine', 'cli', 'oas', 'edit', 'ui', 'lists'];
const chosen = [...measurements, 'fuzz'].filter((name) => given.includes(`--${name}`));
const options = given.filter((one) => one !== '--chaos' && one !== '--fuzz' && !measurements.includes(one.slice(2)));
const files = chaos
  ? [join('chaos', 'main.ts')]
  : (chosen.length > 0 ? chosen : measurements).map((name) => join('bench', `${name}.ts`));
let failed = 0;
for (const file of files) {
  // What must not need more than 512 MB gets less, and would end where it does.
  const flags = file.endsWith('fuzz.ts') ? ['--max-old-space-size=256', '--max-semi-space-size=16'] : [];
  const result = spawnSync(nodeBinary, [...flags, join(root, 'e2e', file), ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  if (result.status !== 0) failed = result.status ?? 1;
}
process.exit(failed);
