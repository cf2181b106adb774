import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@rondo/server/testPort.ts';
import { serverFlags } from '../../prepare.mjs';
import { ended, keepChild } from './children.ts';

export const checkout = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const rondo = join(checkout, 'server', 'bin', 'rondo.mjs');

export interface Owner {
  name: string;
  email: string;
  password: string;
}

export const owner: Owner = { name: 'Olivia Owner', email: 'olivia@example.com', password: 'correct horse battery' };

export interface ServerOptions {
  /** Creates the owner unattended; false leaves the first visit to a person. Default true. */
  withOwner?: boolean;
  /** A data folder to take up again; it is then left behind at the end. */
  data?: string;
  port?: number;
  env?: Record<string, string>;
  /** How long the start may take. Default 60 s. */
  patienceMs?: number;
}

export interface RunningServer {
  url: string;
  port: number;
  data: string;
  child: ChildProcess;
  /** All that it has printed so far. */
  printed(): string;
  /** Stops it as Ctrl-C does, and removes its data unless the folder was given. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash would; the data stays. */
  kill(): Promise<void>;
}

/**
 * Starts the product's server in a process of its own, on a free port and data of its own, and waits until it is ready.
 * @throws Error with all it printed when it stops or is not ready in time
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const port = options.port ?? (await freePort());
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'rondo-e2e-'));
  const account = {
    RONDO_OWNER_NAME: owner.name,
    RONDO_OWNER_EMAIL: owner.email,
    RONDO_OWNER_PASSWORD: owner.password,
    RONDO_WORKSPACE: 'Northwind',
  };
  const child = keepChild(
    spawn(process.execPath, [...serverFlags, rondo, 'start'], {
      cwd: checkout,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        RONDO_PORT: String(port),
        RONDO_HOST: '127.0.0.1',
        RONDO_DATA: data,
        RONDO_MODEL: 'practice',
        RONDO_ALLOW_PRIVATE: '1',
        ...(options.withOwner === false ? {} : account),
        ...options.env,
      },
    }),
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const url = `http://127.0.0.1:${port}`;
  const server: RunningServer = {
    url,
    port,
    data,
    child,
    printed: () => text,
    async stop() {
      child.kill('SIGINT');
      const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await ended(child);
      clearTimeout(late);
      if (options.data === undefined) rmSync(data, { recursive: true, force: true });
    },
    async kill() {
      child.kill('SIGKILL');
      await ended(child);
    },
  };
  const deadline = Date.now() + (options.patienceMs ?? 60_000);
  while (!(await isReady(url))) {
    const stopped = child.exitCode !== null || child.signalCode !== null;
    if (stopped || Date.now() > deadline) {
      await server.kill();
      throw new Error(`The server ${stopped ? 'stopped' : 'was not ready in time'}. It printed:\n${text}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return server;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false; // not listening yet
  }
}
