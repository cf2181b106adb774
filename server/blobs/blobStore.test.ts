import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../store/testDatabase.ts';
import { publishedFlow } from '../work/testFlowRow.ts';
import { chain, say } from '../work/testFlows.ts';
import { BlobStore, TooLargeError } from './blobStore.ts';
import { sweepBlobs } from './blobSweep.ts';
import { openTestS3, type TestS3 } from './testS3.ts';

let database: TestDatabase;
let s3: TestS3;
beforeAll(async () => {
  database = await testDatabase();
  s3 = await openTestS3();
});
afterAll(async () => {
  await s3.close();
  await database.drop();
});

const options = () => ({
  bucket: 'rondo',
  endpoint: s3.endpoint,
  region: 'us-east-1',
  accessKeyId: 'key',
  secretAccessKey: 'secret',
  prefix: 'files/',
});
const open = (kind: string) => new BlobStore(database.store.pool, kind === 's3' ? options() : undefined);

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function gathered(content: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of content ?? pieces(Buffer.alloc(0), 1)) parts.push(part);
  return Buffer.concat(parts);
}

describe.each(['database', 's3'])('content in %s', (kind) => {
  test.each([0, 1, 256 * 1024, 256 * 1024 + 1, 12 * 1024 * 1024 + 7])(
    '%i bytes come back as they went in, also in part',
    async (size) => {
      const blobs = open(kind);
      const bytes = randomBytes(size);
      const stored = await blobs.put(pieces(bytes, 100_003));
      expect(stored).toEqual({ hash: createHash('sha256').update(bytes).digest('hex'), size });
      const content = await blobs.open(stored.hash);
      expect((await gathered(content?.read())).equals(bytes)).toBe(true);
      if (size < 2) return;
      const range = { from: Math.floor(size / 3), to: size - 2 };
      expect((await gathered(content?.read(range))).equals(bytes.subarray(range.from, range.to + 1))).toBe(true);
    },
  );

  test('what is too large leaves nothing behind, and the same content is kept once', async () => {
    const blobs = open(kind);
    const count = async () =>
      kind === 's3'
        ? s3.objects.size
        : Number((await database.store.pool.query('SELECT count(DISTINCT place) AS n FROM blob_chunk')).rows[0].n);
    const before = await count();
    await expect(blobs.put(pieces(randomBytes(700_000), 10_000), 600_000)).rejects.toThrow(TooLargeError);
    expect(await count()).toBe(before);
    const bytes = randomBytes(300_000);
    const one = await blobs.put(pieces(bytes, 1000));
    expect(await blobs.put(pieces(bytes, 7000))).toEqual(one);
    expect(await blobs.putBytes(bytes)).toEqual(one);
    expect(await count()).toBe(before + 1);
  });
});

test('with S3 configured, what is in the database stays readable; the sweep removes objects', async () => {
  const bytes = randomBytes(1000);
  const { hash } = await open('database').put(pieces(bytes, 100));
  const blobs = open('s3');
  expect((await blobs.bytes(hash)).equals(bytes)).toBe(true);
  expect(s3.objects.size).toBeGreaterThan(0);
  expect([...s3.objects.keys()].every((key) => key.startsWith('/rondo/files/'))).toBe(true);
  expect(s3.calls).toContain('POST complete');
  await sweepBlobs(database.store.pool, blobs, new Date(Date.now() + 2 * 3_600_000));
  expect(s3.objects.size).toBe(0);
  const { rows } = await database.store.pool.query('SELECT count(*)::int AS n FROM blob_chunk');
  expect(rows[0].n).toBe(0);
});

test('an upload that nothing uses goes after a day; one that a schedule gives to runs to come stays', async () => {
  const { pool } = database.store;
  const blobs = open('database');
  const upload = async (name: string) => {
    const { hash, size } = await blobs.put(pieces(randomBytes(1000), 100));
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO stored_file (id, name, media_type, size, hash, created_by)
       VALUES (gen_random_uuid(), $1, 'text/plain', $2, $3, 'person') RETURNING id`,
      [name, size, hash],
    );
    return rows[0]?.id ?? '';
  };
  const [unused, scheduled] = [await upload('unused'), await upload('scheduled')];
  const flow = await publishedFlow(pool, chain([say('a')]));
  await pool.query(
    `INSERT INTO schedule (id, flow_id, name, kind, every_seconds, time_zone, inputs, created_by, updated_at)
     VALUES (gen_random_uuid(), $1, 'Yearly', 'every', 31536000, 'UTC', $2, 'person', now())`,
    [flow.flowId, JSON.stringify({ report: { id: scheduled, name: 'scheduled' } })],
  );
  const there = async () =>
    (await pool.query<{ id: string }>('SELECT id FROM stored_file ORDER BY name')).rows.map((row) => row.id);
  await sweepBlobs(pool, blobs, new Date(Date.now() + 23 * 3_600_000));
  expect(await there()).toEqual([scheduled, unused]);
  await sweepBlobs(pool, blobs, new Date(Date.now() + 25 * 3_600_000));
  expect(await there()).toEqual([scheduled]);
  await pool.query('DELETE FROM schedule');
  await sweepBlobs(pool, blobs, new Date(Date.now() + 25 * 3_600_000));
  expect(await there()).toEqual([]);
});
