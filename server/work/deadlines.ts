import { runError } from '@rondo/shared/runs/runError.ts';
import { said } from '@rondo/shared/words/said.ts';
import type { Pool } from 'pg';
import { clock } from '../store/clock.ts';
import { inTransaction } from '../store/inTransaction.ts';
import { sqlOn } from '../store/sql.ts';
import { endUnheld, lockRun } from './endUnheld.ts';

/**
 * Fails runs whose time is over and that nobody holds; those under way are broken off by their holder.
 * @returns the runs that have failed now
 */
export async function sweepDeadlines(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string; seconds: number }>({
    name: 'rondo_deadlines',
    text: `SELECT id, extract(epoch FROM deadline_at - created_at)::float AS seconds FROM run
           WHERE deadline_at <= now() AND state IN ('queued', 'waiting') ORDER BY deadline_at LIMIT 200`,
  });
  const ended: string[] = [];
  for (const { id, seconds } of rows) {
    const failed = await inTransaction(pool, async (client) => {
      const run = await lockRun(sqlOn(client), id);
      if (!run || (run.state !== 'queued' && run.state !== 'waiting')) return false;
      const error = runError('RUN_TIMED_OUT', null, said('failure.runTime', { seconds: Math.round(seconds) }));
      await endUnheld(sqlOn(client), run, { kind: 'run_failed', at: clock.now().toISOString(), error });
      return true;
    });
    if (failed) ended.push(id);
  }
  return ended;
}
