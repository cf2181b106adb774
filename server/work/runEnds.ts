import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../store/inTransaction.ts';
import type { WorkLog } from './workLog.ts';

/** A run that has ended, from the outbox `run_end`. */
export interface EndedRow {
  runId: string;
  flowId: string | null;
  state: 'succeeded' | 'failed' | 'cancelled';
  at: Date;
}

/**
 * Acts on a run that has ended, in the transaction that takes the row out of the outbox: what it does happens once.
 * @returns runs to wake after the commit
 */
export type RunEndHandler = (client: PoolClient, ended: EndedRow) => Promise<string[]>;

const mostAtOnce = 200;

/**
 * Takes rows out of the outbox and lets the handlers act on each. A handler that fails keeps no other from its work:
 * its own changes are rolled back, and the log says so.
 *
 * @returns runs to wake, and whether there may be more
 */
export async function handleRunEnds(
  pool: Pool,
  handlers: readonly RunEndHandler[],
  log: WorkLog,
): Promise<{ wake: string[]; more: boolean }> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<EndedRow>({
      name: 'rondo_run_ends',
      text: `DELETE FROM run_end WHERE run_id IN (
               SELECT run_id FROM run_end ORDER BY at LIMIT ${mostAtOnce} FOR UPDATE SKIP LOCKED
             ) RETURNING run_id AS "runId", flow_id AS "flowId", state, at`,
    });
    const wake: string[] = [];
    for (const ended of rows) {
      for (const handler of handlers) {
        await client.query('SAVEPOINT handler');
        try {
          wake.push(...(await handler(client, ended)));
          await client.query('RELEASE SAVEPOINT handler');
        } catch (error) {
          await client.query('ROLLBACK TO SAVEPOINT handler');
          log.error({ runId: ended.runId, error: String(error) }, 'What follows the end of a run failed.');
        }
      }
    }
    return { wake, more: rows.length === mostAtOnce };
  });
}
