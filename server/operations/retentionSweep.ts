import type { RunEvent } from '@rondo/shared/runs/events.ts';
import { withValues } from '@rondo/shared/runs/eventValues.ts';
import type { Retention, WorkspaceSettings } from '@rondo/shared/runs/settings.ts';
import type { Pool } from 'pg';
import { appendAudit } from '../audit/append.ts';
import { neededByNothing } from '../blobs/storedFiles.ts';
import { type Sql, sqlIn } from '../store/sql.ts';
import { system } from '../work/claims.ts';
import { removeRunsIn } from './removal.ts';
import type { Services } from './services.ts';

/** Runs that retention meets. */
export interface Due {
  what: 'values' | 'journal';
  /** since their end */
  days: number;
  /** one flow, or all but some */
  flows: { only: string } | { but: readonly string[] };
  /** those that are held, instead of those that are not */
  held: boolean;
  /** only runs after this id */
  after: string | null;
  limit: number;
}

/** Ids of ended runs that are older than retention keeps them, the oldest first. */
export async function dueRuns(pool: Pool, due: Due): Promise<string[]> {
  const { only, but } = 'only' in due.flows ? { only: due.flows.only, but: [] } : { only: null, but: due.flows.but };
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM run
     WHERE id < rondo_first_uuid(now() - $1 * interval '1 day') AND ($2::uuid IS NULL OR id > $2::uuid)
       AND state IN ('succeeded', 'failed', 'cancelled') AND finished_at < now() - $1 * interval '1 day'
       AND hold = $3 AND ($4::uuid IS NULL OR flow_id = $4::uuid)
       AND (flow_id IS NULL OR flow_id <> ALL($5::uuid[])) AND ($6 OR values_removed_at IS NULL)
     ORDER BY id LIMIT $7`,
    [due.days, due.after, due.held, only, but, due.what === 'journal', due.limit],
  );
  return rows.map((row) => row.id);
}

/** Flows that have a retention of their own. */
async function ownRetentions(pool: Pool): Promise<Map<string, Retention>> {
  const { rows } = await pool.query<{ id: string; settings: string }>(
    `SELECT id, settings FROM flow WHERE settings LIKE '%"retention"%'`,
  );
  const own = new Map<string, Retention>();
  for (const row of rows) {
    const { retention } = JSON.parse(row.settings) as WorkspaceSettings;
    if (retention) own.set(row.id, retention);
  }
  return own;
}

export async function flowsWithOwn(pool: Pool): Promise<string[]> {
  return [...(await ownRetentions(pool)).keys()];
}

/** What each group of runs is kept for. Null = for ever. */
async function groups(pool: Pool): Promise<{ flows: Due['flows']; retention: Required<Retention> }[]> {
  const own = await ownRetentions(pool);
  const { rows } = await pool.query<{ settings: string }>('SELECT settings FROM workspace');
  const common = (JSON.parse(rows[0]?.settings ?? '{}') as WorkspaceSettings).retention ?? {};
  const whole = (retention: Retention): Required<Retention> => ({
    valuesDays: retention.valuesDays === undefined ? (common.valuesDays ?? null) : retention.valuesDays,
    journalDays: retention.journalDays === undefined ? (common.journalDays ?? null) : retention.journalDays,
  });
  return [
    { flows: { but: [...own.keys()] }, retention: whole({}) },
    ...[...own].map(([flowId, retention]) => ({ flows: { only: flowId }, retention: whole(retention) })),
  ];
}

const atOnce = 200;

/**
 * Carries out what retention says: whole runs first, then values of those that stay. In pieces, each in one transaction
 * with its audit row; runs that another process is at are left to it.
 */
export async function sweepRetention(services: Services): Promise<{ runs: number; values: number }> {
  const swept = { runs: 0, values: 0 };
  for (const { flows, retention } of await groups(services.store.pool)) {
    if (retention.journalDays !== null)
      swept.runs += await sweepPart(services, { what: 'journal', days: retention.journalDays, flows });
    if (retention.valuesDays !== null)
      swept.values += await sweepPart(services, { what: 'values', days: retention.valuesDays, flows });
  }
  if (swept.runs > 0) await dropEmptyMonths(services.store.pool);
  return swept;
}

async function sweepPart(services: Services, part: Pick<Due, 'what' | 'days' | 'flows'>): Promise<number> {
  let swept = 0;
  let after: string | null = null;
  for (;;) {
    const ids: string[] = await dueRuns(services.store.pool, { ...part, held: false, after, limit: atOnce });
    if (ids.length > 0) swept += await sweepPiece(services, part, ids);
    if (ids.length < atOnce) return swept;
    after = ids.at(-1) ?? null;
  }
}

function sweepPiece(services: Services, part: Pick<Due, 'what' | 'days'>, ids: string[]): Promise<number> {
  return services.store.transaction(async (tx) => {
    const sql = sqlIn(tx);
    const free = await sql<{ id: string }>(
      `SELECT id::text AS id FROM run WHERE id = ANY($1::uuid[]) AND NOT hold
         ${part.what === 'values' ? 'AND values_removed_at IS NULL' : ''} FOR UPDATE SKIP LOCKED`,
      [ids],
    );
    const mine = free.map((row) => row.id);
    if (mine.length === 0) return 0;
    if (part.what === 'journal') await removeRunsIn(sql, mine);
    else for (const runId of mine) await removeValues(sql, runId);
    await appendAudit(tx, {
      actor: system,
      action: part.what === 'journal' ? 'retention.removeRuns' : 'retention.removeValues',
      target: { kind: 'workspace', id: 'workspace', name: '' },
      outcome: 'done',
      details: { runs: mine.length, days: part.days },
    });
    return mine.length;
  });
}

/** Takes the values out of an ended run: what happened and when stays, what it was about goes. */
async function removeValues(sql: Sql, runId: string): Promise<void> {
  const rows = await sql<{ first_seq: number; events: RunEvent[] }>(
    'SELECT first_seq, events FROM run_journal WHERE run_id = $1::uuid',
    [runId],
  );
  for (const row of rows) {
    const events = row.events.map(withoutValues);
    await sql('UPDATE run_journal SET events = $3::json WHERE run_id = $1::uuid AND first_seq = $2::int', [
      runId,
      row.first_seq,
      JSON.stringify(events),
    ]);
  }
  await sql(`UPDATE review SET arguments = '{}', surface = '[]', answer = NULL WHERE run_id = $1::uuid`, [runId]);
  await sql('DELETE FROM run_answer WHERE run_id = $1::uuid', [runId]);
  await sql('UPDATE webhook_delivery SET body = NULL WHERE run_id = $1::uuid', [runId]);
  await sql('DELETE FROM run_blob WHERE run_id = $1::uuid', [runId]);
  await sql(
    `DELETE FROM stored_file WHERE run_id = $1::uuid
       AND ${neededByNothing}`,
    [runId],
  );
  const [run] = await sql<{ error: string | null }>('SELECT error FROM run WHERE id = $1::uuid', [runId]);
  const error = run?.error
    ? JSON.stringify({ ...JSON.parse(run.error), details: undefined, context: undefined })
    : null;
  await sql(
    `UPDATE run SET inputs = '{}', outputs = CASE WHEN outputs IS NULL THEN NULL ELSE '{}' END, error = $2,
       values_removed_at = now() WHERE id = $1::uuid`,
    [runId, error],
  );
}

/** An event that says what happened, without the values. */
function withoutValues(event: RunEvent): RunEvent {
  const bare = withValues(event, { value: () => null, text: () => '' });
  if ('inputs' in bare) bare.inputs = {};
  if ('outputs' in bare) bare.outputs = {};
  if (bare.kind === 'run_failed') delete bare.error.context;
  if (bare.kind === 'run_started') {
    delete bare.messages;
    if (bare.retry) delete bare.retry.inputs;
  }
  if (bare.kind === 'wait_started' && 'arguments' in bare.wait) bare.wait.arguments = {};
  if (bare.kind === 'wait_answered' && bare.answer.kind === 'review') bare.answer.values = {};
  if (bare.kind === 'wait_answered' && bare.answer.kind === 'run') bare.answer.outputs = {};
  return bare;
}

/** Drops partitions of the journal of months that are over and of which nothing is left. */
export async function dropEmptyMonths(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'run_journal'::regclass AND c.relname ~ '^run_journal_\\d{4}_\\d{2}$'
       AND c.relname < 'run_journal_' || to_char(now() AT TIME ZONE 'UTC' - interval '2 days', 'YYYY_MM')`,
  );
  const dropped: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await pool.query(`SELECT 1 FROM ${name} LIMIT 1`);
    if (rowCount) continue;
    // Writers wait for the lock of the whole journal: for a moment at most, else another time. A run of that month
    // that starts meanwhile does not exist: its id would be older than this month.
    await pool.query(`SET LOCAL lock_timeout = '1s'; DROP TABLE ${name}`);
    dropped.push(name);
  }
  return dropped;
}
