import type { Json } from '@rondo/shared/oas/json.ts';
import { verifyAudit } from '../audit/verify.ts';
import { contracts as c } from './contract/index.ts';
import { defineRead } from './defineOperation.ts';
import { OperationError } from './errors.ts';
import { likePattern } from './likePattern.ts';

const page = 100;

export const auditList = defineRead(c.audit.list, async ({ prisma, services }, input) => {
  const limit = input.limit ?? page;
  if (input.cursor !== undefined && !/^\d{1,18}$/.test(input.cursor))
    throw new OperationError('INVALID', 'cursor: this is no cursor of this list.');
  const search = input.search?.trim();
  const values: unknown[] = [];
  const add = (value: unknown) => `$${values.push(value)}`;
  const parts = ['true'];
  if (input.cursor !== undefined) parts.push(`seq < ${add(input.cursor)}::bigint`);
  if (input.action) parts.push(`action LIKE ${add(`${input.action.replace(/[\\%_]/g, '\\$&')}%`)}`);
  if (input.actorId) parts.push(`actor_id = ${add(input.actorId)}`);
  // One expression, so that its index serves it.
  if (search)
    parts.push(
      `((target_name || ' ' || actor_name || ' ' || action) ILIKE ${add(likePattern(search))} OR target_id = ${add(search)})`,
    );
  const { rows: found } = await services.store.pool.query<{ seq: string }>(
    `SELECT seq FROM audit WHERE ${parts.join(' AND ')} ORDER BY seq DESC LIMIT ${add(limit + 1)}`,
    values,
  );
  const rows = await prisma.audit.findMany({
    where: { seq: { in: found.map((row) => BigInt(row.seq)) } },
    orderBy: { seq: 'desc' },
  });
  const shown = rows.slice(0, limit);
  return {
    rows: shown.map((row) => ({
      seq: Number(row.seq),
      at: row.at.toISOString(),
      actorKind: row.actorKind,
      actorName: row.actorName,
      action: row.action,
      targetKind: row.targetKind,
      targetId: row.targetId,
      targetName: row.targetName,
      outcome: row.outcome === 'refused' ? ('refused' as const) : ('done' as const),
      // shown even where somebody changed it behind our back: verify is what judges
      details: jsonOr(row.details),
      hash: row.hash,
    })),
    nextCursor: rows.length > limit ? (shown.at(-1)?.seq.toString() ?? null) : null,
  };
});

function jsonOr(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

export const auditVerify = defineRead(c.audit.verify, async ({ prisma, services }) => {
  const { ok, checked, firstBroken, headHash } = await verifyAudit(prisma);
  return {
    ok,
    checked,
    headHash,
    firstBroken: firstBroken && {
      seq: Number(firstBroken.seq),
      at: firstBroken.at ?? services.now().toISOString(),
      action: firstBroken.action ?? '',
      reason: firstBroken.reason,
    },
  };
});
