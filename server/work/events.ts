import type { Json } from '@rondo/shared/oas/json.ts';
import type { Actor, WaitAnswer } from '@rondo/shared/runs/events.ts';
import type { PoolClient } from 'pg';
import { readJournal } from '../journal/readJournal.ts';
import { type Sql, sqlIn, sqlOn } from '../store/sql.ts';
import type { Transaction } from '../store/store.ts';
import { answerInside, answerWait, type GivenAnswer } from './answers.ts';

/** An event for whoever waits for its name and key. */
export interface NewEvent {
  /** a UUID; the same one sent twice is one event */
  id: string;
  name: string;
  /** tells events of one name apart; empty = none */
  key: string;
  payload: Json;
  actor: Actor;
  /** until when runs that began before it may still take it, in seconds; default 7 days */
  keepSeconds?: number;
}

/** What came of a sending: the runs that it answered are woken after the commit. */
export interface SentEvent {
  /** false: an event with this id was sent before, and nothing was done */
  created: boolean;
  wake: string[];
}

/** A wait for an event, as the engine leaves it. */
export interface OpenEventWait {
  id: string;
  name: string;
  key: string;
}

export const defaultKeepSeconds = 7 * 86_400;

/** The name of the event that a run's own callback address sends. */
export function callbackEvent(runId: string, name: string): string {
  return `run:${runId}:${name}`;
}

/** Sends an event, in the transaction of an operation. */
export function sendEvent(tx: Transaction, event: NewEvent): Promise<SentEvent> {
  return send(sqlIn(tx), (given) => answerWait(tx, given), event);
}

/** The same in a transaction of a connection. */
export function sendEventInside(client: PoolClient, event: NewEvent): Promise<SentEvent> {
  return send(sqlOn(client), (given) => answerInside(client, given), event);
}

async function send(sql: Sql, answer: (given: GivenAnswer) => Promise<boolean>, event: NewEvent): Promise<SentEvent> {
  const { id, name, key, payload, actor } = event;
  await lock(sql, name, key);
  const written = await sql(
    `INSERT INTO named_event (id, name, key, payload, sent_by, at, expires_at, after_run)
     VALUES ($1::uuid, $2, $3, $4, $5, clock_timestamp(), clock_timestamp() + $6::text::interval,
       (SELECT last_value FROM run_number_seq))
     ON CONFLICT DO NOTHING RETURNING id`,
    [id, name, key, JSON.stringify(payload), actor.id, `${event.keepSeconds ?? defaultKeepSeconds} seconds`],
  );
  if (written.length === 0) return { created: false, wake: [] };
  const waits = await sql<{ run_id: string; wait_id: string }>(
    `WITH taken AS (DELETE FROM event_wait WHERE name = $1 AND key = $2 RETURNING run_id, wait_id)
     SELECT run_id::text, wait_id FROM taken ORDER BY run_id, wait_id`,
    [name, key],
  );
  const wake = new Set<string>();
  // A run takes an event once, also where two of its steps wait for it: the second one wants the next event.
  const later: typeof waits = [];
  for (const { run_id: runId, wait_id: waitId } of waits) {
    if (wake.has(runId)) later.push({ run_id: runId, wait_id: waitId });
    else if (await answer({ runId, waitId, answer: { kind: 'event', eventId: id, payload }, actor })) wake.add(runId);
  }
  for (const { run_id, wait_id } of later)
    await sql('INSERT INTO event_wait (run_id, wait_id, name, key) VALUES ($1::uuid, $2, $3, $4)', [
      run_id,
      wait_id,
      name,
      key,
    ]);
  return { created: true, wake: [...wake] };
}

/**
 * Puts on record for which events a run waits, in the transaction in which a segment lets go of it, and before that
 * lets go. A wait takes the oldest event of its name and key that was sent since the run was created and that the run
 * has not taken yet: so no event is lost between a step and its wait. What came first is said by the numbers of runs:
 * their moments are those of several clocks, which may be moved.
 *
 * @param waits all waits for events that the run has open; others that it had are forgotten
 * @returns true when one of them was answered at once: the run is to go on
 */
