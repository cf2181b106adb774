import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { until } from './client.ts';
import { checkout } from './server.ts';

const names: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};
const binaryName = names[process.platform] ?? 'electron';

/** The `electron` package's own binary, fetched if it can be. */
function ownBinary(): string | undefined {
  const require = createRequire(join(checkout, 'desktop', 'package.json'));
  let folder: string;
  try {
    folder = join(require.resolve('electron/package.json'), '..');
  } catch {
    return undefined; // an optional package that npm left out
  }
  const binary = join(folder, 'dist', binaryName);
  if (!existsSync(binary))
    spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore', timeout: 120_000 });
  return existsSync(binary) ? binary : undefined;
}

/** Runs a script beside the checkout that puts an Electron on the machine, where there is such a script. */
function fetchedBinary(): string | undefined {
  const script = join(checkout, '..', 'shared', 'electron', 'get-electron');
  if (!existsSync(script)) return undefined;
  const result = spawnSync('bash', [script], { encoding: 'utf8', timeout: 180_000 });
  const binary = join(result.stdout?.trim() ?? '', 'electron');
  return result.status === 0 && existsSync(binary) ? binary : undefined;
}

/** The Electron for tests: ELECTRON_OVERRIDE_DIST_PATH, the package's own, the script beside the checkout; else undefined. */
function findElectron(): string | undefined {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (folder) return join(folder, binaryName);
  return ownBinary() ?? fetchedBinary();
}

interface Display {
  name: string | undefined;
  close(): void;
}

function xvfb(): string | undefined {
  return ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
    .map((folder) => join(folder, 'Xvfb'))
    .find(existsSync);
}

/** A display to draw on: the one there is, else a virtual one of this test's own; undefined when there is neither. */
async function openDisplay(): Promise<Display | undefined> {
  if (process.platform !== 'linux' || process.env.DISPLAY) return { name: process.env.DISPLAY, close: () => {} };
  const binary = xvfb();
  if (binary === undefined) return undefined;
  const child: ChildProcess = spawn(binary, ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error('Xvfb ended before it had a display')));
    child.stdio[3]?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  return { name: `:${number}`, close: () => child.kill() };
}

/** What a test of the desktop program needs of the machine. */
export interface Seat {
  binary: string;
  display: Display;
}

/** An Electron and a display; undefined where one of them is missing, and then it is said which tests are skipped. */
export async function findSeat(tests: string): Promise<Seat | undefined> {
  const binary = findElectron();
  const display = binary === undefined ? undefined : await openDisplay();
  if (binary !== undefined && display !== undefined) return { binary, display };
  console.warn(`SKIPPED: ${tests}: there is no ${binary === undefined ? 'Electron' : 'display (Xvfb)'}.`);
  return undefined;
}

export interface DesktopOptions extends Seat {
  /** Where the program keeps its settings and cookies. */
  data: string;
  /** The server, given as RONDO_URL; without it the program takes what is in its settings. */
  server?: string;
  args?: string[];
}

/** Starts the desktop program of this checkout under Playwright. */
export async function launchDesktop({
  binary,
  display,
  data,
  server,
  args = [],
}: DesktopOptions): Promise<ElectronApplication> {
  const { RONDO_URL: _unused, ...env } = process.env as Record<string, string>;
  if (display.name !== undefined) env.DISPLAY = display.name;
  if (server !== undefined) env.RONDO_URL = server;
  env.RONDO_DESKTOP_DATA = data;
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const launch = () =>
    _electron.launch({
      executablePath: binary,
      args: [...root, '--disable-gpu', join(checkout, 'desktop'), ...args],
      env,
      timeout: 45_000,
    });
  // A program that is started on a machine under load may miss its debugger's hello; Playwright ends it, and the
  // second start is the one that counts.
  return launch().catch((error: Error) => {
    console.warn(`The desktop program is started a second time: ${error.message}`);
    return launch();
  });
}

/** The window with the client in it: where the server is slow to answer, one that asks for its address comes before. */
export async function clientWindow(program: ElectronApplication): Promise<Page> {
  return until('the window with the client', async () =>
    program.windows().find((page) => page.url().startsWith('app://rondo')),
  );
}

/** Closes the desktop program; one that does not go within ten seconds is ended. */
export async function closeDesktop(program: ElectronApplication | undefined): Promise<void> {
  if (program === undefined) return;
  const child = program.process();
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await program.close().catch(() => undefined);
  clearTimeout(timer);
}
