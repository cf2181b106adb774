/**
 * `npm run bench`: makes the checkout ready, then measures a real server on both queues and prints a table.
 * `npm run bench -- --scale`: what happens when there is much of everything; `-- --workers`: 1, 2 and 4 workers.
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
  ensureBuilt('server', say);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const given = process.argv.slice(2);
const file = given.includes('--chaos')
  ? ['chaos', 'main.ts']
  : ['bench', given.includes('--scale') ? 'scale.ts' : given.includes('--workers') ? 'workers.ts' : 'main.ts'];
const options = given.filter((one) => !['--chaos', '--scale', '--workers'].includes(one));
const result = spawnSync(nodeBinary, [join(root, 'e2e', ...file), ...options], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(result.status ?? 1);
