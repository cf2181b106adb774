import { Client } from 'pg';

/** The clock of a database, for tests that set it forward and back. */
export interface MovableClock {
  /** Sets it so many ms away from the real time. Statements that begin later see it. */
  set(aheadMs: number): Promise<void>;
}

/**
 * Puts a clock that can be moved into a database: for connections that are opened from now on, `now()` and
 * `clock_timestamp()` are found in front of PostgreSQL's own. (`CURRENT_TIMESTAMP` cannot be moved so.)
 *
 * @param url where the database can be reached whenever the clock is moved
 */
export async function makeClockMovable(url: () => string): Promise<MovableClock> {
  const run = async (sql: string) => {
    const client = new Client({ connectionString: url() });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await run(`
    CREATE SCHEMA moved;
    CREATE TABLE moved.clock (ahead interval NOT NULL);
    INSERT INTO moved.clock VALUES ('0');
    CREATE FUNCTION moved.now() RETURNS timestamptz LANGUAGE sql STABLE
      AS 'SELECT pg_catalog.now() + ahead FROM moved.clock';
    CREATE FUNCTION moved.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
      AS 'SELECT pg_catalog.clock_timestamp() + ahead FROM moved.clock';
    DO $$ BEGIN
      EXECUTE format('ALTER DATABASE %I SET search_path = public, moved, pg_catalog', current_database());
    END $$`);
  return { set: (aheadMs) => run(`UPDATE moved.clock SET ahead = interval '1 millisecond' * ${Math.round(aheadMs)}`) };
}
