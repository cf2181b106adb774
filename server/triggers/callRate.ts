import type { Pool } from 'pg';

/**
 * Counts a call of a key in a minute that begins with its first call, over all servers.
 * @returns how many calls of the key that minute has had, this one included, and the seconds until it is over
 */
export async function countCall(pool: Pool, key: string): Promise<{ calls: number; secondsLeft: number }> {
  const { rows } = await pool.query<{ calls: number; seconds: number }>({
    name: 'rondo_count_call',
    // The clock is read when the row is ours: many calls at once wait for one another here.
    text: `INSERT INTO call_rate AS known (key, since, calls) VALUES ($1, clock_timestamp(), 1)
           ON CONFLICT (key) DO UPDATE SET
             calls = CASE WHEN known.since > clock_timestamp() - interval '1 minute' THEN known.calls + 1 ELSE 1 END,
             since = CASE WHEN known.since > clock_timestamp() - interval '1 minute'
               THEN known.since ELSE clock_timestamp() END
           RETURNING calls, extract(epoch FROM since + interval '1 minute' - clock_timestamp())::float8 AS seconds`,
    values: [key],
  });
  const row = rows[0];
  if (!row) throw new Error('A call was not counted.');
  return { calls: row.calls, secondsLeft: Math.min(60, Math.max(1, Math.ceil(row.seconds))) };
}

/** Removes counts of minutes that are over. */
export async function forgetCalls(pool: Pool): Promise<void> {
  await pool.query(
    `DELETE FROM call_rate WHERE key IN (
       SELECT key FROM call_rate WHERE since < now() - interval '1 minute' FOR UPDATE SKIP LOCKED)`,
  );
}
