import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BlobStore } from '../blobs/blobStore.ts';
import { openTestS3, type TestS3 } from '../blobs/testS3.ts';
import { inTransaction } from '../store/inTransaction.ts';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { answerInside } from '../work/answers.ts';
import { ask, chain, say } from '../work/testFlows.ts';
import { openTestWork, type TestWork, tester, until } from '../work/testWork.ts';
import { type BackupOptions, backup } from './backup.ts';
import { BackupFileError } from './format.ts';
import { checkBackup, RestoreRefused, restore } from './restore.ts';

let source: TestDatabase;
let target: TestDatabase;
let s3: TestS3;
let folder: string;
const text = { title: 'text', type: 'string' };
const light = chain([say('one'), say('two')], [text]);
const asks = chain([ask('question'), say('after')], [text]);

beforeAll(async () => {
  [source, target, s3] = [await testDatabase(), await testDatabase(), await openTestS3()];
  folder = await mkdtemp(join(tmpdir(), 'rondo-backup-'));
});
afterAll(async () => {
  await source.drop();
  await target.drop();
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

const s3Options = () => ({
  bucket: 'rondo',
  endpoint: s3.endpoint,
  region: 'us-east-1',
  accessKeyId: 'key',
  secretAccessKey: 'secret',
  prefix: '',
});

function options(file: string, more: Partial<BackupOptions> = {}): BackupOptions {
  return {
    databaseUrl: source.databaseUrl,
    blobs: new BlobStore(source.store.pool, s3Options()),
    file: join(folder, file),
    version: '0.2.0',
    key: Buffer.alloc(32, 7),
    withKey: false,
    withObjects: true,
    onProgress: () => undefined,
    ...more,
  };
}

const quiet = () => undefined;

/** Every row of every table as text, in one snapshot. */
async function contentOf(databaseUrl: string): Promise<Map<string, string[]>> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
         AND NOT relispartition AND relname <> '_prisma_migrations' ORDER BY relname`,
    );
    const content = new Map<string, string[]>();
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t ORDER BY 1`);
      content.set(
        name,
        rows.map((one) => one.row),
      );
    }
    return content;
  } finally {
    await client.end();
  }
}

test('a backup that is made while nothing changes is restored row by row, in every table', async () => {
  const work: TestWork = await openTestWork(source.databaseUrl);
  const bytes = randomBytes(700_000);
  await new BlobStore(source.store.pool).putBytes(bytes);
  const inS3 = await new BlobStore(source.store.pool, s3Options()).putBytes(randomBytes(300_000));
  for (let n = 0; n < 20; n += 1) await work.start(light, { inputs: { text: `\\ \t\n \u0000 ä ${n}` } });
  const waiting = await work.start(asks, { inputs: { text: randomBytes(50_000).toString('hex') } });
  await until('it waits', async () => (await work.state(waiting)) === 'waiting');
  await until('all ended', async () => {
    const { rows } = await source.store.pool.query("SELECT 1 FROM run WHERE state IN ('queued', 'running')");
    return rows.length === 0;
  });
  await work.close();
  const made = options('quiet.rondo');
  const before = await contentOf(source.databaseUrl);
  const written = await backup(made);
  expect(written.objects).toBe(1);
  const result = await restore({ databaseUrl: target.databaseUrl, file: made.file, replace: false, onProgress: quiet });
  expect(result.rows).toEqual(written.rows);
  const after = await contentOf(target.databaseUrl);
  expect([...after.keys()]).toEqual([...before.keys()]);
  for (const [table, rows] of before) {
    // The objects of S3 went into the database: their rows say so.
    if (table === 'blob' || table === 'blob_chunk') continue;
    expect(after.get(table), table).toEqual(rows);
  }
  expect((await new BlobStore(target.store.pool).bytes(inS3.hash)).length).toBe(300_000);
  for (const name of ['run_number_seq', 'server_lock_key_seq']) {
    const ask = `SELECT last_value FROM ${name}`;
    expect((await target.store.pool.query(ask)).rows).toEqual((await source.store.pool.query(ask)).rows);
  }
});

