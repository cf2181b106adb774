import type { Pool } from 'pg';

/** How much waits in the database now. */
export interface Depths {
  /** queued runs that are free to go, by their rank: the higher one goes first */
  queued: { [rank: string]: { runs: number; oldestSeconds: number } };
  gated: number;
  running: number;
  paused: number;
  /** runs that wait, by what they wait for first */
  waiting: { [reason: string]: number };
  reviews: number;
  /** seconds */
  scheduleLag: number;
}

interface RunsRow {
  kind: 'queued' | 'gated' | 'running' | 'paused' | 'waiting';
  /** rank, or what is waited for */
  of: string;
  runs: number;
  oldest: number | null;
}

/** One look at what waits: partial indexes answer all of it. */
export async function readDepths(pool: Pool): Promise<Depths> {
  const [runs, rest] = await Promise.all([
    pool.query<RunsRow>({
      name: 'rondo_depths',
      text: `
SELECT kind, CASE kind
    WHEN 'queued' THEN priority::text
    WHEN 'waiting' THEN coalesce(waits::json -> 0 ->> 'for', 'nothing') ELSE '' END AS of,
  count(*)::int AS runs, extract(epoch FROM now() - min(queued_at))::float AS oldest
FROM (
  SELECT priority, waits, queued_at, CASE WHEN paused_at IS NOT NULL THEN 'paused'
    WHEN state = 'queued' AND gated THEN 'gated' ELSE state END AS kind
  FROM run WHERE state <> 'succeeded' AND state IN ('queued', 'running', 'waiting')
) AS open GROUP BY 1, 2`,
    }),
    pool.query<{ reviews: number; lag: number }>({
      name: 'rondo_lags',
      text: `SELECT (SELECT count(*)::int FROM review WHERE state = 'open') AS reviews,
  (SELECT coalesce(greatest(0, extract(epoch FROM now() - min(next_make_at))), 0)::float FROM schedule
   WHERE enabled AND next_make_at IS NOT NULL) AS lag`,
    }),
  ]);
  const of = (kind: RunsRow['kind']) => runs.rows.filter((row) => row.kind === kind);
  const sum = (kind: RunsRow['kind']) => of(kind).reduce((total, row) => total + row.runs, 0);
  return {
    queued: Object.fromEntries(
      of('queued').map((row) => [row.of, { runs: row.runs, oldestSeconds: Math.max(0, row.oldest ?? 0) }]),
    ),
    gated: sum('gated'),
    running: sum('running'),
    paused: sum('paused'),
    waiting: Object.fromEntries(of('waiting').map((row) => [row.of, row.runs])),
    reviews: rest.rows[0]?.reviews ?? 0,
    scheduleLag: rest.rows[0]?.lag ?? 0,
  };
}
