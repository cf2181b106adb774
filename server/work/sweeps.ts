import type { Actor } from '@rondo/shared/runs/events.ts';
import type { Pool } from 'pg';
import { system } from './claims.ts';
import type { Heartbeat } from './heartbeats.ts';
import { lifeLock } from './serverProcess.ts';

/**
 * Finds processes that died (their lock is free, or they are silent) and queues the runs that they held.
 * @param silent those whose heartbeat did not come, whatever their lock says
 * @returns the runs, and the heartbeats of the processes that live beside this one
 */
export async function sweepDead(
  pool: Pool,
  self: string,
  silent: readonly string[],
): Promise<{ orphans: string[]; others: Heartbeat[] }> {
  const { rows } = await pool.query<{ orphans: string[] | null; others: Heartbeat[] | null }>({
    name: 'rondo_sweep_dead',
    text: `
WITH lock AS (
  SELECT objid::bigint AS key FROM pg_locks
  WHERE locktype = 'advisory' AND classid::bigint = $1 AND objsubid = 2 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
), life AS (
  SELECT id, heartbeat_at,
    id <> ALL ($3::uuid[]) AND EXISTS (SELECT 1 FROM lock WHERE lock.key = server.lock_key) AS alive
  FROM server WHERE stopped_at IS NULL
), gone AS (
  UPDATE server SET stopped_at = now() WHERE id IN (SELECT id FROM life WHERE NOT alive AND id <> $2)
), orphan AS (
  UPDATE run SET state = 'queued', holder = NULL, queued_at = now(), takeovers = takeovers + 1
  WHERE id IN (
    SELECT run.id FROM run
    WHERE state = 'running' AND holder <> $2 AND holder NOT IN (SELECT id FROM life WHERE alive)
    LIMIT 500 FOR UPDATE SKIP LOCKED
  )
  RETURNING id
)
SELECT (SELECT array_agg(id) FROM orphan) AS orphans,
  (SELECT json_agg(json_build_object('id', id, 'at', heartbeat_at)) FROM life WHERE alive AND id <> $2) AS others`,
    values: [lifeLock, self, silent],
  });
  return { orphans: rows[0]?.orphans ?? [], others: rows[0]?.others ?? [] };
}

/** Queues runs whose timer is due. */
export async function sweepTimers(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'rondo_sweep_timers',
    text: `UPDATE run SET state = 'queued', wake_at = NULL, queued_at = now()
           WHERE id IN (
             SELECT id FROM run WHERE state = 'waiting' AND wake_at <= now()
             ORDER BY wake_at LIMIT 1000 FOR UPDATE SKIP LOCKED
           ) RETURNING id`,
  });
  return rows.map((row) => row.id);
}

/** A run that a process holds according to the database, and what the process must do with it. */
export interface HeldRun {
  id: string;
  cancelBy: Actor | null;
  /** it, its flow or the queue is paused: it stops before its next step */
  paused: boolean;
  /** its time is over; seconds that it had */
  timedOut: number | null;
}

/** What a process holds according to the database. */
export async function heldRuns(pool: Pool, holder: string): Promise<HeldRun[]> {
  const { rows } = await pool.query<{
    id: string;
    cancel_requested: boolean;
    cancel_by: string | null;
    paused: boolean;
    timed_out: number | null;
  }>({
    name: 'rondo_held',
    text: `SELECT run.id, cancel_requested, cancel_by,
             run.paused_at IS NOT NULL OR flow.paused_at IS NOT NULL
               OR EXISTS (SELECT 1 FROM workspace WHERE queue_paused_at IS NOT NULL) AS paused,
             CASE WHEN deadline_at <= now() THEN extract(epoch FROM deadline_at - run.created_at)::float END AS timed_out
           FROM run LEFT JOIN flow ON flow.id = run.flow_id
           WHERE state = 'running' AND holder = $1`,
    values: [holder],
  });
  return rows.map((row) => ({
    id: row.id,
    cancelBy: row.cancel_requested ? (row.cancel_by === null ? system : JSON.parse(row.cancel_by)) : null,
    paused: row.paused,
    timedOut: row.timed_out,
  }));
}
