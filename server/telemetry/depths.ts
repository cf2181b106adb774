import type { Pool } from 'pg';

/** How much waits in the database now. */
export interface Depths {
  queued: number;
  oldestSeconds: number;
  gated: number;
  running: number;
  waiting: number;
  paused: number;
  reviews: number;
  /** seconds */
  scheduleLag: number;
}

/** One look at what waits: partial indexes answer all of it. */
export async function readDepths(pool: Pool): Promise<Depths> {
  const { rows } = await pool.query<{ [Name in keyof Depths]: number }>({
    name: 'rondo_depths',
    text: `SELECT
  count(*) FILTER (WHERE state = 'queued' AND NOT gated AND paused_at IS NULL)::int AS queued,
  coalesce(extract(epoch FROM now() - min(queued_at) FILTER (WHERE state = 'queued' AND NOT gated AND paused_at IS NULL)), 0)::float
    AS "oldestSeconds",
  count(*) FILTER (WHERE state = 'queued' AND gated)::int AS gated,
  count(*) FILTER (WHERE state = 'running')::int AS running,
  count(*) FILTER (WHERE state = 'waiting')::int AS waiting,
  count(*) FILTER (WHERE paused_at IS NOT NULL)::int AS paused,
  (SELECT count(*)::int FROM review WHERE state = 'open') AS reviews,
  (SELECT coalesce(greatest(0, extract(epoch FROM now() - min(next_make_at))), 0)::float FROM schedule
   WHERE enabled AND next_make_at IS NOT NULL) AS "scheduleLag"
FROM run WHERE state <> 'succeeded' AND state IN ('queued', 'running', 'waiting')`,
  });
  const row = rows[0];
  if (!row) throw new Error('The database did not say what waits.');
  return row;
}
