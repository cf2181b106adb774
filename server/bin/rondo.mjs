#!/usr/bin/env node
/**
 * The `rondo` command. It runs on whatever Node started it: where that is too old, the Node that comes with the
 * packages takes over. The bundle is used when it is newer than the sources, else the sources themselves.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const server = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = dirname(server);
const wanted = 24;

if (Number(process.versions.node.split('.')[0]) < wanted) {
  const binary = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(binary)) {
    console.error(
      `Rondo needs Node ${wanted} or newer; this is ${process.version}. Run “npm install” in ${root} first.`,
    );
    process.exit(2);
  }
  const child = spawn(binary, ['--max-semi-space-size=16', ...process.argv.slice(1)], {
    stdio: process.send ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      // Ctrl-C on a terminal reaches the child by itself.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  child.once('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
} else {
  const bundle = join(server, 'dist', 'main.js');
  const entry = isFresh(bundle) ? bundle : join(server, 'main.ts');
  await import(pathToFileURL(entry).href);
}

/** Is the bundle newer than every source? Without sources (an installed package) it is all there is. */
function isFresh(file) {
  if (!existsSync(file)) return false;
  if (!existsSync(join(server, 'main.ts'))) return true;
  const built = statSync(file).mtimeMs;
  return [server, join(root, 'shared')].every((folder) => newest(folder) <= built);
}

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) latest = Math.max(latest, newest(path));
    else if (/\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
      latest = Math.max(latest, statSync(path).mtimeMs);
  }
  return latest;
}
