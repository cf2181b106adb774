import { languageNamed } from '@rondo/shared/words/inLanguage.ts';
import { said } from '@rondo/shared/words/said.ts';
import type { Pool, PoolClient } from 'pg';
import { v7 as uuid } from 'uuid';
import type { SecretStore } from '../secrets/secretStore.ts';
import { inTransaction } from '../store/inTransaction.ts';
import type { Channel } from './channels.ts';
import type { HappeningKind } from './happeningKinds.ts';
import { NotTaken, type Outlets } from './outlets.ts';
import { recipientsOf } from './recipients.ts';
import { type Message, type Told, titleOnRecord } from './words.ts';

/** Seconds before the second try, the third and so on; after the last the message is given up. */
const waits = [10, 60, 600, 3600, 14_400];
/** Longer than any sending takes: whoever is not done by then is gone. */
const leaseSeconds = 120;
/** at once, in one process; each way out has its own limit of time */
const mostAtOnce = 4;

export interface SenderParts {
  pool: Pool;
  secrets: SecretStore;
  outlets: Outlets;
  /** told of each try */
  onTried?(channel: Channel, outcome: 'sent' | 'again' | 'gave_up'): void;
}

/** What a rule's webhook is sealed with. */
export function ruleContext(ruleId: string): string {
  return `notification rule ${ruleId}`;
}

interface ClosedRow {
  id: string;
  user_id: string;
  kind: HappeningKind;
  flow_id: string | null;
}

/** Closes the messages that have gathered long enough, and puts on record how each goes out. */
export async function closeMessages({ pool, outlets }: Pick<SenderParts, 'pool' | 'outlets'>): Promise<number> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<ClosedRow>(
      `UPDATE notification SET closed_at = now() WHERE id IN (
         SELECT id FROM notification WHERE closed_at IS NULL AND closes_at <= now()
         ORDER BY closes_at LIMIT 200 FOR UPDATE SKIP LOCKED
       ) RETURNING id, user_id, kind, flow_id`,
    );
    for (const closed of rows) await plan(client, closed, outlets.mail !== undefined);
    return rows.length;
  });
}

async function plan(client: PoolClient, closed: ClosedRow, hasMail: boolean): Promise<void> {
  const people = await recipientsOf(client, closed.kind, closed.flow_id);
  const recipient = people.find((one) => one.userId === closed.user_id);
  for (const channel of recipient?.channels ?? []) {
    if (channel === 'app' || (channel === 'email' && !hasMail)) continue;
    await client.query(
      `INSERT INTO notification_sending (id, notification_id, channel, rule_id) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [uuid(), closed.id, channel, recipient?.ruleId],
    );
  }
}

interface DueRow {
  id: string;
  channel: Channel;
  attempts: number;
  rule_id: string | null;
  webhook_url: string | null;
  webhook_ciphertext: Buffer | null;
  email: string | null;
  language: string | null;
  message_id: string;
  kind: HappeningKind;
  flow_id: string | null;
  title: string;
  subject: string | null;
  count: number;
  details: string;
  first_at: Date;
  last_at: Date;
}

/**
 * Sends what is due, each message by one process: taking it moves its next try behind the time that a sending can take.
 * A process that dies between sending and noting so sends once more, with the same id.
 *
 * @returns how many were tried
 */
export async function sendDue(parts: SenderParts): Promise<number> {
  const { rows } = await parts.pool.query<DueRow>(
    `WITH due AS (
       UPDATE notification_sending SET next_at = now() + interval '${leaseSeconds} seconds', attempts = attempts + 1
       WHERE id IN (
         SELECT id FROM notification_sending WHERE sent_at IS NULL AND gave_up_at IS NULL AND next_at <= now()
           AND (channel <> 'email' OR $1::boolean)
         ORDER BY next_at LIMIT ${mostAtOnce} FOR UPDATE SKIP LOCKED
       ) RETURNING *
     )
     SELECT due.id, due.channel, due.attempts, due.rule_id, rule.webhook_url, rule.webhook_ciphertext, person.email, person.language,
       message.id AS message_id, message.kind, message.flow_id, message.title, message.subject, message.count, message.details,
       message.first_at, message.last_at
     FROM due JOIN notification AS message ON message.id = due.notification_id
     LEFT JOIN notification_rule AS rule ON rule.id = due.rule_id
     LEFT JOIN "user" AS person ON person.id = message.user_id AND person.removed_at IS NULL`,
    [parts.outlets.mail !== undefined],
  );
  await Promise.all(rows.map((row) => tryOne(parts, row)));
  return rows.length;
}

async function tryOne(parts: SenderParts, row: DueRow): Promise<void> {
  const failure = await send(parts, row).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (!failure) {
    await parts.pool.query('UPDATE notification_sending SET sent_at = now(), last_error = NULL WHERE id = $1', [
      row.id,
    ]);
    parts.onTried?.(row.channel, 'sent');
    return;
  }
  const { error } = failure;
  const words = parts.secrets.scrub(error instanceof Error ? error.message : String(error)).slice(0, 500);
  const wait = waits[row.attempts - 1];
  const over = wait === undefined || (error instanceof NotTaken && error.final);
  await parts.pool.query(
    `UPDATE notification_sending SET last_error = $2, next_at = now() + interval '1 second' * $3::float,
       gave_up_at = CASE WHEN $4::boolean THEN now() END WHERE id = $1`,
    [row.id, words, wait ?? 0, over],
  );
  parts.onTried?.(row.channel, over ? 'gave_up' : 'again');
}

async function send({ secrets, outlets }: SenderParts, row: DueRow): Promise<void> {
  const words = titleOnRecord(row);
  const message: Message = {
    id: row.message_id,
    kind: row.kind,
    flowId: row.flow_id,
    title: row.title,
    ...(words && { said: words }),
    count: row.count,
    newest: JSON.parse(row.details) as Told[],
    firstAt: row.first_at,
    lastAt: row.last_at,
  };
  if (row.email === null) throw new NotTaken(said('sending.personGone'), true);
  if (row.channel === 'email') {
    if (!outlets.mail) throw new NotTaken(said('sending.noMail'));
    return outlets.mail({ email: row.email, language: languageNamed(row.language) }, message, row.id);
  }
  if (row.rule_id === null || row.webhook_url === null || row.webhook_ciphertext === null)
    throw new NotTaken(said('sending.webhookGone'), true);
  const secret = secrets.open(row.webhook_ciphertext, ruleContext(row.rule_id));
  return outlets.webhook({ url: row.webhook_url, secret }, message, row.id);
}
