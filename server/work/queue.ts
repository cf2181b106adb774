import { createPostgresBackend, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { WorkOptions } from './options.ts';
import { within } from './within.ts';

const queueName = 'runs';
/** Stopping takes no longer than this, twice. */
const stopMs = 1500;

/** Hands runs over to whoever has room. A job is a hint: what holds is the run's row, and a lost hint is swept up. */
export interface HandOver {
  /** @param take is called for each hint: some run waits for somebody */
  start(take: () => Promise<void>): Promise<void>;
  offer(runId: string): Promise<void>;
  /** Takes no more until `resume`; hints stay for others. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Takes no more. Runs that were taken go on. */
  stop(): Promise<void>;
}

/** BullMQ, on Redis when there is one, else in a schema of its own in the database. This line decides; nobody else knows. */
export function openHandOver(options: WorkOptions, atOnce: number): HandOver {
  const { redisUrl, store, log } = options;
  const settings = { concurrency: atOnce, lockDuration: 5000, stalledInterval: 2000, maxStalledCount: 1000 };
  const done = { removeOnComplete: true, removeOnFail: true };
  const onError = (error: Error) => log.warn({ error: error.message }, 'The queue reports an error.');
  const connections: Redis[] = [];
  const redis = (url: string) => {
    const connection = new Redis(url, { maxRetriesPerRequest: null });
    connection.on('error', onError);
    connections.push(connection);
    return connection;
  };
  const inDatabase = (max: number) => ({ connectionString: store.databaseUrl, migrate: true, schema: 'queue', max });

  const queue = redisUrl
    ? new Queue(queueName, { connection: redis(redisUrl), defaultJobOptions: done })
    : new Queue(queueName, { connection: inDatabase(2), defaultJobOptions: done }, createPostgresBackend);
  queue.on('error', onError);
  let closeWorker: (() => Promise<void>) | undefined;
  let working: { pause(doNotWaitActive: boolean): Promise<void>; resume(): void } | undefined;

  return {
    async start(take) {
      await queue.waitUntilReady();
      if (atOnce === 0) return;
      const process = () => take();
      const worker = redisUrl
        ? new Worker(queueName, process, { ...settings, connection: redis(redisUrl) })
        : new Worker(queueName, process, { ...settings, connection: inDatabase(3) }, createPostgresBackend);
      worker.on('error', onError);
      closeWorker = () => worker.close(true);
      working = worker;
      await worker.waitUntilReady();
    },
    async offer(runId) {
      await queue.add('advance', { runId });
    },
    async pause() {
      await working?.pause(true);
    },
    async resume() {
      working?.resume();
    },
    async stop() {
      // Where the database was restarted, its connections may wait for an answer for ever. Hints are no loss.
      await within(Promise.resolve(closeWorker?.()), stopMs);
      await within(queue.close(), stopMs);
      for (const connection of connections) connection.disconnect();
    },
  };
}
