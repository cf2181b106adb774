import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@rondo/server/store/embedded.ts';
import { freePort } from '@rondo/server/testPort.ts';
import { ended, keepChild } from '../harness/children.ts';
import { checkout, owner } from '../harness/server.ts';

/** A PostgreSQL that can be ended in every way and comes back with its data. */
export interface Database {
  /** where it listens now */
  port(): number;
  /** for clients that go through the proxy: `port` is put in */
  urlAt(port: number): string;
  /** stops it as an admin does, and starts it again */
  restart(): Promise<void>;
  /** ends it at once, as a power cut does, and starts it again */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export async function openDatabase(): Promise<Database> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'rondo-chaos-'));
  const settings = { shared_buffers: '64MB' };
  let running = await startEmbedded({ dataFolder, own: true, settings });
  const again = async () => {
    // Its children may need a moment to see that the postmaster is gone.
    for (let attempt = 0; ; attempt += 1) {
      try {
        running = await startEmbedded({ dataFolder, own: true, settings });
        return;
      } catch (error) {
        if (attempt === 20) throw error;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  };
  return {
    port: () => Number(new URL(running.databaseUrl).port),
    urlAt(port) {
      const url = new URL(running.databaseUrl);
      url.port = String(port);
      return url.toString();
    },
    async restart() {
      await running.stop();
      await again();
    },
    async kill() {
      const pid = Number((await readFile(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
      process.kill(pid, 'SIGKILL');
      await again();
    },
    async stop() {
      await running.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Connections go through it, so that they can be stalled and broken. */
export interface CutProxy {
  port: number;
  /** nothing goes through for so long, and nothing is lost */
  stall(ms: number): Promise<void>;
  /** every connection is cut */
  cut(): void;
  stop(): Promise<void>;
}

export async function openProxy(target: () => number): Promise<CutProxy> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = dial({ host: '127.0.0.1', port: target() });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port,
    async stall(ms) {
      const stalled = [...sockets];
      for (const socket of stalled) socket.pause();
      await new Promise((resolve) => setTimeout(resolve, ms));
      for (const socket of stalled) socket.resume();
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A server or a worker that is started again whenever it was ended. */
export interface Mortal {
  kind: 'server' | 'worker';
  /** ends it with SIGKILL and starts another in its place */
  kill(): Promise<void>;
  /** what it printed since it was made, for a failure's words */
  printed(): string;
  stop(): Promise<void>;
}

export interface MortalOptions {
  kind: 'server' | 'worker';
  databaseUrl: string;
  redisUrl: string | undefined;
  /** servers only; it stays the same over all lives */
  port?: number;
  data: string;
  /** the file that it reads its clock from */
  clock: string;
}

export function openMortal({ kind, databaseUrl, redisUrl, port, data, clock }: MortalOptions): Mortal {
  let text = '';
  let stopping = false;
  const launch = (): ChildProcess => {
    const child = keepChild(
      spawn(
        process.execPath,
        [
          '--import',
          join(import.meta.dirname, 'movedProcess.ts'),
          join(checkout, 'server', 'bin', 'rondo.mjs'),
          kind === 'server' ? 'start' : 'worker',
        ],
        {
          cwd: checkout,
          stdio: ['ignore', 'pipe', 'pipe'],
          env: {
            ...process.env,
            CHAOS_CLOCK: clock,
            NODE_ENV: 'production',
            DATABASE_URL: databaseUrl,
            REDIS_URL: redisUrl ?? '',
            RONDO_PORT: String(port ?? 0),
            RONDO_HOST: '127.0.0.1',
            RONDO_DATA: data,
            RONDO_SECRET_KEY: 'a key for tests only',
            RONDO_ALLOW_PRIVATE: '1',
            RONDO_MODEL: 'practice',
            RONDO_LOG_LEVEL: 'error',
            RONDO_OWNER_NAME: owner.name,
            RONDO_OWNER_EMAIL: owner.email,
            RONDO_OWNER_PASSWORD: owner.password,
            RONDO_WORKSPACE: 'Chaos',
          },
        },
      ),
    );
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (chunk: string) => {
        text = (text + chunk).slice(-20_000);
      });
    }
    // One that cannot start while the database is away is started again, as a supervisor does.
    child.once('exit', () => {
      if (stopping || current !== child) return;
      setTimeout(() => {
        if (!stopping) current = launch();
      }, 300);
    });
    return child;
  };
  let current: ChildProcess | undefined;
  current = launch();
  return {
    kind,
    printed: () => text,
    async kill() {
      const child = current;
      current = undefined;
      child?.kill('SIGKILL');
      if (child) await ended(child);
      if (!stopping) current = launch();
    },
    async stop() {
      stopping = true;
      current?.kill('SIGTERM');
      const child = current;
      const late = setTimeout(() => child?.kill('SIGKILL'), 15_000);
      if (child) await ended(child);
      clearTimeout(late);
    },
  };
}
