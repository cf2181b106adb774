import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbedded } from '@rondo/server/store/embedded.ts';
import { openTestWork } from '@rondo/server/work/testWork.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { ended } from '../harness/children.ts';
import { type SignedIn, signIn } from '../harness/client.ts';
import { startServer } from '../harness/server.ts';
import { startWorker } from '../recovery/processes.ts';
import { lightFlow, webFlow } from './flows.ts';
import { type Caller, caller, median } from './load.ts';

/** Something that runs flows over HTTP, in a process of its own. */
export interface Target {
  /** a run of ten light steps, and one of forty */
  ten: Caller;
  forty: Caller;
  /** a run of forty web calls, one after the other; null = does not apply */
  web: Caller | null;
  /** resident MB now; NaN where the system does not tell */
  memory(): number;
  /** ms from the start of a run until another process has taken it from the queue, runs one after the other */
  pickUps: (() => Promise<number>) | null;
  close(): Promise<void>;
}

const inputs = { name: 'Ada' };

function memoryOf(child: ChildProcess): number {
  if (child.pid === undefined) return Number.NaN;
  if (process.platform === 'linux') {
    const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
    return Number(line?.[1]) / 1024;
  }
  return Number(spawnSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' }).stdout) / 1024;
}

/** A program of this folder that answers `{ steps, inputs }` over HTTP. */
async function openProgram(file: string, env: Record<string, string> = {}): Promise<Target> {
  const child = spawn(process.execPath, [join(import.meta.dirname, file)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', ...env },
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    child.once('exit', () => reject(new Error(`${file} did not start.`)));
  });
  const ten = caller(url, {}, { steps: 10, inputs });
  const forty = caller(url, {}, { steps: 40, inputs });
  return {
    ten,
    forty,
    web: null,
    memory: () => memoryOf(child),
    pickUps: null,
    async close() {
      await Promise.all([ten.close(), forty.close()]);
      child.kill('SIGKILL');
      await ended(child);
    },
  };
}

/** A server that only answers HTTP and runs the steps. */
export const openCeiling = () => openProgram('ceiling.ts');

/** A BullMQ job a run and an INSERT a step, on a database of its own. */
export async function openPeer(redisUrl: string | undefined): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'rondo-bench-'));
  const database = await startEmbedded({ dataFolder: folder, own: true });
  const target = await openProgram('peer.ts', { DATABASE_URL: database.databaseUrl, REDIS_URL: redisUrl ?? '' });
  return {
    ...target,
    async close() {
      await target.close();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function published(session: SignedIn, flow: JsonObject): Promise<string> {
  const text = JSON.stringify(flow);
  const { flowId } = await session.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: 'bench.json' });
  await session.call('POST', 'flow.publish', { flowId, baseSeq: 0 });
  return flowId;
}

/**
 * The product's server on a database of its own, called as a program calls it: with an API key.
 * @param outsideUrl what the web calls go to
 */
export async function openServer(redisUrl: string | undefined, outsideUrl?: string): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'rondo-bench-'));
  const database = await startEmbedded({ dataFolder: folder, own: true });
  const { databaseUrl } = database;
  const server = await startServer({
    env: {
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl ?? '',
      RONDO_LOG_LEVEL: 'error',
      RONDO_SECRET_KEY: 'a key for tests only',
    },
  });
  const session = await signIn(server.url);
  const { key } = await session.call<{ key: string }>('POST', 'apikey.create', { name: 'bench' });
  const start = async (flow: JsonObject) => {
    const body = { flowId: await published(session, flow), inputs, waitSeconds: 20 };
    return caller(`${server.url}/api/run/start`, { 'x-api-key': key }, body);
  };
  const ten = await start(lightFlow(10));
  const forty = await start(lightFlow(40));
  const web = outsideUrl === undefined ? null : await start(webFlow(40, outsideUrl));
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= server.stop();
    return stopped;
  };
  return {
    ten,
    forty,
    web,
    memory: () => memoryOf(server.child),
    async pickUps() {
      // Else the server would take runs itself.
      await stop();
      return pickUpOfWorker(databaseUrl, redisUrl);
    },
    async close() {
      await Promise.all([ten.close(), forty.close(), web?.close()]);
      await stop();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts runs in a process that takes none, so that a `rondo worker` gets each. @returns the median delay in ms */
async function pickUpOfWorker(databaseUrl: string, redisUrl: string | undefined): Promise<number> {
  const worker = startWorker(databaseUrl, redisUrl);
  await worker.ready;
  const starter = await openTestWork(databaseUrl, { redisUrl, limits: { own: 0, handed: 0 }, schedules: false });
  try {
    const delays: number[] = [];
    for (let turn = 0; turn < 50; turn += 1) {
      const runId = await starter.start(lightFlow(10), { inputs });
      await starter.work.finished(runId, 10_000);
      const [queued, ...later] = await starter.work.events(runId);
      const taken = later.find((event) => event.kind === 'run_resumed');
      if (queued && taken) delays.push(Date.parse(taken.at) - Date.parse(queued.at));
      await sleep(20);
    }
    return median(delays.slice(10));
  } finally {
    await starter.close();
    worker.child.kill('SIGTERM');
    await ended(worker.child);
  }
}
