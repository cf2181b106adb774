import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestDatabase, testDatabase } from '@rondo/server/store/testDatabase.ts';
import { freePort } from '@rondo/server/testPort.ts';
import { ended } from '../harness/children.ts';
import { type SignedIn, signIn } from '../harness/client.ts';
import { startRedis } from '../harness/redis.ts';
import { type RunningServer, startServer } from '../harness/server.ts';
import { type Outside, startOutside, startWorker, type WorkerProcess } from '../recovery/processes.ts';

/** An installation as it is in a company: a server and a worker beside it, their database, and a Redis or none. */
export interface House {
  url: string;
  database: TestDatabase;
  outside: Outside;
  /** the owner, signed in over HTTP */
  owner: SignedIn;
  /** Ends the server and the worker with SIGKILL. */
  crash(): Promise<void>;
  /** Starts them again, on the same port and data. */
  rise(): Promise<void>;
  /** All that both have printed in all their lives. */
  printed(): string;
  /** All that the database holds, as text by table, but for the heartbeats of the processes. */
  everything(): Promise<Map<string, string>>;
  stop(): Promise<void>;
}

const secret = { RONDO_SECRET_KEY: 'a key for tests only', RONDO_LOG_LEVEL: 'debug' };

/** @param withRedis the queue is in a Redis of its own; else it is in the database */
export async function openHouse(withRedis: boolean): Promise<House> {
  const database = await testDatabase();
  const redis = withRedis ? await startRedis() : undefined;
  const outside = await startOutside(250);
  const data = mkdtempSync(join(tmpdir(), 'rondo-guarantees-'));
  const port = await freePort();
  const env = { ...secret, DATABASE_URL: database.databaseUrl, REDIS_URL: redis?.url ?? '' };
  const lives: { printed(): string }[] = [];
  let server: RunningServer;
  let worker: WorkerProcess;
  const rise = async () => {
    server = await startServer({ data, port, env });
    worker = startWorker(database.databaseUrl, redis?.url, secret);
    lives.push(server, worker);
    await worker.ready;
  };
  const crash = async () => {
    worker.child.kill('SIGKILL');
    await Promise.all([server.kill(), ended(worker.child)]);
  };
  await rise();
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    database,
    outside,
    owner: await signIn(url),
    crash,
    rise,
    printed: () => lives.map((life) => life.printed()).join('\n'),
    everything: () => everything(database),
    async stop() {
      await crash();
      await redis?.stop();
      await outside.stop();
      await database.drop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function everything({ store }: TestDatabase): Promise<Map<string, string>> {
  const { rows } = await store.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('server', '_prisma_migrations')`,
  );
  const all = new Map<string, string>();
  for (const { name } of rows) {
    const { rows: content } = await store.pool.query<{ text: string }>(
      `SELECT coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '') AS text FROM "${name}" t`,
    );
    all.set(name, content[0]?.text ?? '');
  }
  return all;
}
