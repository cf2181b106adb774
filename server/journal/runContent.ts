import type { Pool, PoolClient } from 'pg';
import { filesOfSchedule } from '../blobs/storedFiles.ts';

/** Says that a run uses content, so that it stays for as long as the run does. */
export async function linkContent(source: Pool | PoolClient, runId: string, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return;
  await source.query(
    'INSERT INTO run_blob (run_id, hash) SELECT $1, hash FROM unnest($2::text[]) AS hash ON CONFLICT DO NOTHING',
    [runId, hashes],
  );
}

/** A run takes over values of another one: it uses what they refer to, where the other one did. Undefined hashes = all. */
export async function shareContent(
  source: Pool | PoolClient,
  from: string,
  to: string,
  content?: { hashes: readonly string[]; files: readonly string[] },
): Promise<void> {
  if (!content) {
    await source.query(
      'INSERT INTO run_blob (run_id, hash) SELECT $2, hash FROM run_blob WHERE run_id = $1 ON CONFLICT DO NOTHING',
      [from, to],
    );
    return;
  }
  if (content.hashes.length === 0 && content.files.length === 0) return;
  await source.query(
    `INSERT INTO run_blob (run_id, hash) SELECT $2, hash FROM run_blob WHERE run_id = $1
       AND (hash = ANY($3::text[]) OR hash IN (SELECT hash FROM stored_file WHERE id = ANY($4::uuid[])))
     ON CONFLICT DO NOTHING`,
    [from, to, content.hashes, content.files],
  );
}

/** Who starts a run with files, as far as it matters whose files they are. */
export interface FileUser {
  runId: string;
  /** id of the actor */
  actorId: string;
  flowId: string | null;
  /** started by a form of that flow: files that were uploaded on it */
  byForm: boolean;
  /** the schedule that it is a fire of, whose files it may use */
  scheduleId: string | null;
  /** may use files of other runs, too */
  readsRuns: boolean;
}

/**
 * A run is started with files: those that the starter uploaded, or that belong to runs, become its own. Others are left
 * alone, and the run will not find them.
 */
export async function takeFiles(source: Pool | PoolClient, user: FileUser, files: readonly string[]): Promise<void> {
  if (files.length === 0) return;
  await source.query(
    `WITH taken AS (
       SELECT id, hash FROM stored_file AS file WHERE id = ANY($2::uuid[]) AND (
         ($6 AND run_id IS NOT NULL) OR created_by IN ($3, $7)
         OR ($5 AND created_by IN (SELECT 'form:' || form.id FROM start_form AS form WHERE form.flow_id = $4)))
     ), linked AS (
       INSERT INTO run_blob (run_id, hash) SELECT $1, hash FROM taken ON CONFLICT DO NOTHING
     )
     UPDATE stored_file SET run_id = $1 WHERE id IN (SELECT id FROM taken) AND run_id IS NULL`,
    [
      user.runId,
      files,
      user.actorId,
      user.flowId,
      user.byForm,
      user.readsRuns,
      user.scheduleId && filesOfSchedule(user.scheduleId),
    ],
  );
}
