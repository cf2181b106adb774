import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import { openStore, StoreError } from './store.ts';
import { type TestDatabase, testDatabase } from './testDatabase.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

describe('migrations', () => {
  it('apply once, also when several servers start together', async () => {
    const again = await Promise.all([1, 2, 3].map(() => migrate(db.databaseUrl)));
    expect(again.flat()).toEqual([]);
    const { rows } = await db.store.pool.query('SELECT checksum, finished_at FROM _prisma_migrations');
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.checksum).toMatch(/^[0-9a-f]{64}$/);
  });

  it('leave nothing behind when they fail, and name what failed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rondo-migrations-'));
    await mkdir(join(folder, '1_broken'));
    await writeFile(join(folder, '1_broken', 'migration.sql'), 'CREATE TABLE half (id int); SELECT nothing_there();');
    const url = new URL(db.databaseUrl);
    url.pathname = '/other_database';
    await db.store.pool.query('CREATE DATABASE other_database');
    await expect(migrate(url.toString(), folder)).rejects.toThrow(/1_broken failed and left nothing behind/);
    const client = new Client({ connectionString: url.toString() });
    await client.connect();
    expect((await client.query("SELECT to_regclass('half') AS half")).rows[0].half).toBeNull();
    await client.end();
    await db.store.pool.query('DROP DATABASE other_database WITH (FORCE)');
    await rm(folder, { recursive: true });
  });

  it('make the partitions of the coming months', async () => {
    const { rows } = await db.store.pool.query(
      "SELECT relname FROM pg_class WHERE relname LIKE 'run_journal_2%' AND relkind = 'r' ORDER BY relname",
    );
    expect(rows.length).toBe(4);
    expect(rows[0].relname).toBe(`run_journal_${new Date().toISOString().slice(0, 7).replace('-', '_')}`);
  });
});

describe('transactions', () => {
  it('keep all or nothing, and say in plain words what was refused', async () => {
    const secret = { id: randomUUID(), name: 'once', ciphertext: new Uint8Array([1]), createdBy: 'x' };
    await expect(
      db.store.transaction(async (tx) => {
        await tx.secret.create({ data: secret });
        throw new Error('second thoughts');
      }),
    ).rejects.toThrow('second thoughts');
    expect(await db.store.prisma.secret.count()).toBe(0);
    await db.store.transaction((tx) => tx.secret.create({ data: secret }));
    const twice = db.store.transaction((tx) => tx.secret.create({ data: { ...secret, id: randomUUID() } }));
    await expect(twice).rejects.toSatisfy((error) => error instanceof StoreError && error.code === 'DUPLICATE');
  });

  it('do not wait for one another’s connections, however many read something beside their own', async () => {
    const store = openStore({ databaseUrl: db.databaseUrl, poolSize: 4 });
    const began = performance.now();
    const numbers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        store.transaction(async (tx) => {
          await tx.$queryRaw`SELECT 1`;
          const { rows } = await store.pool.query<{ n: number }>('SELECT $1::int AS n', [n]);
          return rows[0]?.n;
        }),
      ),
    );
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(performance.now() - began).toBeLessThan(5000);
    await store.close();
  });

  it('G2 a published version and its document never change', async () => {
    const flowId = randomUUID();
    await db.store.prisma.flow.create({
      data: { id: flowId, slug: 'f', name: 'F', draftText: '{}', sourceText: '{}', createdBy: 'x' },
    });
    await db.store.prisma.flowDocument.create({ data: { hash: 'h', text: '{}' } });
    await db.store.prisma.flowVersion.create({
      data: { flowId, number: 1, documentHash: 'h', publishedBy: 'x', publishedByName: 'X' },
    });
    const refused = (error: unknown) => error instanceof StoreError && error.code === 'REFUSED';
    const key = { flowId_number: { flowId, number: 1 } };
    await expect(
      db.store.transaction((tx) => tx.flowVersion.update({ where: key, data: { note: 'new' } })),
    ).rejects.toSatisfy(refused);
    await expect(db.store.transaction((tx) => tx.flowVersion.delete({ where: key }))).rejects.toSatisfy(refused);
    await expect(
      db.store.transaction((tx) => tx.flowDocument.update({ where: { hash: 'h' }, data: { text: '[]' } })),
    ).rejects.toSatisfy(refused);
  });
});

describe('the embedded database', () => {
  it('is taken over while it runs, and keeps its data over a stop and a start', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'rondo-embedded-'));
    const words: string[] = [];
    const first = await startEmbedded({ dataFolder, onProgress: (line) => words.push(line) });
    expect(words).toEqual(['Setting up the database (once) …', 'Starting the database …']);
    const second = await startEmbedded({ dataFolder });
    expect([first.adopted, second.adopted]).toEqual([false, true]);
    expect(second.databaseUrl).toBe(first.databaseUrl);
    await migrate(second.databaseUrl);
    await second.stop(); // not its own: it goes on
    const owner = await startEmbedded({ dataFolder, own: true });
    expect(owner.adopted).toBe(true);
    await owner.stop();
    const later = await startEmbedded({ dataFolder });
    expect(later.adopted).toBe(false);
    expect(await migrate(later.databaseUrl)).toEqual([]);
    await later.stop();
    await rm(dataFolder, { recursive: true, force: true });
  });
});
