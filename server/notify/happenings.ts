import type { RunError } from '@rondo/shared/runs/events.ts';
import { defaultWaitingLongSeconds } from '@rondo/shared/runs/settings.ts';
import type { TextKey } from '@rondo/shared/words/englishTexts.ts';
import { recognised } from '@rondo/shared/words/recognised.ts';
import { type Said, said } from '@rondo/shared/words/said.ts';
import type { Pool } from 'pg';
import type { RunEndHandler } from '../work/runEnds.ts';

/** What is told of one of them: what it is about (a flow, a schedule), and one sentence. */
export interface HappeningDetails {
  subject: string;
  said: Said;
}

const longestTitle = 400;
/** What a sweep takes up at once; the rest waits for the next. */
const mostAtOnce = 2000;

/**
 * Puts on record that a run has failed, in the transaction that takes its end out of the outbox. Not told are test runs,
 * which somebody watches, and runs that a step of another run has started: that run says what becomes of it.
 */
export const noteFailedRun: RunEndHandler = async (client, ended) => {
  if (ended.state !== 'failed') return [];
  const { rows } = await client.query<{ number: string; flow_name: string; error: string | null }>(
    `SELECT number, flow_name, error FROM run
     WHERE id = $1 AND version_number IS NOT NULL AND parent_run_id IS NULL`,
    [ended.runId],
  );
  const run = rows[0];
  if (!run) return [];
  const error = run.error === null ? undefined : (JSON.parse(run.error) as RunError);
  const details: HappeningDetails = {
    subject: run.flow_name,
    said: said('told.run.failed', {
      number: run.number,
      reason: error?.said ?? error?.message ?? said('failure.untold'),
    }),
  };
  await client.query(
    `INSERT INTO happening (key, kind, flow_id, run_id, details, at) VALUES ($1, 'run_failed', $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [`run_failed ${ended.runId}`, ended.flowId, ended.runId, JSON.stringify(details), ended.at],
  );
  return [];
};

/**
 * Puts reviews on record that have been open for longer than their flow, or the workspace, allows. Any number of
 * processes may do so: each review has one key.
 */
export async function noteLongWaits(pool: Pool): Promise<void> {
  await pool.query(
    `WITH late AS (
       SELECT review.id, review.title, review.flow_name, review.flow_id, review.run_id, review.created_at, review.due_at, run.number,
         coalesce((flow.settings::json ->> 'waitingLongSeconds')::float,
                  (SELECT (settings::json ->> 'waitingLongSeconds')::float FROM workspace WHERE id = 'workspace'),
                  ${defaultWaitingLongSeconds}) AS seconds
       FROM review JOIN run ON run.id = review.run_id LEFT JOIN flow ON flow.id = review.flow_id
       WHERE review.state = 'open' AND run.version_number IS NOT NULL
         AND NOT EXISTS (SELECT FROM happening WHERE key = 'waiting_long ' || review.id)
     )
     INSERT INTO happening (key, kind, flow_id, run_id, details)
     SELECT 'waiting_long ' || id, 'waiting_long', flow_id, run_id,
       json_build_object('subject', flow_name,
         'said', json_build_object('text', $1::text, 'values',
           json_build_object('number', number, 'title', left(title, ${longestTitle}))))::text
     FROM late WHERE created_at < now() - seconds * interval '1 second' OR due_at < now()
     ORDER BY created_at LIMIT ${mostAtOnce}
     ON CONFLICT DO NOTHING`,
    ['told.run.waits' satisfies TextKey],
  );
}

interface MissedFire {
  key: string;
  flow_id: string;
  run_id: string | null;
  schedule: string;
  skipped: boolean;
  due: string;
  reason: string | null;
  done_at: Date;
}

/** Puts fires on record that were skipped, or made up for later. Each fire has one key. */
export async function noteMissedFires(pool: Pool): Promise<void> {
  const { rows } = await pool.query<MissedFire>(
    `SELECT 'fire_missed ' || fire.schedule_id || ' ' || extract(epoch FROM fire.due_at) AS key, schedule.flow_id,
       fire.run_id, schedule.name AS schedule, fire.outcome = 'skipped' AS skipped, left(fire.reason, 400) AS reason,
       to_char(fire.due_at AT TIME ZONE schedule.time_zone, 'YYYY-MM-DD HH24:MI') || ' ' || schedule.time_zone AS due,
       fire.done_at
     FROM schedule_fire AS fire JOIN schedule ON schedule.id = fire.schedule_id
     WHERE fire.outcome <> 'run' AND fire.kind = 'due' AND fire.done_at > now() - interval '7 days'
       AND NOT EXISTS (SELECT FROM happening
         WHERE key = 'fire_missed ' || fire.schedule_id || ' ' || extract(epoch FROM fire.due_at))
     ORDER BY fire.done_at LIMIT ${mostAtOnce}`,
  );
  if (rows.length === 0) return;
  await pool.query(
    `INSERT INTO happening (key, kind, flow_id, run_id, details, at)
     SELECT key, 'fire_missed', flow_id, run_id, details, at
     FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[]) AS row(key, flow_id, run_id, details, at)
     ON CONFLICT DO NOTHING`,
    [
      rows.map((row) => row.key),
      rows.map((row) => row.flow_id),
      rows.map((row) => row.run_id),
      rows.map((row) => JSON.stringify(missedDetails(row))),
      rows.map((row) => row.done_at),
    ],
  );
}

function missedDetails({ schedule, skipped, due, reason }: MissedFire): HappeningDetails {
  const why = reason === null ? said('told.fire.noReason') : (recognised(reason) ?? reason);
  return { subject: schedule, said: said(skipped ? 'told.fire.skipped' : 'told.fire.caughtUp', { due, reason: why }) };
}

/** Forgets what was told long ago and cannot come again, and messages that nobody looks for any more. */
export async function forgetOld(pool: Pool): Promise<void> {
  await pool.query(
    `DELETE FROM happening WHERE gathered_at < now() - interval '30 days' AND NOT EXISTS (
       SELECT FROM review WHERE happening.key = 'waiting_long ' || review.id AND review.state = 'open')`,
  );
  await pool.query(
    `WITH gone AS (DELETE FROM notification WHERE last_at < now() - interval '90 days' RETURNING id)
     DELETE FROM notification_sending USING gone WHERE notification_id = gone.id`,
  );
}
