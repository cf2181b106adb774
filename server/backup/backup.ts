import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import type { BlobStore } from '../blobs/blobStore.ts';
import { contentLock } from '../blobs/blobSweep.ts';
import { copyOut } from './copy.ts';
import { encode, type Manifest, type RecordKind } from './format.ts';

export interface BackupOptions {
  databaseUrl: string;
  blobs: BlobStore;
  file: string;
  version: string;
  /** the secret key; it goes into the file only when `withKey` is set */
  key: Buffer;
  withKey: boolean;
  /** false: objects in S3 are left where they are, the file only knows of them */
  withObjects: boolean;
  onProgress(words: string): void;
}

export interface BackupResult {
  rows: { [table: string]: number };
  objects: number;
}

/** Tells keys apart without telling them. */
export function keyIdOf(key: Buffer): string {
  return createHash('sha256').update('rondo key ').update(key).digest('hex').slice(0, 16);
}

/**
 * Writes all of the database, as it stands at one moment, into a file; servers and workers may go on meanwhile. The
 * file has its name only when it is whole.
 */
export async function backup(options: BackupOptions): Promise<BackupResult> {
  const client = new Client({ connectionString: options.databaseUrl, application_name: 'rondo backup' });
  await client.connect();
  const part = `${options.file}.part`;
  try {
    // Content that the snapshot knows stays until it is read.
    await client.query('SELECT pg_advisory_lock_shared($1, 0)', [contentLock]);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const result: BackupResult = { rows: {}, objects: 0 };
    // Readable by its owner only: it holds everything.
    await pipeline(encode(records(client, options, result)), createWriteStream(part, { mode: 0o600 }));
    const written = await open(part, 'r');
    await written.sync();
    await written.close();
    await rename(part, options.file);
    return result;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function* records(
  client: Client,
  options: BackupOptions,
  result: BackupResult,
): AsyncGenerator<{ kind: RecordKind; content: Buffer }> {
  const manifest = await manifestOf(client, options);
  yield json('M', manifest);
  for (const { name, columns } of manifest.tables) {
    options.onProgress(`${name} …`);
    yield json('T', { name });
    let rows = 0;
    const text = `COPY (SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(name)}) TO STDOUT`;
    for await (const content of copyOut(client, text, (count) => {
      rows = count;
    }))
      yield { kind: 'D', content };
    result.rows[name] = rows;
    yield json('E', { rows });
  }
  if (!options.withObjects) return;
  const { rows } = await client.query<{ hash: string }>("SELECT hash FROM blob WHERE storage = 's3' ORDER BY hash");
  for (const { hash } of rows) {
    const content = await options.blobs.open(hash);
    if (!content) throw new Error(`The content ${hash} is gone.`);
    yield json('B', { hash });
    for await (const chunk of content.read()) yield { kind: 'D', content: Buffer.from(chunk) };
    yield json('E', { rows: 1 });
    result.objects += 1;
    if (result.objects % 100 === 0) options.onProgress(`${result.objects} of ${rows.length} objects …`);
  }
}

async function manifestOf(client: Client, options: BackupOptions): Promise<Manifest> {
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relpersistence = 'p' AND c.relname <> '_prisma_migrations'
     GROUP BY c.relname ORDER BY c.relname`,
  );
  const { rows: links } = await client.query<{ child: string; parent: string }>(
    `SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint
     WHERE contype = 'f' AND conrelid <> confrelid`,
  );
  const { rows: migrations } = await client.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name',
  );
  const { rows: sequences } = await client.query<{ name: string; value: string }>(
    `SELECT sequencename AS name, last_value AS value FROM pg_sequences
     WHERE schemaname = 'public' AND last_value IS NOT NULL`,
  );
  const { rows: partitions } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'run_journal'::regclass AND c.relname ~ '^run_journal_\\d{4}_\\d{2}$' ORDER BY c.relname`,
  );
  return {
    format: 1,
    version: options.version,
    at: new Date().toISOString(),
    migrations: migrations.map((row) => row.name),
    tables: parentsFirst(tables, links),
    sequences,
    partitions: partitions.map((row) => row.name),
    keyId: keyIdOf(options.key),
    ...(options.withKey && { key: options.key.toString('hex') }),
    objects: options.withObjects,
  };
}

/** Tables in an order in which no row refers to one that is not there yet. */
function parentsFirst(
  tables: readonly Manifest['tables'][number][],
  links: readonly { child: string; parent: string }[],
): Manifest['tables'] {
  const left = [...tables];
  const ordered: Manifest['tables'] = [];
  const bare = (name: string) => name.replaceAll('"', '');
  while (left.length > 0) {
    const waits = (name: string) =>
      links.some((link) => bare(link.child) === name && left.some((table) => table.name === bare(link.parent)));
    const next = left.findIndex((table) => !waits(table.name));
    ordered.push(...left.splice(Math.max(0, next), 1));
  }
  return ordered;
}

/** A name as SQL takes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function json(kind: RecordKind, value: object): { kind: RecordKind; content: Buffer } {
  return { kind, content: Buffer.from(JSON.stringify(value)) };
}
