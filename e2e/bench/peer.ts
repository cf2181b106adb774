/**
 * What one would build from the same parts without a journal: a BullMQ job for each run, one INSERT for each step, the
 * answer when the job is done. The same interpreter, the same number of runs at once, one process like the real one.
 * Takes DATABASE_URL, and REDIS_URL where the queue is to be in Redis. Prints its address.
 */
import { createPostgresBackend, Queue, Worker } from 'bullmq';
import fastify from 'fastify';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { type LightRequest, runLightSteps } from './lightPorts.ts';

const databaseUrl = process.env.DATABASE_URL;
const redisUrl = process.env.REDIS_URL;
const pool = new Pool({ connectionString: databaseUrl, max: 10 });
await pool.query('CREATE TABLE IF NOT EXISTS peer_event (run_id text, seq int, event json, PRIMARY KEY (run_id, seq))');

async function run(runId: string, request: LightRequest) {
  let seq = 0;
  return runLightSteps(request, async (events) => {
    for (const event of events) {
      if (event.kind !== 'step_succeeded') continue;
      const values = [runId, seq, JSON.stringify(event)];
      await pool.query({ name: 'peer', text: 'INSERT INTO peer_event VALUES ($1, $2, $3)', values });
      seq += 1;
    }
  });
}

const inDatabase = (max: number) => ({ connectionString: databaseUrl, migrate: true, schema: 'peer', max });
const inRedis = () => new Redis(redisUrl ?? '', { maxRetriesPerRequest: null });
const name = 'peer';
const done = { removeOnComplete: true, removeOnFail: true };
const work = (job: { id?: string; data: LightRequest }) => run(String(job.id), job.data);
// As patient as the real one's: a job that seems to be stalled is taken again, never given up.
const settings = { concurrency: 64, maxStalledCount: 1000, stalledInterval: 5000 };
const queue = redisUrl
  ? new Queue(name, { connection: inRedis(), defaultJobOptions: done })
  : new Queue(name, { connection: inDatabase(4), defaultJobOptions: done }, createPostgresBackend);
const worker = redisUrl
  ? new Worker(name, work, { connection: inRedis(), ...settings })
  : new Worker(name, work, { connection: inDatabase(6), ...settings }, createPostgresBackend);
await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);

// Its own worker takes all jobs, so that nobody need ask for their ends.
const waiting = new Map<string, (result: unknown) => void>();
worker.on('completed', ({ id }, result) => waiting.get(String(id))?.(result));
worker.on('error', (error) => console.error(error.message));
worker.on('failed', (job, error) => waiting.get(String(job?.id))?.({ error: error.message }));

const app = fastify({ bodyLimit: 1_000_000 });
app.post<{ Body: LightRequest }>('/', async ({ body }) => {
  const jobId = `run-${crypto.randomUUID()}`;
  const { promise, resolve } = Promise.withResolvers<unknown>();
  waiting.set(jobId, resolve);
  await queue.add('run', body, { jobId });
  return promise.finally(() => waiting.delete(jobId));
});
console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
