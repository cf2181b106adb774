import type { Pool } from 'pg';
import type { z } from 'zod';
import type { contracts } from './contract/index.ts';
import { flowWords } from './flowWords.ts';
import { readKeysetCursor } from './keysetCursor.ts';
import { likePattern } from './likePattern.ts';

type Wanted = z.output<typeof contracts.schedule.list.input> & { limit: number };

const lastFire = 'SELECT outcome, run_id FROM schedule_fire WHERE schedule_id = s.id ORDER BY due_at DESC LIMIT 1';

/** Ids of one piece of the schedules that are wanted, the oldest first. @throws {OperationError} for a foreign cursor */
export async function schedulePage(pool: Pool, wanted: Wanted): Promise<string[]> {
  const values: unknown[] = [];
  const add = (value: unknown) => `$${values.push(value)}`;
  const parts: string[] = [];
  const search = wanted.search?.trim();
  if (wanted.flowId) parts.push(`s.flow_id = ${add(wanted.flowId)}::uuid`);
  if (wanted.enabled !== undefined) parts.push(wanted.enabled ? 's.enabled' : 'NOT s.enabled');
  if (wanted.last === 'never') parts.push('NOT EXISTS (SELECT 1 FROM schedule_fire WHERE schedule_id = s.id)');
  else if (wanted.last === 'failed')
    parts.push(`(SELECT run.state FROM (${lastFire}) AS l LEFT JOIN run ON run.id = l.run_id) = 'failed'`);
  else if (wanted.last) parts.push(`(SELECT outcome FROM (${lastFire}) AS l) = ${add(wanted.last)}`);
  if (search) {
    const pattern = add(likePattern(search));
    parts.push(`s.id IN (
      SELECT id FROM schedule WHERE name ILIKE ${pattern}
      UNION SELECT w.id FROM flow f JOIN schedule w ON w.flow_id = f.id WHERE ${flowWords('f')} ILIKE ${pattern})`);
  }
  const after = readKeysetCursor(wanted.cursor);
  if (after) parts.push(`(s.created_at, s.id) > (${add(after.value)}::timestamptz, ${add(after.id)}::uuid)`);
  const { rows } = await pool.query<{ id: string }>(
    `SELECT s.id FROM schedule s WHERE ${parts.length > 0 ? parts.join(' AND ') : 'true'}
     ORDER BY s.created_at, s.id LIMIT ${add(wanted.limit)}`,
    values,
  );
  return rows.map((row) => row.id);
}
