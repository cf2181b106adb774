import { inEnglish, said } from '@rondo/shared/words/said.ts';
import type { Pool } from 'pg';
import { inTransaction } from '../store/inTransaction.ts';
import { type ActorColumns, actorOf } from '../work/actorColumns.ts';
import type { RunFilter } from './contract/runFilter.ts';
import { OperationError } from './errors.ts';
import { removeRuns } from './removal.ts';
import { type BulkKind, bulkCondition, matchingRuns } from './runFilter.ts';
import { retryRun } from './runRetry.ts';
import type { Services } from './services.ts';

const counted = 1_000_000;

/** How many runs a filter means, a million at most. */
export async function countMatching(pool: Pool, filter: RunFilter, only: string): Promise<number> {
  return (await matchingRuns(pool, filter, { limit: counted, only })).length;
}

/** Runs of one piece: the row of the action is locked for as long as they take. */
const piece = 50;

interface Row extends ActorColumns {
  id: string;
  kind: BulkKind;
  filter: string;
  options: string;
  cursor: string | null;
  created_at: Date;
}

/**
 * Does the next piece of one bulk action that nobody else is at. A process that dies in the middle leaves its piece to
 * the next one, which does it again: trying again by the same key, cancelling and removing twice are once.
 * @returns false when there was nothing to do
 */
async function workBulk(services: Services): Promise<boolean> {
  const { pool } = services.store;
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<Row>(
      `SELECT id, kind, filter, options, cursor, actor_kind, actor_id, actor_name, created_at FROM bulk
       WHERE state = 'working' ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    const bulk = rows[0];
    if (!bulk) return false;
    const given = JSON.parse(bulk.filter) as RunFilter;
    // Runs that came after the action was asked for are none of its business, the new ones that it makes least of all.
    const asked = bulk.created_at.toISOString();
    const filter = { ...given, to: given.to !== undefined && given.to < asked ? given.to : asked };
    const ids = await matchingRuns(pool, filter, {
      limit: piece,
      only: bulkCondition[bulk.kind],
      ...(bulk.cursor === null ? {} : { before: bulk.cursor }),
    });
    const { done, failed, lastError } = await doPiece(services, bulk, ids);
    await client.query(
      `UPDATE bulk SET done = done + $2, failed = failed + $3, last_error = coalesce($4, last_error), cursor = $5,
         state = CASE WHEN $6 THEN 'done' ELSE state END, finished_at = CASE WHEN $6 THEN now() END WHERE id = $1`,
      [bulk.id, done, failed, lastError, ids.at(-1) ?? bulk.cursor, ids.length < piece],
    );
    return true;
  });
}

/** Does all there is to do now. */
export async function workBulks(services: Services): Promise<void> {
  while (await workBulk(services));
}

async function doPiece(services: Services, bulk: Row, ids: readonly string[]) {
  const actor = actorOf(bulk);
  const user = bulk.kind === 'retry' ? await services.access.userOf(actor) : null;
  const { from } = JSON.parse(bulk.options) as { from: string };
  let done = 0;
  let failed = 0;
  let lastError: string | null = null;
  const one = async (runId: string): Promise<void> => {
    if (bulk.kind === 'retry') await retryRun(services, { runId, from, key: `bulk ${bulk.id}` }, { actor, user });
    else if (bulk.kind === 'cancel') await services.runs.cancel(runId, actor);
  };
  if (bulk.kind === 'remove') return { done: await removeRuns(services.store.pool, ids), failed, lastError };
  for (const id of ids) {
    try {
      await one(id);
      done += 1;
    } catch (error) {
      if (!(error instanceof OperationError)) services.log.warn({ err: error, runId: id }, 'a bulk action failed');
      failed += 1;
      lastError = error instanceof OperationError ? error.message : inEnglish(said('refused.internal'));
    }
  }
  return { done, failed, lastError };
}
