import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeBinary, root } from '../prepare.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Packs the desktop program into `release/` as a folder that runs (`--dir`), without a download when
 * ELECTRON_OVERRIDE_DIST_PATH names an Electron.
 * @returns {number} the exit code of electron-builder
 */
export function packDesktop(say) {
  let builder;
  try {
    builder = createRequire(join(here, 'package.json')).resolve('electron-builder/cli.js');
  } catch {
    throw new Error(
      'electron-builder is not installed: npm left it out. Run "npm install" with Node 24, then pack again.',
    );
  }
  const args = ['--dir', '--projectDir', here, '--config', join(root, 'electron-builder.yml'), '--publish', 'never'];
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (folder) {
    args.push(`-c.electronDist=${folder}`);
    // The folder says which Electron it is; the packer would take the version from the `electron` package.
    const version = join(folder, 'version');
    if (existsSync(version)) args.push(`-c.electronVersion=${readFileSync(version, 'utf8').trim().replace(/^v/, '')}`);
  }
  say('Packing the desktop program into release/ …');
  return spawnSync(nodeBinary, [builder, ...args], { cwd: root, stdio: 'inherit' }).status ?? 1;
}