test('a database that holds something is left alone without --replace', async () => {
  const file = join(folder, 'quiet.rondo');
  await expect(restore({ databaseUrl: target.databaseUrl, file, replace: false, onProgress: quiet })).rejects.toThrow(
    RestoreRefused,
  );
});

test('a backup that is made while runs go on is whole: each goes on after the restore, none twice', async () => {
  const work = await openTestWork(source.databaseUrl);
  const made = options('busy.rondo');
  let going = true;
  const starts = (async () => {
    for (let n = 0; going; n += 1) {
      await work.start(n % 3 === 0 ? asks : light, { inputs: { text: String(n) } });
      if (n > 2000) going = false;
    }
  })();
  await until('there is something to save', async () => {
    const { rows } = await source.store.pool.query('SELECT count(*)::int AS n FROM run');
    return rows[0].n > 60;
  });
  await backup(made);
  going = false;
  await starts;
  await work.close();

  await restore({ databaseUrl: target.databaseUrl, file: made.file, replace: true, onProgress: quiet });
  const { rows: torn } = await target.store.pool.query(
    `SELECT run.id FROM run WHERE next_seq <> (
       SELECT coalesce(sum(count), 0) FROM run_journal WHERE run_id = run.id)`,
  );
  expect(torn).toEqual([]);
  const restored = await openTestWork(target.databaseUrl, { timing: { deadAfterMs: 500 } });
  try {
    await until('running runs were taken over', async () => {
      const { rows } = await target.store.pool.query("SELECT 1 FROM run WHERE state IN ('queued', 'running')");
      return rows.length === 0;
    });
    const { rows } = await target.store.pool.query("SELECT id, waits FROM run WHERE state = 'waiting'");
    expect(rows.length).toBeGreaterThan(3);
    for (const { id: runId, waits } of rows) {
      const given = { runId, waitId: JSON.parse(waits)[0].id, answer: { kind: 'message', text: 'yes' }, actor: tester };
      await inTransaction(target.store.pool, (client) =>
        answerInside(client, given as Parameters<typeof answerInside>[1]),
      );
      await restored.work.wake(runId);
    }
    await until('waiting runs went on', async () => {
      const states = await target.store.pool.query("SELECT 1 FROM run WHERE state <> 'succeeded'");
      return states.rows.length === 0;
    });
    const kinds = await restored.kinds(rows[0].id);
    expect(kinds.filter((kind) => kind === 'run_succeeded')).toHaveLength(1);
    await expect(
      restore({ databaseUrl: target.databaseUrl, file: made.file, replace: true, onProgress: quiet }),
    ).rejects.toThrow('at work');
  } finally {
    await restored.close();
  }
});

test('a file that was cut off or changed is refused before anything changes', async () => {
  const whole = await readFile(join(folder, 'quiet.rondo'));
  const cut = join(folder, 'cut.rondo');
  await writeFile(cut, whole);
  await truncate(cut, whole.length - 20);
  const changed = join(folder, 'changed.rondo');
  const other = Buffer.from(whole);
  const at = Math.floor(other.length / 2);
  other[at] = (other[at] ?? 0) ^ 1;
  await writeFile(changed, other);
  const before = await contentOf(target.databaseUrl);
  for (const file of [cut, changed]) {
    await expect(checkBackup(file)).rejects.toThrow(BackupFileError);
    await expect(restore({ databaseUrl: target.databaseUrl, file, replace: true, onProgress: quiet })).rejects.toThrow(
      BackupFileError,
    );
  }
  expect(await contentOf(target.databaseUrl)).toEqual(before);
});

test('the secret key is in the file only when it was asked for', async () => {
  const without = await checkBackup(join(folder, 'quiet.rondo'));
  expect(without.key).toBeUndefined();
  const made = options('key.rondo', { withKey: true });
  await backup(made);
  expect((await checkBackup(made.file)).key).toBe('07'.repeat(32));
});
