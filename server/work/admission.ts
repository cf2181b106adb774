import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { PoolClient } from 'pg';
import { inTransaction } from '../store/inTransaction.ts';
import { readObject, type WorkOptions } from './options.ts';
import { type RunRules, rulesOf } from './rules.ts';

/** Runs of a flow that are let in, or looked at, in one go. */
const mostAtOnce = 500;

/** Flows that have runs which are kept back. */
export async function gatedFlows(client: Pick<PoolClient, 'query'>): Promise<string[]> {
  const { rows } = await client.query<{ flow_id: string }>({
    name: 'rondo_gated_flows',
    text: `WITH RECURSIVE flows AS (
  (SELECT flow_id FROM run WHERE state = 'queued' AND gated ORDER BY flow_id LIMIT 1)
  UNION ALL
  SELECT (SELECT flow_id FROM run WHERE state = 'queued' AND gated AND flow_id > flows.flow_id ORDER BY flow_id LIMIT 1)
  FROM flows WHERE flow_id IS NOT NULL
) SELECT flow_id FROM flows WHERE flow_id IS NOT NULL`,
  });
  return rows.map((row) => row.flow_id);
}

/**
 * Lets in as many of a flow's runs as its limits allow: those of the highest rank first, then the oldest. Runs that
 * wait for somebody count as runs at once until they have ended. One process at a time does this for a flow; a second
 * one does nothing, because the first sees the same.
 *
 * @returns the runs that may start now: they are queued, to be woken
 */
export async function admit({ store, formula }: WorkOptions, flowId: string): Promise<string[]> {
  await findKeys(store.pool, formula, flowId);
  return inTransaction(store.pool, async (client) => {
    const { rows } = await client.query<{ mine: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('rondo admit ' || $1, 0)) AS mine`,
      [flowId],
    );
    if (!rows[0]?.mine) return [];
    const rules = await rulesOf(client, flowId);
    return rules.paused ? [] : letIn(client, flowId, rules);
  });
}

async function letIn(client: PoolClient, flowId: string, { limits }: RunRules): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>({
    name: 'rondo_admit',
    text: `
WITH live AS (
  SELECT limit_key, origin_id FROM run
  WHERE flow_id = $1 AND state IN ('queued', 'running', 'waiting') AND NOT gated
), room AS (
  SELECT least(
    CASE WHEN $2::int IS NULL THEN ${mostAtOnce} ELSE $2 - (SELECT count(*) FROM live) END,
    CASE WHEN $4::int IS NULL THEN ${mostAtOnce}
      ELSE $4 - (SELECT count(*) FROM run WHERE flow_id = $1 AND admitted_at > now() - interval '1 minute') END,
    ${mostAtOnce}) AS runs
), looked AS (
  SELECT id, limit_key, origin_id, priority,
    EXISTS (SELECT 1 FROM schedule WHERE schedule.id = run.origin_id AND overlap = 'queue') AS in_turn
  FROM run WHERE flow_id = $1 AND state = 'queued' AND gated AND paused_at IS NULL
    AND ($3::int IS NULL OR limit_key IS NOT NULL)
  ORDER BY priority DESC, id LIMIT 5000
), ranked AS (
  SELECT id, priority,
    $3::int IS NULL OR row_number() OVER (PARTITION BY limit_key ORDER BY priority DESC, id)
      <= $3 - (SELECT count(*) FROM live WHERE live.limit_key = looked.limit_key) AS key_free,
    NOT in_turn OR (row_number() OVER (PARTITION BY origin_id, in_turn ORDER BY priority DESC, id) = 1
      AND NOT EXISTS (SELECT 1 FROM live WHERE live.origin_id = looked.origin_id)) AS origin_free
  FROM looked
)
UPDATE run SET gated = false, admitted_at = now(), queued_at = now()
WHERE id IN (
  SELECT id FROM ranked WHERE key_free AND origin_free ORDER BY priority DESC, id
  LIMIT greatest(0, (SELECT runs FROM room))
) AND state = 'queued' RETURNING id`,
    values: [
      flowId,
      limits?.atOnce ?? null,
      limits?.key ? (limits.atOncePerKey ?? null) : null,
      limits?.perMinute ?? null,
    ],
  });
  return rows.map((row) => row.id);
}

/** Evaluates the key of runs that have none yet, outside any transaction: user's code takes its time. */
async function findKeys(pool: WorkOptions['store']['pool'], formula: WorkOptions['formula'], flowId: string) {
  const { limits } = await rulesOf(pool, flowId);
  if (!limits?.key || limits.atOncePerKey === undefined) return;
  const { rows } = await pool.query<{ id: string; inputs: string }>(
    `SELECT id, inputs FROM run WHERE flow_id = $1 AND state = 'queued' AND gated AND limit_key IS NULL
     ORDER BY priority DESC, id LIMIT ${mostAtOnce}`,
    [flowId],
  );
  for (const row of rows) {
    const key = await keyOf(formula, limits.key, readObject(row.inputs));
    await pool.query('UPDATE run SET limit_key = $2 WHERE id = $1', [row.id, key]);
  }
}

/**
 * The value of a limit's key for some inputs, as text. An expression that fails gives a key that says so: such runs
 * share one place, so that a mistake in it holds runs back instead of letting all of them go.
 */
export async function keyOf(formula: WorkOptions['formula'], key: string, inputs: JsonObject): Promise<string> {
  if (!formula) return 'No expressions are evaluated here.';
  try {
    const value: Json | undefined = await formula(key, inputs);
    return (typeof value === 'string' ? value : JSON.stringify(value ?? null)).slice(0, 500);
  } catch (error) {
    return `The key failed: ${error instanceof Error ? error.message : String(error)}`.slice(0, 500);
  }
}
