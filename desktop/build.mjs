/**
 * Builds the desktop program's two scripts. Both are CommonJS: a sandboxed preload script cannot be anything else, and
 * the main script then runs in every Electron. `node16` keeps them clear of syntax that an older Electron cannot read.
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, 'out');
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const shared = {
  bundle: true,
  format: 'cjs',
  target: 'node16',
  external: ['electron'],
  legalComments: 'none',
  logLevel: 'warning',
};
await Promise.all([
  build({
    ...shared,
    platform: 'node',
    entryPoints: [join(here, 'main', 'index.ts')],
    outfile: join(out, 'main', 'index.cjs'),
    sourcemap: 'linked',
  }),
  build({
    ...shared,
    platform: 'node',
    entryPoints: [join(here, 'preload', 'index.ts')],
    outfile: join(out, 'preload', 'index.cjs'),
  }),
]);
cpSync(join(here, 'main', 'icons'), join(out, 'icons'), { recursive: true });
