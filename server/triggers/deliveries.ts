import { type Said, sentence } from '@rondo/shared/words/said.ts';
import type { Pool, PoolClient } from 'pg';

/** A call of a webhook as it is put on record. */
export interface DeliveryRow {
  id: string;
  webhookId: string;
  method: string;
  ip: string;
  keys: DeliveryKeys;
  outcome: 'accepted' | 'duplicate' | 'refused';
  reason: Said | null;
  runId: string | null;
  /** without credentials */
  headers: { [name: string]: string };
  query: string;
  body: Buffer | null;
}

/** What tells a second call from a first one. */
export interface DeliveryKeys {
  /** the sender's own name for it; null = it has none */
  id: string | null;
  /** hash of what was sent; null = two alike are two */
  fingerprint: string | null;
}

/** Of a webhook's refused calls the newest of these are kept; the rest is counted. */
export const mostRefused = 1000;
/** Bytes of a refused body that are kept, so that it can be sent again. */
export const mostBodyKept = 256 * 1024;
/** How long the sender's name for a delivery means the same one. */
const idHours = 24;
const daysKept = 30;

export async function insertDelivery(client: Pool | PoolClient, row: DeliveryRow): Promise<void> {
  await client.query(
    `INSERT INTO webhook_delivery (id, webhook_id, at, method, ip, delivery_key, fingerprint, outcome, reason, reason_said,
       run_id, headers, query, body)
     VALUES ($1, $2, clock_timestamp(), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      row.id,
      row.webhookId,
      row.method,
      row.ip,
      row.keys.id,
      row.keys.fingerprint,
      row.outcome,
      row.reason && sentence(row.reason),
      row.reason && JSON.stringify(row.reason),
      row.runId,
      JSON.stringify(row.headers),
      row.query,
      row.body,
    ],
  );
}

/** Puts a refused call on record; the oldest beyond what is kept go, and are counted. */
export async function insertRefused(pool: Pool, row: DeliveryRow): Promise<void> {
  await insertDelivery(pool, row);
  const { rowCount } = await pool.query(
    `DELETE FROM webhook_delivery WHERE id IN (
       SELECT id FROM webhook_delivery WHERE webhook_id = $1 AND outcome = 'refused'
       ORDER BY at DESC OFFSET ${mostRefused})`,
    [row.webhookId],
  );
  if (rowCount) await countDropped(pool, row.webhookId, rowCount);
}

/** Counts refused calls that are not kept. */
export async function countDropped(pool: Pool, webhookId: string, calls: number): Promise<void> {
  await pool.query('UPDATE webhook SET dropped = dropped + $2 WHERE id = $1', [webhookId, calls]);
}

/** Puts calls that are alike in one order, until the transaction ends: the second one finds the first. */
export async function lockKeys(client: PoolClient, webhookId: string, keys: DeliveryKeys): Promise<void> {
  const names = [keys.id, keys.fingerprint].flatMap((key) => (key === null ? [] : [`webhook ${webhookId} ${key}`]));
  for (const name of names.sort()) await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
}

/**
 * The run that an earlier call of the same name, or of the same content, has started.
 * @param replaySeconds how long two calls of the same content are one
 */
export async function earlierRun(
  client: Pool | PoolClient,
  webhookId: string,
  keys: DeliveryKeys,
  replaySeconds: number,
): Promise<string | undefined> {
  const { rows } = await client.query<{ run_id: string }>(
    `SELECT run_id FROM webhook_delivery WHERE webhook_id = $1 AND outcome = 'accepted' AND (
       (delivery_key = $2 AND at > now() - interval '${idHours} hours')
       OR (fingerprint = $3 AND at > now() - make_interval(secs => $4))) ORDER BY at LIMIT 1`,
    [webhookId, keys.id, keys.fingerprint, replaySeconds],
  );
  return rows[0]?.run_id;
}

/** Removes what was sent long ago. Runs stay. */
export async function forgetDeliveries(pool: Pool): Promise<void> {
  await pool.query(`DELETE FROM webhook_delivery WHERE at < now() - interval '${daysKept} days'`);
}
