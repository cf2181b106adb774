import type { RunError } from '@rondo/shared/runs/events.ts';
import type { Pool } from 'pg';
import { stateOf } from './runs.ts';

/** Counting ends there: what is drawn says "1,000" and nobody waits for more. */
const mostCounted = 1000;

interface Failing {
  flowId: string | null;
  flowName: string;
  failed: number;
  runs: number;
  runId: string;
  message: string;
}

/** The flows whose runs failed since a time, the latest failure first. @param most how many flows */
export async function failingFlows(pool: Pool, since: string, most: number): Promise<Failing[]> {
  const { rows } = await pool.query<{
    flow_id: string | null;
    flow_name: string;
    failed: number;
    runs: number;
    run_id: string;
    error: string | null;
  }>(
    `WITH late AS (
       SELECT id, flow_id FROM run
       WHERE state = 'failed' AND state <> 'succeeded' AND id >= rondo_first_uuid($1::timestamptz)
         -- what somebody tries out, or expects to fail, is no trouble of the team
         AND trigger NOT IN ('part', 'check')
       ORDER BY id DESC LIMIT ${mostCounted}
     ), worst AS (
       SELECT flow_id, count(*)::int AS failed, (array_agg(id ORDER BY id DESC))[1] AS run_id
       FROM late GROUP BY flow_id ORDER BY run_id DESC LIMIT $2
     )
     SELECT worst.flow_id, run.flow_name, worst.failed, run.id AS run_id, run.error,
       (SELECT count(*)::int FROM (
          SELECT 1 FROM run AS every WHERE every.flow_id = worst.flow_id
            AND every.id >= rondo_first_uuid($1::timestamptz) LIMIT ${mostCounted}) AS counted) AS runs
     FROM worst JOIN run ON run.id = worst.run_id ORDER BY worst.run_id DESC`,
    [since, most],
  );
  return rows.map((row) => ({
    flowId: row.flow_id,
    flowName: row.flow_name,
    failed: row.failed,
    runs: Math.max(row.runs, row.failed),
    runId: row.run_id,
    ...reasonOf(row.error),
  }));
}

function reasonOf(error: string | null): Pick<RunError, 'message' | 'said'> {
  const read = error === null ? null : (JSON.parse(error) as RunError);
  return { message: read?.message.slice(0, 300) ?? '', ...(read?.said && { said: read.said }) };
}

const drawn = 24;

/** Of each flow the states of its last runs, the newest last, and how many there were in a week. */
export async function recentRuns(pool: Pool, flowIds: readonly string[]) {
  const { rows } = await pool.query<{ id: string; states: string[]; week: number }>(
    `SELECT f.id,
       ARRAY(SELECT state FROM run WHERE run.flow_id = f.id ORDER BY run.id DESC LIMIT ${drawn}) AS states,
       (SELECT count(*)::int FROM (SELECT 1 FROM run WHERE run.flow_id = f.id
          AND run.id >= rondo_first_uuid(now() - interval '7 days') LIMIT ${mostCounted}) AS counted) AS week
     FROM unnest($1::uuid[]) AS f(id)`,
    [flowIds],
  );
  return rows.map(({ id, states, week }) => ({ flowId: id, states: states.map(stateOf).reverse(), week }));
}
