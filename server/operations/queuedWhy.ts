import type { Actor } from '@rondo/shared/runs/events.ts';
import type { FlowSettings } from '@rondo/shared/runs/settings.ts';
import type { Pool } from 'pg';
import type { z } from 'zod';
import type { queuedWhy as shape } from './contract/run.ts';

type Why = z.output<typeof shape>;

/** What of a run's row tells why it is queued. */
interface QueuedRow {
  id: string;
  state: string;
  flowId: string | null;
  gated: boolean;
  limitKey: string | null;
  originId: string | null;
  priority: number;
  pausedAt: Date | null;
  pausedBy: string | null;
}

interface Around {
  settings: string | null;
  flow_paused_by: string | null;
  queue_paused_by: string | null;
  live: number;
  live_of_key: number;
  last_minute: number;
  behind: boolean;
  ahead: number;
}

/** Counting further than this would tell nobody more. */
const mostCounted = 10_000;

/** What keeps a run from going on; null when it is not queued, and when it is paused while it waits. */
export async function queuedWhy(pool: Pool, run: QueuedRow): Promise<Why | null> {
  const paused = run.pausedAt !== null && run.state !== 'running';
  if (run.state !== 'queued') return paused ? { why: 'run_paused', ahead: 0, ...byName(run.pausedBy) } : null;
  const around = await look(pool, run);
  const { ahead } = around;
  if (paused) return { why: 'run_paused', ahead, ...byName(run.pausedBy) };
  if (around.queue_paused_by !== null) return { why: 'queue_paused', ahead, ...byName(around.queue_paused_by) };
  if (around.flow_paused_by !== null) return { why: 'flow_paused', ahead, ...byName(around.flow_paused_by) };
  return run.gated ? limitOf(run, around) : { why: 'turn', ahead };
}

function limitOf(run: QueuedRow, { settings, live, live_of_key, last_minute, behind, ahead }: Around): Why {
  const { limits }: FlowSettings = JSON.parse(settings ?? '{}');
  if (behind) return { why: 'behind_origin', ahead };
  if (limits?.atOnce !== undefined && live >= limits.atOnce) return { why: 'at_once', ahead, limit: limits.atOnce };
  if (limits?.atOncePerKey !== undefined && run.limitKey !== null && live_of_key >= limits.atOncePerKey)
    return { why: 'at_once_per_key', ahead, limit: limits.atOncePerKey, key: run.limitKey };
  if (limits?.perMinute !== undefined && last_minute >= limits.perMinute)
    return { why: 'per_minute', ahead, limit: limits.perMinute };
  return { why: 'turn', ahead };
}

async function look(pool: Pool, run: QueuedRow): Promise<Around> {
  const { rows } = await pool.query<Around>(
    `SELECT
       (SELECT settings FROM flow WHERE id = $1::uuid) AS settings,
       (SELECT coalesce(paused_by, '{}') FROM flow WHERE id = $1::uuid AND paused_at IS NOT NULL) AS flow_paused_by,
       (SELECT coalesce(queue_paused_by, '{}') FROM workspace WHERE queue_paused_at IS NOT NULL) AS queue_paused_by,
       (SELECT count(*)::int FROM run WHERE flow_id = $1::uuid AND state IN ('queued', 'running', 'waiting')
          AND NOT gated) AS live,
       (SELECT count(*)::int FROM run WHERE flow_id = $1::uuid AND limit_key = $2
          AND state IN ('queued', 'running', 'waiting') AND NOT gated) AS live_of_key,
       (SELECT count(*)::int FROM run WHERE flow_id = $1::uuid AND admitted_at > now() - interval '1 minute') AS last_minute,
       EXISTS (SELECT 1 FROM schedule JOIN run AS earlier ON earlier.origin_id = schedule.id
          WHERE schedule.id = $3::uuid AND overlap = 'queue' AND earlier.id < $4::uuid
            AND earlier.state IN ('queued', 'running', 'waiting')) AS behind,
       (SELECT count(*)::int FROM (
          SELECT 1 FROM run WHERE flow_id IS NOT DISTINCT FROM $1::uuid AND state = 'queued' AND gated = $6
            AND paused_at IS NULL AND (priority > $5::int OR (priority = $5::int AND id < $4::uuid))
          LIMIT ${mostCounted}) AS before) AS ahead`,
    [run.flowId, run.limitKey, run.originId, run.id, run.priority, run.gated],
  );
  const [around] = rows;
  if (!around) throw new Error('The queue did not answer.');
  return around;
}

/** The name in the JSON text of an actor. */
export function nameIn(actor: string | null): string | null {
  const read: Partial<Actor> | null = actor === null ? null : JSON.parse(actor);
  return read?.name ?? null;
}

function byName(actor: string | null): { byName?: string } {
  const name = nameIn(actor);
  return name === null ? {} : { byName: name };
}
