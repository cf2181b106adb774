import type { Pool } from 'pg';
import type { bulkKinds } from './contract/run.ts';
import type { RunFilter } from './contract/runFilter.ts';
import { flowWords } from './flowWords.ts';

export type BulkKind = (typeof bulkKinds)[number];

/** Which of the runs that a filter means an action meets, as a condition on `run`. */
export const bulkCondition: Record<BulkKind, string> = {
  retry: `run.state <> 'succeeded' AND run.state IN ('failed', 'cancelled')`,
  cancel: `run.state <> 'succeeded' AND run.state IN ('queued', 'running', 'waiting')`,
  remove: `run.state IN ('succeeded', 'failed', 'cancelled') AND NOT run.hold`,
};

/** A part of a statement with its values, numbered from a given one on. */
export interface Condition {
  text: string;
  values: unknown[];
}

/**
 * The rows of `run` that a filter means, all but its search, as conditions on `run`. Times become bounds of the id
 * (UUIDv7 begins with the time), so that they are read off the same index as the order of lists.
 * @param first number of the first value
 */
export function conditionOf(filter: RunFilter, first = 1): Condition {
  const parts: string[] = [];
  const values: unknown[] = [];
  const add = (text: (n: string) => string, value: unknown) => {
    parts.push(text(`$${first + values.length}`));
    values.push(value);
  };
  if (filter.flowId) add((n) => `run.flow_id = ${n}::uuid`, filter.flowId);
  // Only with the words of the partial indexes can they be used.
  if (filter.state && filter.state !== 'succeeded') parts.push(`run.state <> 'succeeded'`);
  if (filter.state) add((n) => `run.state = ${n}`, filter.state);
  if (filter.actorId) add((n) => `run.actor_id = ${n}`, filter.actorId);
  if (filter.trigger && filter.trigger !== 'http') parts.push(`run.trigger <> 'http'`);
  if (filter.trigger) add((n) => `run.trigger = ${n}`, filter.trigger);
  if (filter.from) add((n) => `run.id >= rondo_first_uuid(${n}::timestamptz)`, filter.from);
  if (filter.to) add((n) => `run.id < rondo_first_uuid(${n}::timestamptz)`, filter.to);
  if (filter.runIds) add((n) => `run.id = ANY(${n}::uuid[])`, filter.runIds);
  return { text: parts.length > 0 ? parts.join(' AND ') : 'true', values };
}

/** What a search means: a run's number, flows and people of that name. Undefined = nothing is searched for. */
interface Searched {
  number: string | null;
  flowIds: string[];
  actorIds: string[];
}

const mostFound = 200;

async function searched(pool: Pool, search: string | undefined): Promise<Searched | undefined> {
  const text = search?.trim();
  if (!text) return undefined;
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await pool.query<{ flows: string[] | null; actors: string[] | null }>(
    `SELECT (SELECT array_agg(id) FROM (SELECT id FROM flow WHERE ${flowWords('flow')} ILIKE $1 AND name ILIKE $1
         LIMIT ${mostFound}) AS f) AS flows,
       (SELECT array_agg(id) FROM (
         SELECT id FROM "user" WHERE name ILIKE $1 UNION SELECT id FROM apikey WHERE name ILIKE $1
         UNION SELECT id::text FROM schedule WHERE name ILIKE $1 LIMIT ${mostFound}
       ) AS a) AS actors`,
    [like],
  );
  const number = /^#?(\d{1,15})$/.exec(text)?.[1] ?? null;
  return { number, flowIds: rows[0]?.flows ?? [], actorIds: rows[0]?.actors ?? [] };
}

/**
 * Ids of the runs that a filter means, the newest first.
 * @param before only runs older than this id
 * @param only a further condition on `run`, of our own words
 */
export async function matchingRuns(
  pool: Pool,
  filter: RunFilter,
  { before, limit, only = 'true' }: { before?: string; limit: number; only?: string },
): Promise<string[]> {
  const search = await searched(pool, filter.search);
  const condition = conditionOf(filter, 6);
  const where = `${condition.text} AND ${only} AND ($1::uuid IS NULL OR run.id < $1::uuid)`;
  const values = [
    before ?? null,
    limit,
    search?.number ?? null,
    search?.flowIds ?? [],
    search?.actorIds ?? [],
    ...condition.values,
  ];
  // Unused values must still have a type.
  const typed = 'SELECT $3::bigint, $4::uuid[], $5::text[]';
  const newest = `ORDER BY id DESC LIMIT $2`;
  const text = search
    ? `WITH typed AS (${typed}), found AS (
  (SELECT run.id FROM run WHERE run.number = $3::bigint AND ${where})
  UNION
  SELECT hit.id FROM unnest($4::uuid[]) AS f(id), LATERAL (
    SELECT run.id FROM run WHERE run.flow_id = f.id AND ${where} ${newest}) AS hit
  UNION
  SELECT hit.id FROM unnest($5::text[]) AS a(id), LATERAL (
    SELECT run.id FROM run WHERE run.actor_id = a.id AND ${where} ${newest}) AS hit
) SELECT id FROM found ${newest}`
    : `WITH typed AS (${typed}) SELECT run.id FROM run WHERE ${where} ${newest}`;
  const { rows } = await pool.query<{ id: string }>(text, values);
  return rows.map((row) => row.id);
}
