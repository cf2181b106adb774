import type { Json } from '@rondo/shared/oas/json.ts';
import { verifyAudit } from '../audit/verify.ts';
import { contracts as c } from './contract/index.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';

const page = 100;

export const auditList = defineRead(c.audit.list, async ({ prisma }, input) => {
  const limit = input.limit ?? page;
  if (input.cursor !== undefined && !/^\d{1,18}$/.test(input.cursor))
    throw new OperationError('INVALID', 'cursor: this is no cursor of this list.');
  const search = input.search?.trim();
  const rows = await prisma.audit.findMany({
    where: {
      ...(input.cursor === undefined ? {} : { seq: { lt: BigInt(input.cursor) } }),
      ...(input.action ? { action: { startsWith: input.action } } : {}),
      ...(input.actorId ? { actorId: input.actorId } : {}),
      ...(search
        ? {
            OR: [
              { actorName: { contains: search, mode: 'insensitive' as const } },
              { action: { contains: search, mode: 'insensitive' as const } },
              { targetName: { contains: search, mode: 'insensitive' as const } },
              { targetId: search },
            ],
          }
        : {}),
    },
    orderBy: { seq: 'desc' },
    take: limit + 1,
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

export const secretList = defineRead(c.secret.list, async ({ services }) => ({
  secrets: (await services.secrets.list()).map((secret) => ({
    id: secret.id,
    name: secret.name,
    createdAt: secret.createdAt.toISOString(),
    updatedAt: secret.updatedAt.toISOString(),
  })),
}));

export const secretSet = defineWrite(
  c.secret.set,
  (input, output) => ({ kind: 'secret', id: output?.id ?? '', name: input.name }),
  async ({ tx, caller, services }, input) => ({
    id: await services.secrets.set(tx, input.name, input.value, caller.user?.id ?? caller.actor.id),
  }),
);

export const secretRemove = defineWrite(
  c.secret.remove,
  (input) => ({ kind: 'secret', id: input.secretId }),
  async ({ tx, services, audited }, input) => {
    const name = await services.secrets.remove(tx, input.secretId);
    if (name === undefined) throw notFound('secret');
    audited({ name });
    return {};
  },
);
