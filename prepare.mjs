/**
 * Makes the checkout ready to run: packages, the database client and the built parts, each only when it is missing or
 * older than what it is made from. Runs on Node 20, because it is what fetches the Node that the rest needs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(fileURLToPath(import.meta.url));

/** The Node that the product runs on: it comes with the packages (npm package `node`). */
export const nodeBinary = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * How the server's Node is started. V8 would let new objects take 128 MB before it tidies up; with this it stays small,
 * at no cost in runs a second.
 */
export const serverFlags = ['--max-semi-space-size=16'];

/** What the parts are made of and what they leave behind; paths are relative to the checkout. */
const parts = {
  client: {
    label: 'the client',
    sources: ['desktop/renderer', 'desktop/vite.config.ts', 'desktop/package.json', 'shared'],
    cwd: 'desktop',
    command: [join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    result: 'desktop/dist/web/index.html',
  },
  server: {
    label: 'the server',
    sources: ['server', 'shared', 'prisma/schema.prisma'],
    cwd: '.',
    command: [join('server', 'build.mjs')],
    result: 'server/dist/main.js',
  },
  desktop: {
    label: 'the desktop program',
    sources: ['desktop/main', 'desktop/preload', 'desktop/build.mjs', 'desktop/package.json'],
    cwd: '.',
    command: [join('desktop', 'build.mjs')],
    result: 'desktop/out/main/index.cjs',
  },
};

const unread = new Set(['node_modules', 'dist', 'out', 'generated', '.turbo', 'coverage']);

/** All files below a path that a build may read: no packages, no results of builds, no tests. */
function filesBelow(path) {
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const full = join(path, entry.name);
    if (entry.isDirectory()) return unread.has(entry.name) ? [] : filesBelow(full);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [full];
  });
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const full = join(root, path);
    if (!existsSync(full)) continue;
    const files = path.split('/').pop().includes('.') ? [full] : filesBelow(full);
    for (const file of files)
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
  }
  return hash.digest('hex');
}

const stampFolder = join(root, 'node_modules', '.rondo-stamp');

function isFresh(name, hash, result) {
  const stamp = join(stampFolder, name);
  return existsSync(join(root, result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
}

function leaveStamp(name, hash) {
  mkdirSync(stampFolder, { recursive: true });
  writeFileSync(join(stampFolder, name), hash);
}

/** Runs a program with its output shown. Throws an Error that names what failed. */
function run(what, binary, args, { cwd = root, env = {} } = {}) {
  const result = spawnSync(binary, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
  if (result.error) throw new Error(`${what} failed: ${result.error.message}`);
  if (result.status !== 0) throw new Error(`${what} failed (exit ${result.status ?? result.signal})`);
}

function npmInstall(binary) {
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) run('npm install', binary, [npm, ...args]);
  else run('npm install', process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

const manifests = [
  'package.json',
  'shared/package.json',
  'server/package.json',
  'desktop/package.json',
  'e2e/package.json',
];

/**
 * Installs the packages when the lock file or a manifest has changed since the last time.
 * @param {(line: string) => void} say gets one line before anything that takes long
 */
export function ensureInstalled(say) {
  if (isFresh('packages', hashOf(['package-lock.json', ...manifests]), relative(root, nodeBinary))) return;
  say('Installing packages (a few minutes the first time) …');
  npmInstall(process.execPath);
  if (!existsSync(nodeBinary)) {
    throw new Error(
      `npm did not install Node into ${relative(root, nodeBinary)}: its install script was blocked. ` +
        'Allow it with "npm install-scripts approve node", then start again.',
    );
  }
  // npm leaves out optional packages whose `engines` are newer than the Node it runs on, without a word.
  if (Number(process.versions.node.split('.')[0]) < 24) npmInstall(nodeBinary);
  leaveStamp('packages', hashOf(['package-lock.json', ...manifests]));
}

/** Writes Prisma's client into server/store/generated when the schema has changed. */
export function ensureGenerated(say) {
  const hash = hashOf(['prisma/schema.prisma', 'package-lock.json']);
  if (isFresh('prisma', hash, 'server/store/generated/client.ts')) return;
  say('Generating the database client …');
  const prisma = join(root, 'node_modules', 'prisma', 'build', 'index.js');
  // Generating never runs the schema engine; naming any file keeps Prisma from downloading one.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: nodeBinary, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' };
  run('prisma generate', nodeBinary, [prisma, 'generate', '--no-hints', '--schema', 'prisma/schema.prisma'], { env });
  leaveStamp('prisma', hash);
}

/**
 * Builds a part when its sources have changed.
 * @param {'client' | 'server' | 'desktop'} name
 * @param {(line: string) => void} say
 * @throws {Error} when the build fails
 */
export function ensureBuilt(name, say) {
  const part = parts[name];
  const hash = hashOf([...part.sources, 'package-lock.json', 'tsconfig.base.json']);
  if (isFresh(name, hash, part.result)) return;
  say(`Building ${part.label} …`);
  const [script, ...args] = part.command;
  run(`Building ${part.label}`, nodeBinary, [join(root, script), ...args], { cwd: join(root, part.cwd) });
  leaveStamp(name, hash);
}
