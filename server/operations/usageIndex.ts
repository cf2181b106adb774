import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../store/inTransaction.ts';
import { parsed } from './documents.ts';
import { type Use, usesOf } from './usesOf.ts';

/** The words of the partial index. */
const due = `(usage_draft_seq IS DISTINCT FROM draft_seq OR usage_published IS DISTINCT FROM published_number)`;
const atOnce = 200;

interface Due {
  id: string;
  draft_seq: number;
  published_number: number | null;
  draft_text: string;
  /** null also where it is the draft's */
  published_text: string | null;
  same: boolean;
}

/**
 * Brings the table of who uses what up to date: reads the drafts and versions that changed since the last time. Neither
 * an edit nor a question writes here: a chore does, every second.
 */
export async function refreshUsage(pool: Pool): Promise<void> {
  const { rows } = await pool.query({ name: 'rondo_usage_due', text: `SELECT 1 FROM flow WHERE ${due} LIMIT 1` });
  if (rows.length === 0) return;
  while ((await inTransaction(pool, refreshSome)) === atOnce);
}

/** @returns how many flows were read */
async function refreshSome(client: PoolClient): Promise<number> {
  // One at a time: the second finds the work done.
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('rondo usage'))`);
  const { rows } = await client.query<Due>(
    `SELECT f.id, f.draft_seq, f.published_number, f.draft_text, d.text AS published_text,
       coalesce(d.text = f.draft_text, false) AS same
     FROM flow f
     LEFT JOIN flow_version v ON v.flow_id = f.id AND v.number = f.published_number
     LEFT JOIN flow_document d ON d.hash = v.document_hash
     WHERE f.id IN (SELECT id FROM flow WHERE ${due} ORDER BY id LIMIT ${atOnce})`,
  );
  const uses: { place: string; userId: string; use: Use }[] = [];
  for (const row of rows) {
    const draft = usesIn(row.draft_text);
    const published = row.same ? draft : row.published_text === null ? [] : usesIn(row.published_text);
    for (const use of draft) uses.push({ place: 'draft', userId: row.id, use });
    for (const use of published) uses.push({ place: 'published', userId: row.id, use });
  }
  const ids = rows.map((row) => row.id);
  await client.query('DELETE FROM usage WHERE user_id = ANY($1::uuid[])', [ids]);
  await client.query(
    `INSERT INTO usage (kind, name, place, user_id) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[])`,
    [
      uses.map(({ use }) => use.kind),
      uses.map(({ use }) => use.name),
      uses.map(({ place }) => place),
      uses.map(({ userId }) => userId),
    ],
  );
  // One that is being edited is not waited for: without the mark it is read again.
  await client.query(
    `UPDATE flow SET usage_draft_seq = read.draft_seq, usage_published = read.published_number
     FROM unnest($1::uuid[], $2::int[], $3::int[]) AS read(id, draft_seq, published_number)
     WHERE flow.id = read.id
       AND flow.id IN (SELECT id FROM flow WHERE id = ANY($1::uuid[]) FOR NO KEY UPDATE SKIP LOCKED)`,
    [ids, rows.map((row) => row.draft_seq), rows.map((row) => row.published_number)],
  );
  return rows.length;
}

/** A text that nobody can read uses nothing. */
function usesIn(text: string): Use[] {
  let tree: JsonObject;
  try {
    ({ tree } = parsed(text));
  } catch {
    return [];
  }
  return usesOf(tree);
}
