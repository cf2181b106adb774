import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { Pool, PoolClient } from 'pg';

export type NumberedEvent = RunEvent & { seq: number };

/**
 * A run's events from number `from` on, in order (0 = all).
 * @throws {Error} when the journal has a gap: then it was changed behind our back
 */
export async function readJournal(source: Pool | PoolClient, runId: string, from = 0): Promise<NumberedEvent[]> {
  const { rows } = await source.query<{ first_seq: number; count: number; events: RunEvent[] }>({
    name: 'rondo_read_journal',
    // An append that begins before `from` may reach beyond it.
    text: `SELECT first_seq, count, events FROM run_journal
           WHERE run_id = $1 AND first_seq + count > $2 ORDER BY first_seq`,
    values: [runId, from],
  });
  const events: NumberedEvent[] = [];
  let expected: number | undefined;
  for (const row of rows) {
    if (expected !== undefined && row.first_seq !== expected) {
      throw new Error(`The journal of run ${runId} has a gap before event ${row.first_seq}.`);
    }
    expected = row.first_seq + row.count;
    for (const [index, event] of row.events.entries()) {
      const seq = row.first_seq + index;
      if (seq >= from) events.push({ seq, ...event });
    }
  }
  return events;
}
