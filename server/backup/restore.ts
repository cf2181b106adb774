import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import { BlobStore } from '../blobs/blobStore.ts';
import type { S3Options } from '../blobs/s3Place.ts';
import { applyMigrations, migrate, migrationLock } from '../store/migrate.ts';
import { lifeLock } from '../work/serverProcess.ts';
import { quoted } from './backup.ts';
import { copyIn } from './copy.ts';
import { BackupFileError, type BackupRecord, decode, type Manifest } from './format.ts';

export interface RestoreOptions {
  databaseUrl: string;
  file: string;
  /** where objects of S3 go now; undefined = into the database */
  s3?: S3Options;
  /** false: a database that holds anything is left alone */
  replace: boolean;
  /** folder of the migrations; default: the product's */
  migrations?: string;
  onProgress(words: string): void;
}

export interface RestoreResult {
  manifest: Manifest;
  rows: { [table: string]: number };
  objects: number;
}

/** The database is not empty, or in use. */
export class RestoreRefused extends Error {}

/** Reads a backup from end to end without changing anything. @throws {BackupFileError} when it is not whole */
export async function checkBackup(file: string): Promise<Manifest> {
  let manifest: Manifest | undefined;
  for await (const record of decode(file)) if (record.kind === 'M') manifest = manifestIn(record);
  if (!manifest) throw new BackupFileError(`${file} has no manifest.`);
  return manifest;
}

/**
 * Puts a backup in the place of what the database holds, all of it in one transaction. The file is read to its end
 * before anything is changed.
 * @throws {BackupFileError} @throws {RestoreRefused}
 */
export async function restore(options: RestoreOptions): Promise<RestoreResult> {
  const { databaseUrl, file, onProgress } = options;
  onProgress('Checking the file …');
  const manifest = await checkBackup(file);
  const client = new Client({ connectionString: databaseUrl, application_name: 'rondo restore' });
  await client.connect();
  const result: RestoreResult = { manifest, rows: {}, objects: 0 };
  try {
    // A server that starts meanwhile waits here, as for a migration.
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await refuseLive(client);
    if (!options.replace) await refuseFilled(client);
    await client.query('BEGIN');
    await client.query('DROP SCHEMA public CASCADE');
    await client.query('CREATE SCHEMA public');
    // Hints of the queue: runs are found by their rows.
    await client.query('DROP SCHEMA IF EXISTS queue CASCADE');
    await applyMigrations(client, manifest.migrations, options.migrations);
    for (const name of manifest.partitions) await makePartition(client, name);
    // What migrations put in is in the backup, too.
    for (const { name } of manifest.tables) await client.query(`DELETE FROM ${quoted(name)}`);
    await fill(client, options, manifest, result);
    for (const { name, value } of manifest.sequences)
      await client.query('SELECT setval($1::regclass, $2)', [quoted(name), value]);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
  await migrate(databaseUrl, ...(options.migrations === undefined ? [] : [options.migrations]));
  return result;
}

async function refuseLive(client: Client): Promise<void> {
  const { rows } = await client.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND classid::bigint = $1 AND objsubid = 2
       AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [lifeLock],
  );
  if (rows[0]?.n) throw new RestoreRefused('A server or worker is at work on this database. Stop it, then restore.');
}

async function refuseFilled(client: Client): Promise<void> {
  for (const table of ['"user"', 'flow', 'run', 'audit']) {
    const { rows: there } = await client.query<{ name: string | null }>('SELECT to_regclass($1) AS name', [table]);
    if (!there[0]?.name) continue;
    const { rowCount } = await client.query(`SELECT 1 FROM ${table} LIMIT 1`);
    if (rowCount)
      throw new RestoreRefused('This database is not empty. With --replace, what it holds is overwritten for good.');
  }
}

async function makePartition(client: Client, name: string): Promise<void> {
  const match = /^run_journal_(\d{4})_(\d{2})$/.exec(name);
  if (!match) throw new BackupFileError(`The backup names a partition “${name}” that this version does not know.`);
  const from = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1));
  const to = new Date(Date.UTC(Number(match[1]), Number(match[2])));
  const { rows } = await client.query<{ first: string; last: string }>(
    'SELECT rondo_first_uuid($1::timestamptz) AS first, rondo_first_uuid($2::timestamptz) AS last',
    [from, to],
  );
  const bounds = rows[0];
  if (!bounds) return;
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${quoted(name)} PARTITION OF run_journal
     FOR VALUES FROM ('${bounds.first}') TO ('${bounds.last}')`,
  );
}

async function fill(client: Client, options: RestoreOptions, manifest: Manifest, result: RestoreResult): Promise<void> {
  const records = decode(options.file);
  const content = new RecordContent(records);
  for (;;) {
    const next = await records.next();
    if (next.done) return;
    const record = next.value;
    if (record.kind === 'T') {
      const { name } = JSON.parse(record.content.toString()) as { name: string };
      const table = manifest.tables.find((one) => one.name === name);
      if (!table) throw new BackupFileError(`The backup has a table “${name}” that its manifest does not name.`);
      options.onProgress(`${name} …`);
      const text = `COPY ${quoted(name)} (${table.columns.map(quoted).join(', ')}) FROM STDIN`;
      const rows = await copyIn(client, text, content.data());
      if (rows !== content.rows)
        throw new BackupFileError(`The table “${name}” took ${rows} rows; the backup has ${content.rows}.`);
      result.rows[name] = rows;
    } else if (record.kind === 'B') {
      const { hash } = JSON.parse(record.content.toString()) as { hash: string };
      await putObject(client, options, hash, content.data());
      result.objects += 1;
    }
  }
}

/** The data of one table or object: up to its end record. */
class RecordContent {
  readonly #records: AsyncGenerator<BackupRecord>;
  rows = 0;
  constructor(records: AsyncGenerator<BackupRecord>) {
    this.#records = records;
  }

  async *data(): AsyncGenerator<Buffer> {
    for (;;) {
      const next = await this.#records.next();
      if (next.done) throw new BackupFileError('The backup ends within a table.');
      if (next.value.kind === 'D') yield next.value.content;
      else {
        this.rows = (JSON.parse(next.value.content.toString()) as { rows: number }).rows;
        return;
      }
    }
  }
}

/** An object of S3 goes to the S3 of this installation, or into its database. */
async function putObject(client: Client, options: RestoreOptions, hash: string, data: AsyncIterable<Buffer>) {
  const place = uuid();
  // The row of the restored database is changed on the connection of its transaction; the bytes need none.
  const blobs = new BlobStore(client, options.s3);
  await blobs.writeAt(place, data);
  await client.query('UPDATE blob SET storage = $2, place = $3 WHERE hash = $1', [
    hash,
    options.s3 ? 's3' : 'database',
    place,
  ]);
  blobs.close();
}

function manifestIn(record: BackupRecord): Manifest {
  const manifest = JSON.parse(record.content.toString()) as Manifest;
  if (manifest.format !== 1)
    throw new BackupFileError('The backup is of a newer Rondo. Update this one, then restore.');
  return manifest;
}
