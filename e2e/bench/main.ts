/** Measures a real server, on both queues, and prints a table. `--seconds N` sets how long each rate is measured. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbedded } from '@rondo/server/store/embedded.ts';
import { openTestWork } from '@rondo/server/work/testWork.ts';
import { signIn } from '../harness/client.ts';
import { startServer } from '../harness/server.ts';
import { startRedis } from '../recovery/processes.ts';
import { lightFlow } from './flows.ts';
import { caller, durations, median, percentile, rate } from './load.ts';

const given = process.argv.indexOf('--seconds');
const seconds = given === -1 ? 6 : Number(process.argv[given + 1]);
const clients = 10;

interface Figures {
  /** ten steps, runs a second with ten clients */
  runs: number;
  /** ten steps, one client, ms */
  latency: number;
  latency99: number;
  /** forty steps, one client, ms */
  forty: number;
  /** from being queued to being taken by another process, ms; null = does not apply */
  pickUp: number | null;
  /** MB before any run, null = does not apply */
  memory: number | null;
  memoryAfter: number | null;
}

/** Resident memory of a process, in MB; NaN where the system does not tell. */
function memoryOf(pid: number | undefined): number {
  if (pid === undefined) return Number.NaN;
  if (process.platform === 'linux') {
    const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(line?.[1]) / 1024;
  }
  return Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout) / 1024;
}

async function measureCalls(ten: () => Promise<void>, forty: () => Promise<void>) {
  await rate(ten, clients, Math.min(3, seconds)); // warm
  const runs = await rate(ten, clients, seconds);
  const one = await durations(ten, 200);
  await durations(forty, 20);
  return { runs, latency: median(one), latency99: percentile(one, 0.99), forty: median(await durations(forty, 60)) };
}

async function ceiling(): Promise<Figures> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'ceiling.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
      child.once('exit', () => reject(new Error('The ceiling did not start.')));
    });
    const ten = caller(url, {}, { steps: 10, inputs: { name: 'Ada' } });
    const forty = caller(url, {}, { steps: 40, inputs: { name: 'Ada' } });
    const figures = await measureCalls(ten.call, forty.call);
    await ten.close();
    await forty.close();
    return { ...figures, pickUp: null, memory: null, memoryAfter: null };
  } finally {
    child.kill('SIGKILL');
  }
}

/** Imports and publishes a flow. @returns its id */
async function publish(session: Awaited<ReturnType<typeof signIn>>, steps: number): Promise<string> {
  const text = JSON.stringify(lightFlow(steps));
  const { flowId } = await session.call<{ flowId: string }>('POST', 'flow.import', { text, fileName: 'bench.json' });
  await session.call('POST', 'flow.publish', { flowId, baseSeq: 0 });
  return flowId;
}

async function measure(redisUrl: string | undefined): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'rondo-bench-'));
  const database = await startEmbedded({ dataFolder: folder, own: true });
  try {
    const server = await startServer({
      env: { DATABASE_URL: database.databaseUrl, REDIS_URL: redisUrl ?? '', RONDO_LOG_LEVEL: 'error' },
    });
    try {
      await sleep(4000); // at rest
      const memory = memoryOf(server.child.pid);
      const session = await signIn(server.url);
      const { key } = await session.call<{ key: string }>('POST', 'apikey.create', { name: 'bench' });
      const start = async (steps: number) => {
        const flowId = await publish(session, steps);
        const body = { flowId, inputs: { name: 'Ada' }, waitSeconds: 20 };
        return caller(`${server.url}/api/run/start`, { 'x-api-key': key }, body);
      };
      const ten = await start(10);
      const forty = await start(40);
      const figures = await measureCalls(ten.call, forty.call);
      await ten.close();
      await forty.close();
      const pickUp = await measurePickUp(database.databaseUrl, redisUrl);
      return { ...figures, pickUp, memory, memoryAfter: memoryOf(server.child.pid) };
    } finally {
      await server.stop();
    }
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts runs in a process that takes none: how long until the server has taken them from the queue? */
async function measurePickUp(databaseUrl: string, redisUrl: string | undefined): Promise<number> {
  const starter = await openTestWork(databaseUrl, { redisUrl, limits: { own: 0, handed: 0 }, schedules: false });
  try {
    const delays: number[] = [];
    for (let turn = 0; turn < 40; turn += 1) {
      const runId = await starter.start(lightFlow(10), { inputs: { name: 'Ada' } });
      await starter.work.finished(runId, 10_000);
      const events = await starter.work.events(runId);
      const [queued, taken] = [events[0], events.find((event) => event.kind === 'run_resumed')];
      if (queued && taken) delays.push(Date.parse(taken.at) - Date.parse(queued.at));
      await sleep(30);
    }
    return median(delays);
  } finally {
    await starter.close();
  }
}

const redis = spawnSync('redis-server', ['--version']).status === 0 ? await startRedis() : undefined;
console.log(`Measuring with ${cpus().length} processors, ${clients} clients, ${seconds} s a rate …`);
const top = await ceiling();
const postgres = await measure(undefined);
const withRedis = redis ? await measure(redis.url) : undefined;
await redis?.stop();

type Row = [what: string, aim: string, read: (figures: Figures) => string];
const number = (value: number | null, unit: string, digits = 0) =>
  value === null || Number.isNaN(value) ? '–' : `${value.toFixed(digits)}${unit}`;
const rows: Row[] = [
  [`ten light steps, ${clients} clients`, '1000 /s', (f) => number(f.runs, ' /s')],
  ['  part of the ceiling', '33 %', (f) => number((100 * f.runs) / top.runs, ' %')],
  ['ten light steps, one client, median', '20 ms', (f) => number(f.latency, ' ms', 1)],
  ['  99 of 100', '', (f) => number(f.latency99, ' ms', 1)],
  ['forty steps, one client, median', '40 ms', (f) => number(f.forty, ' ms', 1)],
  ['pick-up of a run handed over, median', '', (f) => number(f.pickUp, ' ms', 1)],
  ['memory of the server at rest', '250 MB', (f) => number(f.memory, ' MB')],
  ['  after the load', '', (f) => number(f.memoryAfter, ' MB')],
];
const line = (cells: string[]) =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(40) : cell.padStart(14))).join('');
console.log(line(['', 'aim', 'PostgreSQL', 'Redis', 'ceiling']));
for (const [what, aim, read] of rows) {
  console.log(line([what, aim, read(postgres), withRedis ? read(withRedis) : 'no redis', read(top)]));
}
if (!redis) console.log('No redis-server on this machine: the queue in Redis was not measured.');
