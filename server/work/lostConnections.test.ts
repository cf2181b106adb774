import { createServer, type Server } from 'node:http';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { chain, post } from './testFlows.ts';
import { openTestWork, type TestWork, until } from './testWork.ts';

let db: TestDatabase;
let one: TestWork;
let outside: Server;
let url: string;
const calls = new Map<string, number>();

beforeAll(async () => {
  db = await testDatabase();
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  one = await openTestWork(db.databaseUrl, { log: quiet });
  outside = createServer((request, response) => {
    const key = String(request.headers['idempotency-key']);
    calls.set(key, (calls.get(key) ?? 0) + 1);
    request.resume();
    setTimeout(() => response.end('{}'), 15);
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  const address = outside.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
});
afterAll(async () => {
  await one.close();
  outside.closeAllConnections();
  outside.close();
  await db.drop();
});

it('runs go on after the database has dropped every connection, again and again', async () => {
  const document = chain(Array.from({ length: 8 }, (_, index) => post(`step${index}`, url)));
  const runs = await Promise.all(Array.from({ length: 12 }, () => one.start(document)));
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    const admin = new Client({ connectionString: db.databaseUrl });
    await admin.connect();
    await admin.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await admin.end();
  }
  for (const runId of runs) {
    await until(
      `run ${runId} ends`,
      async () => {
        const state = await one.state(runId).catch(() => 'not known'); // the connection may be one of the dropped
        return state === 'succeeded';
      },
      20_000,
    );
    const events = await one.work.events(runId);
    for (let index = 0; index < 8; index += 1) {
      const path = `step${index}`;
      expect(events.filter((event) => event.kind === 'step_succeeded' && event.path === path)).toHaveLength(1);
      const cuts = events.filter((event) => event.kind === 'step_cut_off' && event.path === path).length;
      expect(calls.get(`${runId}:${path}:1`)).toBeLessThanOrEqual(1 + cuts);
    }
  }
}, 60_000);
