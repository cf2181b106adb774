import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type EmbeddedDatabase, startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import { openStore, type Store } from './store.ts';

/** A database for one test file: migrated, empty, and gone afterwards. */
export interface TestDatabase {
  databaseUrl: string;
  store: Store;
  /** Drops it, and stops the cluster that was started for it. */
  drop(): Promise<void>;
}

/**
 * Makes a database in the server that `DATABASE_URL_TEST` names, else in an embedded PostgreSQL of its own. A real one
 * in any case: what is tested is how we and PostgreSQL work together.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const given = process.env['DATABASE_URL_TEST'];
  let cluster: EmbeddedDatabase | undefined;
  let folder: string | undefined;
  let base = given;
  if (!base) {
    folder = await mkdtemp(join(tmpdir(), 'rondo-test-'));
    // Tests need no safety against power cuts.
    cluster = await startEmbedded({ dataFolder: folder, settings: { fsync: 'off', shared_buffers: '32MB' } });
    base = cluster.databaseUrl;
  }
  const name = `rondo_test_${randomBytes(6).toString('hex')}`;
  const admin = async (sql: string) => {
    const client = new Client({ connectionString: base });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await admin(`CREATE DATABASE ${name}`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  const databaseUrl = url.toString();
  await migrate(databaseUrl);
  const store = openStore({ databaseUrl });
  return {
    databaseUrl,
    store,
    async drop() {
      await store.close();
      if (cluster && folder) {
        await cluster.stop();
        await rm(folder, { recursive: true, force: true });
      } else {
        await admin(`DROP DATABASE ${name} WITH (FORCE)`);
      }
    },
  };
}
