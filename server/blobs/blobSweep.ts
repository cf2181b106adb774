import type { Pool } from 'pg';
import { inTransaction } from '../store/inTransaction.ts';
import type { BlobStore } from './blobStore.ts';
import { neededByNothing } from './storedFiles.ts';

/** Half of the advisory lock by which a backup keeps content from being removed while it reads it. */
export const contentLock = 1_380_862_021;

const atOnce = 200;
/** What was stored so lately may be about to be linked. */
const graceHours = 1;
/** An upload that nobody used. */
const unusedHours = 24;

/**
 * Removes what nothing uses any more: uploads that were never used, links of runs that are gone or never came, content
 * without links, and bytes of uploads that broke off. Any number of processes may do it; none while a backup reads.
 * @param now for tests
 * @returns how many pieces of content went
 */
export async function sweepBlobs(pool: Pool, blobs: BlobStore, now = new Date()): Promise<number> {
  let removed = 0;
  for (;;) {
    const gone = await inTransaction(pool, async (client) => {
      const { rows: lock } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock($1, 0) AS free', [
        contentLock,
      ]);
      if (!lock[0]?.free) return [];
      if (removed === 0) {
        await client.query(
          `DELETE FROM run_blob WHERE run_id < rondo_first_uuid($1::timestamptz - interval '${graceHours} hours')
             AND NOT EXISTS (SELECT 1 FROM run WHERE run.id = run_blob.run_id)`,
          [now],
        );
        await client.query(
          `DELETE FROM stored_file WHERE created_at < $1::timestamptz - interval '${unusedHours} hours'
             AND (run_id IS NULL OR NOT EXISTS (SELECT 1 FROM run WHERE run.id = stored_file.run_id))
             AND ${neededByNothing}`,
          [now],
        );
      }
      const { rows } = await client.query<{ storage: string; place: string }>(
        `DELETE FROM blob WHERE hash IN (
           SELECT hash FROM blob WHERE created_at < $1::timestamptz - interval '${graceHours} hours'
             AND NOT EXISTS (SELECT 1 FROM run_blob WHERE run_blob.hash = blob.hash)
             AND NOT EXISTS (SELECT 1 FROM stored_file WHERE stored_file.hash = blob.hash)
           LIMIT ${atOnce} FOR UPDATE SKIP LOCKED
         ) RETURNING storage, place`,
        [now],
      );
      return rows;
    });
    // Its rows are gone: should the process end here, the bytes in the database are found by the next sweep.
    await blobs.forget(gone);
    removed += gone.length;
    if (gone.length < atOnce) break;
  }
  await pool.query(
    `DELETE FROM blob_chunk WHERE place IN (
       SELECT place FROM blob_chunk WHERE n = 0 AND place < rondo_first_uuid($1::timestamptz - interval '1 day')
         AND NOT EXISTS (SELECT 1 FROM blob WHERE blob.place = blob_chunk.place) LIMIT ${atOnce})`,
    [now],
  );
  return removed;
}
