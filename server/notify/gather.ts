import { inEnglish, type Said, valueInEnglish } from '@rondo/shared/words/said.ts';
import type { Pool, PoolClient } from 'pg';
import { v7 as uuid } from 'uuid';
import { inTransaction } from '../store/inTransaction.ts';
import type { HappeningKind } from './happeningKinds.ts';
import type { HappeningDetails } from './happenings.ts';
import { type Recipient, recipientsOf } from './recipients.ts';
import { type Told, titleOf } from './words.ts';

/** How many of the newest happenings a message names. */
const mostNamed = 5;
const mostAtOnce = 1000;
const longestWords = 500;
/** A message that follows another one of its kind so soon gathers for longer. */
const againMs = 3_600_000;
const againFactor = 10;

interface HappeningRow {
  key: string;
  kind: HappeningKind;
  flow_id: string | null;
  run_id: string | null;
  details: string;
  at: Date;
}

/** A happening that a server of before has noted has its words in English only. */
interface WrittenBefore {
  words?: string;
}

/** Happenings that are alike: of one kind, of one flow (or of one schedule). */
interface Alike {
  key: string;
  kind: HappeningKind;
  flowId: string | null;
  subject: string;
  told: Told[];
}

/**
 * Gathers what has happened into messages: alike happenings of a while are one message to each person. One process
 * gathers at a time; what a process that dies had begun is gathered by the next.
 *
 * @param windowMs how long a message gathers before it goes out; ten times as long when the last one like it was less
 *   than an hour ago
 * @returns whom something was told, and whether there may be more
 */
export async function gather(pool: Pool, windowMs: number): Promise<{ told: string[]; more: boolean }> {
  return inTransaction(pool, async (client) => {
    const lock = await client.query<{ mine: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtext('rondo gather')) AS mine`,
    );
    if (!lock.rows[0]?.mine) return { told: [], more: false };
    const { rows } = await client.query<HappeningRow>(
      `SELECT key, kind, flow_id, run_id, details, at FROM happening
       WHERE gathered_at IS NULL ORDER BY at LIMIT ${mostAtOnce}`,
    );
    if (rows.length === 0) return { told: [], more: false };
    const told = new Set<string>();
    for (const alike of alikeOf(rows)) {
      for (const recipient of await recipientsOf(client, alike.kind, alike.flowId)) {
        await tellOne(client, recipient, alike, windowMs);
        told.add(recipient.userId);
      }
    }
    await client.query('UPDATE happening SET gathered_at = now() WHERE key = ANY ($1)', [rows.map((row) => row.key)]);
    return { told: [...told], more: rows.length === mostAtOnce };
  });
}

/** One sentence of what happened, cut where it would fill a message: then in English only. */
function toldOf(runId: string | null, words: string | Said, at: Date): Told {
  const english = valueInEnglish(words);
  const told = { runId, words: english, at: at.toISOString() };
  if (english.length > longestWords) return { ...told, words: `${english.slice(0, longestWords - 1)}…` };
  return typeof words === 'string' ? told : { ...told, said: words };
}

function alikeOf(rows: readonly HappeningRow[]): Alike[] {
  const groups = new Map<string, Alike>();
  for (const row of rows) {
    const { subject, said, words } = JSON.parse(row.details) as HappeningDetails & WrittenBefore;
    const key = [row.kind, row.flow_id ?? '', row.kind === 'fire_missed' ? subject : ''].join(' ');
    const alike = groups.get(key) ?? { key, kind: row.kind, flowId: row.flow_id, subject, told: [] };
    alike.subject = subject;
    alike.told.push(toldOf(row.run_id, words ?? said, row.at));
    groups.set(key, alike);
  }
  return [...groups.values()];
}

/** Adds to the message that still gathers, or begins one. */
async function tellOne(client: PoolClient, recipient: Recipient, alike: Alike, windowMs: number): Promise<void> {
  const { rows } = await client.query<{ id: string; details: string; count: number }>(
    `SELECT id, details, count FROM notification WHERE user_id = $1 AND group_key = $2 AND closed_at IS NULL FOR UPDATE`,
    [recipient.userId, alike.key],
  );
  const open = rows[0];
  const newest = [...alike.told].reverse();
  if (open) {
    const count = open.count + newest.length;
    const named = [...newest, ...(JSON.parse(open.details) as Told[])].slice(0, mostNamed);
    await client.query(
      `UPDATE notification SET count = $2, title = $3, details = $4, subject = $5, last_at = now(), read_at = NULL
       WHERE id = $1`,
      [open.id, count, inEnglish(titleOf(alike.kind, alike.subject, count)), JSON.stringify(named), alike.subject],
    );
    return;
  }
  await client.query(
    `INSERT INTO notification (id, user_id, kind, flow_id, group_key, title, details, count, in_app, subject, closes_at)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $11, now() + interval '1 millisecond' * (CASE WHEN EXISTS (
       SELECT FROM notification WHERE user_id = $2 AND group_key = $5
         AND closed_at > now() - interval '1 millisecond' * ${againMs}
     ) THEN ${againFactor} ELSE 1 END) * $10::float`,
    [
      uuid(),
      recipient.userId,
      alike.kind,
      alike.flowId,
      alike.key,
      inEnglish(titleOf(alike.kind, alike.subject, newest.length)),
      JSON.stringify(newest.slice(0, mostNamed)),
      newest.length,
      recipient.channels.includes('app'),
      windowMs,
      alike.subject,
    ],
  );
}
