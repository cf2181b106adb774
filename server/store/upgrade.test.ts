import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chain, say } from '../work/testFlows.ts';
import { openTestWork, until } from '../work/testWork.ts';
import { checkCompatibility, TooOldError } from './compatibility.ts';
import { migrate } from './migrate.ts';
import { type TestDatabase, testDatabase } from './testDatabase.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'rondo-upgrade-'));
  await cp(join(import.meta.dirname, '..', '..', 'prisma', 'migrations'), folder, { recursive: true });
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function add(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

test('a long migration holds whoever starts meanwhile until it is done, while an old worker goes on', async () => {
  const old = await openTestWork(database.databaseUrl);
  try {
    await add('20990101000000_long', 'CREATE TABLE added (id INTEGER); SELECT pg_sleep(1.5);');
    const order: string[] = [];
    const first = migrate(database.databaseUrl, folder).then((done) => {
      order.push('first');
      return done;
    });
    await until('the first one migrates', async () => {
      const { rows } = await database.store.pool.query(
        "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(1.5)%' AND pid <> pg_backend_pid()",
      );
      return rows.length > 0;
    });
    const second = migrate(database.databaseUrl, folder).then((done) => {
      order.push('second');
      return done;
    });
    const runId = await old.start(chain([say('one')]));
    await until('a run ended meanwhile', async () => (await old.state(runId)) === 'succeeded');
    expect(order).toEqual([]);
    expect(await first).toEqual(['20990101000000_long']);
    expect(await second).toEqual([]);
    expect(order).toEqual(['first', 'second']);
  } finally {
    await old.close();
  }
});

test('a worker that a migration makes too old is told within its heartbeats, a new one goes on', async () => {
  const told: Error[] = [];
  const timing = { heartbeatMs: 50 };
  const old = await openTestWork(database.databaseUrl, {
    version: '0.2.0',
    timing,
    onUnfit: (error) => told.push(error),
  });
  const fresh: Error[] = [];
  const next = await openTestWork(database.databaseUrl, {
    version: '0.3.1',
    timing,
    onUnfit: (error) => fresh.push(error),
  });
  try {
    await checkCompatibility(database.store.pool, '0.2.0');
    await add('20990102000000_raises', "UPDATE compatibility SET least_version = '0.3.0';");
    await migrate(database.databaseUrl, folder);
    await until('the old one is told', () => told.length > 0);
    expect(told[0]).toBeInstanceOf(TooOldError);
    expect(told[0]?.message).toBe(
      'This is Rondo 0.2.0, and the database needs 0.3.0 or newer. Update this process, then start it again.',
    );
    expect(fresh).toEqual([]);
    await expect(checkCompatibility(database.store.pool, '0.2.0')).rejects.toThrow(TooOldError);
    await checkCompatibility(database.store.pool, '0.10.0');
  } finally {
    await old.close();
    await next.close();
  }
});

test('a process whose product does not know a migration of the database does not start', async () => {
  await expect(migrate(database.databaseUrl)).rejects.toThrow('The database is newer than this server');
});
