import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout, freePort } from '../harness/server.ts';

const started = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

function keep(child: ChildProcess): ChildProcess {
  started.add(child);
  child.once('exit', () => started.delete(child));
  return child;
}

export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** A real `rondo worker` in a process of its own. */
export interface WorkerProcess {
  child: ChildProcess;
  pid: number;
  /** resolves when it takes runs; rejects with what it printed when it ends before */
  ready: Promise<void>;
}

export function startWorker(databaseUrl: string, redisUrl: string | undefined): WorkerProcess {
  const child = keep(
    spawn(process.execPath, [join(checkout, 'server', 'bin', 'rondo.mjs'), 'worker'], {
      cwd: checkout,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        REDIS_URL: redisUrl ?? '',
        RONDO_ALLOW_PRIVATE: '1',
        RONDO_MODEL: 'practice',
        RONDO_SECRET_KEY: 'a key for tests only',
        RONDO_LOG_LEVEL: 'error',
      },
    }),
  );
  const ready = new Promise<void>((resolve, reject) => {
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => {
        printed += text;
        if (printed.includes('The worker is ready.')) resolve();
      });
    }
    child.once('exit', () => reject(new Error(`The worker ended before it was ready. It printed:\n${printed}`)));
  });
  ready.catch(() => undefined); // whoever kills it need not wait for it
  return { child, pid: child.pid ?? 0, ready };
}

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A real Redis, empty and without a disk. */
export async function startRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'rondo-redis-'));
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const child = keep(spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] }));
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('redis-server did not start')));
    child.stdout?.setEncoding('utf8');
    child.stdout?.on('data', (text: string) => {
      if (text.includes('Ready to accept connections')) resolve();
    });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The outside world that the steps call: it counts what reaches it, by idempotency key. */
export interface Outside {
  url: string;
  /** idempotency key → calls */
  calls: Map<string, number>;
  /** called for each call */
  onCall: (key: string) => void;
  stop(): Promise<void>;
}

export async function startOutside(delayMs: number): Promise<Outside> {
  const calls = new Map<string, number>();
  const outside: Outside = { url: '', calls, onCall: () => undefined, stop: async () => undefined };
  const server: Server = createServer((request, response) => {
    const key = String(request.headers['idempotency-key']);
    calls.set(key, (calls.get(key) ?? 0) + 1);
    outside.onCall(key);
    request.resume();
    setTimeout(() => response.setHeader('content-type', 'application/json').end('{"ok":true}'), delayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The counting server has no port.');
  outside.url = `http://127.0.0.1:${address.port}/step`;
  outside.stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return outside;
}
