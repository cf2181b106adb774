import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import type { BlobStore, OpenContent } from './blobStore.ts';

/** A file that is kept: who may have it is told by its run, or by who uploaded it. */
export interface StoredFile {
  id: string;
  name: string;
  mediaType: string;
  /** bytes */
  size: number;
  hash: string;
  runId: string | null;
  createdBy: string;
}

interface Row {
  id: string;
  name: string;
  media_type: string;
  size: string;
  hash: string;
  run_id: string | null;
  created_by: string;
}

/**
 * SQL: a row of `stored_file` that nothing needs any more: no run has its content, and no schedule gives it to runs to
 * come, the next of which may be months away.
 */
export const neededByNothing = `NOT EXISTS (SELECT 1 FROM run_blob WHERE run_blob.hash = stored_file.hash)
  AND NOT EXISTS (SELECT 1 FROM schedule WHERE schedule.inputs LIKE '%' || stored_file.id || '%')`;

/** Stands in `created_by` of the files that a schedule gives to its runs. */
export const filesOfSchedule = (scheduleId: string) => `schedule:${scheduleId}`;

const columns = 'id, name, media_type, size, hash, run_id, created_by';

function read(row: Row): StoredFile {
  return {
    id: row.id,
    name: row.name,
    mediaType: row.media_type,
    size: Number(row.size),
    hash: row.hash,
    runId: row.run_id,
    createdBy: row.created_by,
  };
}

/** @returns undefined when there is no such file (any more) */
export async function findFile(pool: Pool, id: string): Promise<StoredFile | undefined> {
  const { rows } = await pool.query<Row>(`SELECT ${columns} FROM stored_file WHERE id = $1`, [id]);
  return rows[0] && read(rows[0]);
}

/** A file that a run may read: it was started with it, has made it, or took it over. */
export async function findFileOfRun(pool: Pool, runId: string, id: string): Promise<StoredFile | undefined> {
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM stored_file WHERE id = $2
       AND (run_id = $1 OR EXISTS (SELECT 1 FROM run_blob WHERE run_blob.run_id = $1 AND hash = stored_file.hash))`,
    [runId, id],
  );
  return rows[0] && read(rows[0]);
}

/** A name that any file system takes, and no header breaks on. */
export function fileName(given: string): string {
  const last = given.split(/[\\/]/).at(-1) ?? '';
  const clean = [...last]
    .filter((character) => character >= ' ' && character !== '\u007f')
    .join('')
    .trim();
  return clean.slice(0, 200) || 'file';
}

const mediaTypePattern = /^[a-z0-9!#$&^_.+-]{1,100}\/[a-z0-9!#$&^_.+-]{1,100}$/;

/** The media type without its parameters; `application/octet-stream` for what is none. */
export function plainMediaType(given: string): string {
  const type = given.split(';')[0]?.trim().toLowerCase() ?? '';
  return mediaTypePattern.test(type) ? type : 'application/octet-stream';
}

/** Keeps a file that a run has made. @throws {TooLargeError} */
export async function keepFileOfRun(
  pool: Pool,
  blobs: BlobStore,
  file: { runId: string; name: string; mediaType: string; content: AsyncIterable<Uint8Array>; limit: number },
): Promise<StoredFile> {
  const { hash, size } = await blobs.put(file.content, file.limit);
  const { rows } = await pool.query<Row>(
    `WITH linked AS (INSERT INTO run_blob (run_id, hash) VALUES ($6, $5) ON CONFLICT DO NOTHING)
     INSERT INTO stored_file (id, name, media_type, size, hash, run_id, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${columns}`,
    [uuid(), fileName(file.name), plainMediaType(file.mediaType), size, hash, file.runId, `run:${file.runId}`],
  );
  const row = rows[0];
  if (!row) throw new Error('The file could not be put on record.');
  return read(row);
}

/** The content of a file. @returns undefined when its bytes are gone */
export function openContent(blobs: BlobStore, file: StoredFile): Promise<OpenContent | undefined> {
  return blobs.open(file.hash);
}
