import type { RunEvent, RunTrigger } from '@rondo/shared/runs/events.ts';
import type { RunState } from '@rondo/shared/runs/states.ts';
import type { Sql } from '../store/sql.ts';
import { type ActorColumns, actorOf } from './actorColumns.ts';
import { startedEvent } from './claims.ts';

/** A run's row, locked, as changes from outside its segment need it. */
export interface LockedRun extends ActorColumns {
  id: string;
  state: RunState;
  flow_id: string | null;
  next_seq: number;
  trigger: RunTrigger;
  inputs: string;
  created_at: Date;
  paused_at: Date | null;
}

/** Locks a run's row. Undefined = there is no such run. */
export async function lockRun(sql: Sql, runId: string): Promise<LockedRun | undefined> {
  const [run] = await sql<LockedRun>(
    `SELECT id, state, flow_id, next_seq, actor_kind, actor_id, actor_name, trigger, inputs, created_at, paused_at
     FROM run WHERE id = $1::uuid FOR UPDATE`,
    [runId],
  );
  return run;
}

/** Adds an event to the journal of a run that nobody holds, in the transaction that has locked it. */
export async function appendUnheld(sql: Sql, run: LockedRun, event: RunEvent): Promise<void> {
  const events: RunEvent[] = [event];
  if (run.next_seq === 0) {
    events.unshift(startedEvent({ ...run, actor: actorOf(run), createdAt: run.created_at }));
  }
  await sql(
    'INSERT INTO run_journal (run_id, first_seq, count, events) VALUES ($1::uuid, $2::int, $3::int, $4::json)',
    [run.id, run.next_seq, events.length, JSON.stringify(events)],
  );
  await sql('UPDATE run SET next_seq = next_seq + $2::int WHERE id = $1::uuid', [run.id, events.length]);
}

/**
 * Ends a run that nobody holds, with its last event in the journal, in the transaction that has locked it: its reviews
 * are withdrawn, and whoever acts on ended runs finds it in the outbox.
 */
export async function endUnheld(
  sql: Sql,
  run: LockedRun,
  event: Extract<RunEvent, { kind: 'run_failed' | 'run_cancelled' }>,
): Promise<void> {
  await appendUnheld(sql, run, event);
  const state = event.kind === 'run_failed' ? 'failed' : 'cancelled';
  const error = event.kind === 'run_failed' ? JSON.stringify(event.error) : null;
  await sql(
    `UPDATE run SET state = $2, error = $3, finished_at = $4::timestamptz, waits = NULL, wake_at = NULL, queued_at = NULL
     WHERE id = $1::uuid`,
    [run.id, state, error, event.at],
  );
  await sql("UPDATE review SET state = 'withdrawn' WHERE run_id = $1::uuid AND state = 'open'", [run.id]);
  await sql('INSERT INTO run_end (run_id, flow_id, state) VALUES ($1::uuid, $2::uuid, $3) ON CONFLICT DO NOTHING', [
    run.id,
    run.flow_id,
    state,
  ]);
}
