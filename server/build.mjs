/** Bundles the server into `server/dist`: it starts faster and needs less memory than its sources. */
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const server = dirname(fileURLToPath(import.meta.url));
const out = join(server, 'dist');

for (const old of ['main.js', 'chunks', 'sandbox']) rmSync(join(out, old), { recursive: true, force: true });
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
  chunkNames: 'chunks/[name]-[hash]',
  logLevel: 'warning',
  // Packages stay where npm put them; our own workspaces and the generated client go in.
  plugins: [
    {
      name: 'packages-outside',
      setup(builder) {
        builder.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
          if (kind === 'entry-point' || path.startsWith('@rondo/') || /^[a-zA-Z]:/.test(path)) return undefined;
          return { path, external: true };
        });
      },
    },
  ],
});
