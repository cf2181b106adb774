import { said } from '@rondo/shared/words/said.ts';
import { contracts as c } from './contract/index.ts';
import type { WorkerSummary } from './contract/worker.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { likePattern } from './likePattern.ts';

/** A process whose heartbeat is older than this is shown as silent; soon others take over what it holds. */
const silentAfterMs = 5000;
const shownFor = "interval '1 day'";

interface Row {
  id: string;
  kind: 'server' | 'worker';
  host: string;
  pid: number;
  version: string;
  started_at: Date;
  heartbeat_at: Date;
  stopped_at: Date | null;
  draining: boolean;
  load: string;
  runs: number;
}

interface Load {
  own?: number;
  handed?: number;
  memoryMb?: number;
  cpu?: number;
}

const most = 200;

/** The states that `stateOf` tells, as SQL. */
const stateSql = `CASE WHEN stopped_at IS NOT NULL THEN 'stopped'
  WHEN heartbeat_at < $3::timestamptz THEN 'silent' WHEN draining THEN 'draining' ELSE 'working' END`;

export const workerList = defineRead(c.worker.list, async ({ services }, { search, state }) => {
  const now = services.now().getTime();
  const text = search?.trim();
  const { rows } = await services.store.pool.query<Row>(
    `SELECT id, kind, host, pid, version, started_at, heartbeat_at, stopped_at, draining, load,
       (SELECT count(*)::int FROM run WHERE state = 'running' AND holder = server.id) AS runs
     FROM server WHERE (stopped_at IS NULL OR stopped_at > now() - ${shownFor})
       AND ($1::text IS NULL OR host ILIKE $1 OR pid::text ILIKE $1) AND ($2::text IS NULL OR ${stateSql} = $2)
     ORDER BY stopped_at IS NOT NULL, coalesce(stopped_at, started_at) DESC LIMIT ${most + 1}`,
    [text ? likePattern(text) : null, state ?? null, new Date(now - silentAfterMs)],
  );
  return {
    workers: rows.slice(0, most).map((row) => summaryOf(row, now)),
    version: services.version,
    more: rows.length > most,
  };
});

function summaryOf(row: Row, now: number): WorkerSummary {
  const load: Load = JSON.parse(row.load);
  return {
    id: row.id,
    kind: row.kind,
    host: row.host,
    pid: row.pid,
    version: row.version,
    startedAt: row.started_at.toISOString(),
    heartbeatAt: row.heartbeat_at.toISOString(),
    stoppedAt: row.stopped_at?.toISOString() ?? null,
    state: stateOf(row, now),
    runs: row.runs,
    room: load.own === undefined || load.handed === undefined ? null : { own: load.own, handed: load.handed },
    memoryMb: load.memoryMb ?? null,
    cpu: load.cpu ?? null,
  };
}

function stateOf(row: Row, now: number): WorkerSummary['state'] {
  if (row.stopped_at) return 'stopped';
  if (now - row.heartbeat_at.getTime() > silentAfterMs) return 'silent';
  return row.draining ? 'draining' : 'working';
}

export const workerDrain = defineWrite(
  c.worker.drain,
  (input) => ({ kind: 'worker', id: input.workerId, details: { draining: input.draining } }),
  async ({ tx, audited }, input) => {
    const row = await tx.server.findUnique({ where: { id: input.workerId } });
    if (!row) throw notFound('process');
    audited({ name: `${row.kind} ${row.pid} on ${row.host}` });
    if (row.stoppedAt) throw new OperationError('GONE', said('refused.processGone'));
    await tx.server.update({ where: { id: row.id }, data: { draining: input.draining } });
    return {};
  },
);
