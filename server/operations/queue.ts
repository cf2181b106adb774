import { contracts as c } from './contract/index.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { workspaceId } from './identity.ts';
import { nameIn } from './queuedWhy.ts';

const mostFlows = 100;

interface Counted {
  flow_id: string | null;
  flow_name: string | null;
  paused: boolean;
  queued: number;
  gated: number;
  running: number;
  waiting: number;
}

export const queueGet = defineRead(c.queue.get, async ({ prisma, services }, { search, having }) => {
  const workspace = await prisma.workspace.findUnique({ where: { id: workspaceId } });
  const { rows } = await services.store.pool.query<Counted>(
    `SELECT counted.flow_id, flow.name AS flow_name, flow.paused_at IS NOT NULL AS paused, queued, gated, running, waiting
     FROM (
       SELECT flow_id, count(*) FILTER (WHERE state = 'queued' AND NOT gated)::int AS queued,
         count(*) FILTER (WHERE state = 'queued' AND gated)::int AS gated,
         count(*) FILTER (WHERE state = 'running')::int AS running,
         count(*) FILTER (WHERE state = 'waiting')::int AS waiting
       FROM run WHERE state <> 'succeeded' AND state IN ('queued', 'running', 'waiting') GROUP BY flow_id
     ) AS counted LEFT JOIN flow ON flow.id = counted.flow_id
     ORDER BY queued + gated DESC, running DESC, waiting DESC`,
  );
  const oldest = await services.store.pool.query<{ at: Date | null }>(
    `SELECT min(queued_at) AS at FROM run WHERE state = 'queued' AND NOT gated AND paused_at IS NULL`,
  );
  const sum = (field: 'queued' | 'gated' | 'running' | 'waiting') => rows.reduce((total, row) => total + row[field], 0);
  const text = search?.trim().toLowerCase();
  const matching = rows.filter(
    (row) => (!text || (row.flow_name ?? '').toLowerCase().includes(text)) && (!having || row[having] > 0),
  );
  return {
    paused: workspace?.queuePausedAt
      ? { at: workspace.queuePausedAt.toISOString(), byName: nameIn(workspace.queuePausedBy) ?? '' }
      : null,
    queued: sum('queued'),
    gated: sum('gated'),
    running: sum('running'),
    waiting: sum('waiting'),
    oldestQueuedAt: oldest.rows[0]?.at?.toISOString() ?? null,
    more: Math.max(0, matching.length - mostFlows),
    flows: matching.slice(0, mostFlows).map((row) => ({
      flowId: row.flow_id,
      flowName: row.flow_name ?? '',
      queued: row.queued,
      gated: row.gated,
      running: row.running,
      waiting: row.waiting,
      paused: row.paused,
    })),
  };
});

export const queuePause = defineWrite(
  c.queue.pause,
  () => ({ kind: 'workspace', id: workspaceId }),
  async ({ tx, caller, services, afterCommit }) => {
    await tx.workspace.updateMany({
      where: { id: workspaceId, queuePausedAt: null },
      data: { queuePausedAt: services.now(), queuePausedBy: JSON.stringify(caller.actor) },
    });
    afterCommit(() => services.runs.rulesChanged(null));
    return {};
  },
);

export const queueResume = defineWrite(
  c.queue.resume,
  () => ({ kind: 'workspace', id: workspaceId }),
  async ({ tx, services, afterCommit }) => {
    await tx.workspace.update({ where: { id: workspaceId }, data: { queuePausedAt: null, queuePausedBy: null } });
    afterCommit(() => services.runs.rulesChanged(null));
    return {};
  },
);
