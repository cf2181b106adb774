import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';

/** The lock under which one server after the other migrates; any number that nobody else uses. */
export const migrationLock = 7_266_831;

/** Prisma's own table, in its own shape, so that `prisma migrate deploy` and `status` go on working. */
const ledger = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/** The folder `prisma/migrations` above this file, from source or from a bundle. */
function migrationsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'prisma', 'migrations');
    if (existsSync(candidate)) return candidate;
    const above = dirname(folder);
    if (above === folder) throw new Error('The folder prisma/migrations is missing beside the server.');
    folder = above;
  }
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Brings the database to the newest state. Each migration is applied whole or not at all; several servers that start
 * together wait for one another. Also makes the journal's partitions of the coming months.
 *
 * @returns names of the migrations that were applied now
 * @throws {Error} when a migration fails, when one that was applied has changed since, or when the database is newer
 */
export async function migrate(databaseUrl: string, folder: string = migrationsFolder()): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new Client({ connectionString: databaseUrl, application_name: 'rondo migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await client.query(ledger);
    const { rows } = await client.query<{ migration_name: string; checksum: string; finished: boolean }>(
      `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations
       WHERE rolled_back_at IS NULL`,
    );
    const applied = new Map(rows.map((row) => [row.migration_name, row]));
    for (const name of applied.keys()) {
      if (!migrations.some((migration) => migration.name === name)) {
        throw new Error(`The database is newer than this server: it has the migration ${name}. Update the server.`);
      }
    }
    const done: string[] = [];
    for (const migration of migrations) {
      const before = applied.get(migration.name);
      if (before && !before.finished) {
        throw new Error(`The migration ${migration.name} was begun by another tool and never finished: resolve it.`);
      }
      if (before && before.checksum !== migration.checksum) {
        throw new Error(`The migration ${migration.name} was changed after it had been applied.`);
      }
      if (before) continue;
      await apply(client, migration);
      done.push(migration.name);
    }
    await client.query('SELECT rondo_make_partitions(3)');
    return done;
  } finally {
    await client.end();
  }
}

/**
 * Applies some migrations, oldest first, in a transaction of the caller's: for a database that is made anew.
 * @param names those that a backup was made with
 * @throws {Error} when this version does not have one of them
 */
export async function applyMigrations(
  client: Client,
  names: readonly string[],
  folder: string = migrationsFolder(),
): Promise<void> {
  const migrations = await readMigrations(folder);
  await client.query(ledger);
  for (const name of names) {
    const migration = migrations.find((one) => one.name === name);
    if (!migration) throw new Error(`The backup is of a newer Rondo: it has the migration ${name}. Update this one.`);
    await client.query(migration.sql);
    await record(client, migration);
  }
}

async function record(client: Client, migration: Migration): Promise<void> {
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
     VALUES ($1, $2, clock_timestamp(), $3, 1)`,
    [randomUUID(), migration.checksum, migration.name],
  );
}

async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await record(client, migration);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The migration ${migration.name} failed and left nothing behind: ${why}`, { cause: error });
  }
}
