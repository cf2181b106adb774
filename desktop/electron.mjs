import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/**
 * The Electron to start: the folder in ELECTRON_OVERRIDE_DIST_PATH, else the `electron` package's own, which downloads
 * itself the first time.
 * @returns {{binary: string, args: string[]}} its path, and what has to come before the application's folder
 * @throws {Error} with what to do when there is none
 */
export function electronCommand() {
  const args = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (folder) {
    const binary = join(folder, names[process.platform] ?? 'electron');
    if (!existsSync(binary)) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH: there is no ${binary}.`);
    return { binary, args };
  }
  try {
    return { binary: createRequire(import.meta.url)('electron'), args };
  } catch (error) {
    throw new Error(
      `Electron could not be fetched (${error.message.split('\n')[0]}). ` +
        'Name a folder that has one in ELECTRON_OVERRIDE_DIST_PATH, or use the client in a browser.',
    );
  }
}
