import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { ended, keepChild } from '../harness/children.ts';
import { checkout } from '../harness/server.ts';

/** A real `rondo worker` in a process of its own. */
export interface WorkerProcess {
  child: ChildProcess;
  pid: number;
  /** resolves when it takes runs; rejects with what it printed when it ends before */
  ready: Promise<void>;
  /** all that it has printed so far */
  printed(): string;
}

export function startWorker(
  databaseUrl: string,
  redisUrl: string | undefined,
  env: Record<string, string> = {},
): WorkerProcess {
  const child = keepChild(
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
        ...env,
      },
    }),
  );
  let printed = '';
  const ready = new Promise<void>((resolve, reject) => {
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
  return { child, pid: child.pid ?? 0, ready, printed: () => printed };
}

/** Ends workers with SIGKILL. */
export async function endWorkers(workers: Iterable<WorkerProcess>): Promise<void> {
  for (const { child } of workers) {
    child.kill('SIGKILL');
    await ended(child);
  }
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
