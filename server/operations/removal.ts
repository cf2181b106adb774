import type { Pool } from 'pg';
import { neededByNothing } from '../blobs/storedFiles.ts';
import { inTransaction } from '../store/inTransaction.ts';
import { type Sql, sqlOn } from '../store/sql.ts';
import type { RunFilter } from './contract/runFilter.ts';
import { bulkCondition, matchingRuns } from './runFilter.ts';

/** What goes with some runs. */
export interface Removal {
  runs: number;
  events: number;
  /** of journals and files, as they are stored */
  bytes: number;
  files: number;
}

const mostMeasured = 1_000_000;

/** How much a removal of the runs that a filter means would take away. */
export async function removalOf(pool: Pool, filter: RunFilter): Promise<Removal> {
  return measured(pool, await matchingRuns(pool, filter, { limit: mostMeasured, only: bulkCondition.remove }));
}

/** What these runs hold. */
export async function measured(pool: Pool, ids: readonly string[]): Promise<Removal> {
  const { rows } = await pool.query<{ events: string; bytes: string; files: string; content_bytes: string }>(
    `SELECT
       (SELECT coalesce(sum(count), 0) FROM run_journal WHERE run_id = ANY($1::uuid[])) AS events,
       (SELECT coalesce(sum(pg_column_size(events)), 0) FROM run_journal WHERE run_id = ANY($1::uuid[])) AS bytes,
       (SELECT count(*) FROM stored_file WHERE run_id = ANY($1::uuid[])) AS files,
       (SELECT coalesce(sum(size), 0) FROM blob WHERE hash IN (
          SELECT hash FROM run_blob WHERE run_id = ANY($1::uuid[]))) AS content_bytes`,
    [ids],
  );
  const row = rows[0];
  return {
    runs: ids.length,
    events: Number(row?.events ?? 0),
    bytes: Number(row?.bytes ?? 0) + Number(row?.content_bytes ?? 0),
    files: Number(row?.files ?? 0),
  };
}

/**
 * Removes runs that have ended and are not held, with their journals, reviews, answers and files; the audit stays, and
 * content that nothing uses any more is swept later.
 * @returns how many were removed
 */
export function removeRuns(pool: Pool, runIds: readonly string[]): Promise<number> {
  return inTransaction(pool, (client) => removeRunsIn(sqlOn(client), runIds));
}

/** The same in a transaction of the caller's. */
export async function removeRunsIn(sql: Sql, runIds: readonly string[]): Promise<number> {
  const rows = await sql<{ id: string }>(
    `SELECT id FROM run WHERE id = ANY($1::uuid[]) AND ${bulkCondition.remove} FOR UPDATE`,
    [runIds],
  );
  const ids = rows.map((row) => row.id);
  for (const table of ['run_journal', 'run_answer', 'review', 'run_blob', 'event_wait', 'run_end']) {
    await sql(`DELETE FROM ${table} WHERE run_id = ANY($1::uuid[])`, [ids]);
  }
  // A file stays while another run uses it that took it over.
  await sql(
    `DELETE FROM stored_file WHERE run_id = ANY($1::uuid[])
         AND ${neededByNothing}`,
    [ids],
  );
  await sql('DELETE FROM run WHERE id = ANY($1::uuid[])', [ids]);
  return ids.length;
}
