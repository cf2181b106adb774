#!/usr/bin/env node
/**
 * Says whether a worker runs in this container: exit 0 when one on this host has shown itself in the database within
 * the last 30 seconds. A worker has no door that says so.
 */
import { hostname } from 'node:os';
import { Client } from 'pg';

const database = new Client({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 4000 });
try {
  await database.connect();
  const { rowCount } = await database.query(
    "SELECT 1 FROM server WHERE kind = 'worker' AND host = $1 AND stopped_at IS NULL AND heartbeat_at > now() - interval '30 seconds'",
    [hostname()],
  );
  if (rowCount === 0) console.error('No worker of this host has shown itself within 30 seconds.');
  process.exitCode = rowCount === 0 ? 1 : 0;
} catch (error) {
  console.error(`The database does not answer: ${error.message}`);
  process.exitCode = 1;
} finally {
  await database.end().catch(() => undefined);
}
