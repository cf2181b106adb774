/** Bundles the server into `server/dist`: it starts faster and needs less memory than its sources. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const server = dirname(fileURLToPath(import.meta.url));
const out = join(server, 'dist');

// Pieces carry hashes in their names: old ones would stay for ever. Types, which tsc puts here, are left alone.
for (const name of existsSync(out) ? readdirSync(out) : [])
  if (/\.js(\.map)?$/.test(name) || name === 'sandbox') rmSync(join(out, name), { recursive: true });

/** Packages stay where npm put them; our own workspaces and the generated client go in. */
const packagesOutside = {
  name: 'packages-outside',
  setup(builder) {
    builder.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point' || path.startsWith('@rondo/') || /^[a-zA-Z]:/.test(path)) return undefined;
      return { path, external: true };
    });
  },
};

/** The sandbox starts threads from a file of its own; in the bundle that file is elsewhere. */
const sandboxThreads = {
  name: 'sandbox-threads',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]tools[\\/]sandbox[\\/]sandbox\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source.replace("'./worker.ts'", "'./sandbox/worker.js'");
      if (contents === source) throw new Error(`${path} names its threads' file in another way than build.mjs knows.`);
      return { contents, loader: 'ts' };
    });
  },
};

await build({
  absWorkingDir: server,
  entryPoints: { main: 'main.ts', 'sandbox/worker': 'tools/sandbox/worker.ts' },
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  sourcemap: 'linked',
  // All pieces stand beside main.js, so that a path relative to one is the same from each.
  chunkNames: '[name]-[hash]',
  logLevel: 'warning',
  plugins: [packagesOutside, sandboxThreads],
});
