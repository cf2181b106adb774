import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];

function onPath(): string | undefined {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  for (const folder of folders) {
    for (const name of names) {
      const file = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
      if (existsSync(file)) return file;
    }
  }
  return undefined;
}

interface Found {
  executablePath: string;
  args: string[];
}

/** A Chromium for Linux inside an npm package, when somebody has installed it. */
async function packaged(): Promise<Found | undefined> {
  const name = '@sparticuz/chromium';
  try {
    const { default: carried } = await import(name);
    return { executablePath: await carried.executablePath(), args: carried.args };
  } catch {
    return undefined; // not installed: it is the last resort, and optional
  }
}

/** The browser for tests: PLAYWRIGHT_CHROMIUM_PATH, Playwright's own, one on the machine, one from npm; else undefined. */
export async function findChromium(): Promise<Found | undefined> {
  const named = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (named) return { executablePath: named, args: [] };
  if (existsSync(chromium.executablePath())) return { executablePath: chromium.executablePath(), args: [] };
  const installed = onPath();
  return installed === undefined ? packaged() : { executablePath: installed, args: [] };
}

const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser that was found. Chromium's own sandbox does not work for root, so there it is left off. */
export async function launchChromium(found: Found): Promise<Browser> {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    executablePath: found.executablePath,
    args: [...new Set([...found.args, ...quiet, ...root])],
  });
}
