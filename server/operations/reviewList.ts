import type { Pool } from 'pg';
import type { Caller } from '../access/caller.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { isForCaller } from './assignees.ts';
import { contracts as c } from './contract/index.ts';
import type { ReviewSummary } from './contract/run.ts';
import { defineRead, type ReadContext } from './defineOperation.ts';
import { keysetCursor, readKeysetCursor } from './keysetCursor.ts';
import { likePattern } from './likePattern.ts';
import { reviewSummaries } from './reviews.ts';

const most = 500;

/** What waits the longest comes first; of what was decided, the newest. */
export const reviewList = defineRead(c.review.list, async ({ caller, prisma, services }, input) => {
  const { pool } = services.store;
  const limit = input.limit ?? most;
  const values: unknown[] = [];
  const add = (value: unknown) => `$${values.push(value)}`;
  const parts: string[] = [];
  const search = input.search?.trim();
  // The state as a word of the statement, so that the partial index can be used.
  if (input.state !== 'all') parts.push(`state = '${input.state === 'open' ? 'open' : 'decided'}'`);
  if (input.flowId) parts.push(`flow_id = ${add(input.flowId)}::uuid`);
  if (input.decidedBy) parts.push(`decided_by = ${add(input.decidedBy)}`);
  if (input.before) parts.push(`created_at < ${add(input.before)}::timestamptz`);
  if (input.whose) parts.push(isForCaller(input.whose, caller, add));
  if (input.dueBefore) parts.push(`due_at < ${add(input.dueBefore)}::timestamptz`);
  // One expression, so that its index serves it.
  if (search) parts.push(`(title || ' ' || flow_name) ILIKE ${add(likePattern(search))}`);
  const oldestFirst = input.state === 'open';
  const after = readKeysetCursor(input.cursor);
  if (after)
    parts.push(
      `(created_at, id) ${oldestFirst ? '>' : '<'} (${add(after.value)}::timestamptz, ${add(after.id)}::uuid)`,
    );
  const [found, open] = await Promise.all([
    pool.query<{ id: string }>(
      `SELECT id FROM review WHERE ${parts.length > 0 ? parts.join(' AND ') : 'true'}
       ORDER BY ${oldestFirst ? 'created_at, id' : 'created_at DESC, id DESC'} LIMIT ${add(limit + 1)}`,
      values,
    ),
    openFor(pool, caller),
  ]);
  const reviews = await inOrder(prisma, found.rows.slice(0, limit));
  const last = reviews.at(-1);
  return {
    reviews,
    open,
    nextCursor: found.rows.length > limit && last ? keysetCursor({ value: last.createdAt, id: last.id }) : null,
  };
});

async function inOrder(prisma: PrismaClient, found: readonly { id: string }[]): Promise<ReviewSummary[]> {
  const place = new Map(found.map(({ id }, index) => [id, index]));
  const rows = await prisma.review.findMany({ where: { id: { in: [...place.keys()] } } });
  rows.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  return reviewSummaries(prisma, rows);
}

/** The condition that a review waits for a caller, with its values. */
function waitsFor(caller: Caller): { condition: string; values: unknown[] } {
  const values: unknown[] = [];
  const forCaller = isForCaller('me', caller, (value) => `$${values.push(value)}`);
  return { condition: `state = 'open' AND ${forCaller}`, values };
}

/** How many reviews wait for a caller. */
export async function openFor(pool: Pool, caller: Caller): Promise<number> {
  const { condition, values } = waitsFor(caller);
  const { rows } = await pool.query<{ open: string }>(`SELECT count(*) AS open FROM review WHERE ${condition}`, values);
  return Number(rows[0]?.open ?? 0);
}

/** The reviews that have waited the longest for a caller. */
export async function longestWaiting(
  { prisma, services }: Pick<ReadContext, 'prisma' | 'services'>,
  caller: Caller,
  most: number,
): Promise<ReviewSummary[]> {
  const { condition, values } = waitsFor(caller);
  const { rows } = await services.store.pool.query<{ id: string }>(
    `SELECT id FROM review WHERE ${condition} ORDER BY created_at, id LIMIT $${values.push(most)}`,
    values,
  );
  return inOrder(prisma, rows);
}