export async function registerEventWaits(
  client: PoolClient,
  runId: string,
  waits: readonly OpenEventWait[],
): Promise<boolean> {
  const open = waits.map((wait) => wait.id);
  await client.query('DELETE FROM event_wait WHERE run_id = $1 AND wait_id <> ALL ($2::text[])', [runId, open]);
  if (waits.length === 0) return false;
  const sql = sqlOn(client);
  const pairs = new Map(waits.map((wait) => [JSON.stringify([wait.name, wait.key]), wait]));
  // Always in one order, so that two runs do not wait for each other.
  for (const place of [...pairs.keys()].sort()) {
    const pair = pairs.get(place);
    if (pair) await lock(sql, pair.name, pair.key);
  }
  const { rows: given } = await client.query<{ wait_id: string; answer: string }>(
    'SELECT wait_id, answer FROM run_answer WHERE run_id = $1 AND wait_id = ANY ($2::text[])',
    [runId, open],
  );
  const answered = new Set(given.map((row) => row.wait_id));
  let taken: Set<string> | undefined;
  let found = false;
  for (const wait of waits) {
    if (answered.has(wait.id)) continue;
    const { rows: events } = await client.query<{ id: string; payload: string; sent_by: string }>(
      `SELECT event.id, event.payload, event.sent_by FROM named_event event, run
       WHERE run.id = $1 AND event.name = $2 AND event.key = $3
         AND coalesce(event.after_run >= run.number, event.at >= run.created_at)
         AND event.expires_at > now() ORDER BY event.after_run NULLS FIRST, event.at, event.id`,
      [runId, wait.name, wait.key],
    );
    // Only who finds events looks at what the run has taken.
    if (events.length > 0) taken ??= await takenEvents(client, runId, given);
    const event = events.find((one) => !taken?.has(one.id));
    if (!event) {
      await client.query(
        'INSERT INTO event_wait (run_id, wait_id, name, key) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
        [runId, wait.id, wait.name, wait.key],
      );
      continue;
    }
    taken?.add(event.id);
    const answer: WaitAnswer = { kind: 'event', eventId: event.id, payload: JSON.parse(event.payload) };
    const actor: Actor = { kind: 'system', id: event.sent_by, name: `Event “${wait.name}”` };
    if (await answerInside(client, { runId, waitId: wait.id, answer, actor })) found = true;
  }
  return found;
}

/** Events that the run has taken: those in its journal, and those that answer its open waits. */
async function takenEvents(
  client: PoolClient,
  runId: string,
  given: readonly { answer: string }[],
): Promise<Set<string>> {
  const answers = given.map((row): WaitAnswer => JSON.parse(row.answer));
  for (const event of await readJournal(client, runId)) if (event.kind === 'wait_answered') answers.push(event.answer);
  return new Set(answers.flatMap((answer) => (answer.kind === 'event' ? [answer.eventId] : [])));
}

/** Puts the sending of an event and the waits for it in one order: whoever is second sees the first. */
async function lock(sql: Sql, name: string, key: string): Promise<void> {
  await sql(`SELECT count(*)::int FROM pg_advisory_xact_lock(hashtextextended($1::text || ' ' || $2::text, 0))`, [
    name,
    key,
  ]);
}

/** Removes events whose time is over, and waits of runs that have ended. */
export async function forgetEvents(client: Pick<PoolClient, 'query'>): Promise<void> {
  await client.query('DELETE FROM named_event WHERE expires_at <= now()');
  await client.query(
    `DELETE FROM event_wait WHERE NOT EXISTS (
       SELECT 1 FROM run WHERE run.id = event_wait.run_id AND run.state IN ('queued', 'running', 'waiting'))`,
  );
}
