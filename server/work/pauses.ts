import type { Actor } from '@rondo/shared/runs/events.ts';
import { isTerminal, type RunState } from '@rondo/shared/runs/states.ts';
import { clock } from '../store/clock.ts';
import type { Sql } from '../store/sql.ts';
import { appendUnheld, lockRun } from './endUnheld.ts';

/**
 * Pauses a run, in the caller's transaction: one that nobody holds at once; for one that is under way, its holder stops
 * before the next step and says so in the journal. A run that has ended, or is paused, stays as it is.
 * @returns its state, or undefined when there is no such run; `held`: word must be given to its holder
 */
export async function pauseRun(
  sql: Sql,
  runId: string,
  actor: Actor,
): Promise<{ state: RunState; held: boolean } | undefined> {
  const run = await lockRun(sql, runId);
  if (!run) return undefined;
  const held = run.state === 'running';
  if (isTerminal(run.state) || run.paused_at) return { state: run.state, held: false };
  await sql('UPDATE run SET paused_at = now(), paused_by = $2 WHERE id = $1::uuid', [runId, JSON.stringify(actor)]);
  if (!held) await appendUnheld(sql, run, { kind: 'run_paused', at: clock.now().toISOString(), actor });
  return { state: run.state, held };
}

/** Lets a paused run go on, in the caller's transaction. Call `Work.wake` after the commit. */
export async function unpauseRun(sql: Sql, runId: string, actor: Actor): Promise<RunState | undefined> {
  const run = await lockRun(sql, runId);
  if (!run) return undefined;
  if (isTerminal(run.state) || !run.paused_at) return run.state;
  await sql(
    `UPDATE run SET paused_at = NULL, paused_by = NULL,
       queued_at = CASE WHEN state = 'queued' THEN now() ELSE queued_at END WHERE id = $1::uuid`,
    [runId],
  );
  // While it is held, its holder has not stopped yet: then nothing was paused.
  if (run.state !== 'running')
    await appendUnheld(sql, run, { kind: 'run_unpaused', at: clock.now().toISOString(), actor });
  return run.state;
}
