import { said } from '@rondo/shared/words/said.ts';
import { v7 as uuid } from 'uuid';
import type { Prisma } from '../store/generated/client.ts';
import { countMatching } from './bulkRuns.ts';
import { contracts as c } from './contract/index.ts';
import type { BulkSummary } from './contract/run.ts';
import type { RunFilter } from './contract/runFilter.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { removalOf } from './removal.ts';
import { bulkCondition } from './runFilter.ts';

const mostListed = 50;

export const bulkPreview = defineRead(c.bulk.preview, async ({ services }, input) => {
  const { pool } = services.store;
  const runs = await countMatching(pool, input.filter, bulkCondition[input.kind]);
  const all = await countMatching(pool, input.filter, 'true');
  const removal = input.kind === 'remove' ? await removalOf(pool, input.filter) : null;
  return {
    runs,
    leftAlone: all - runs,
    events: removal?.events ?? null,
    bytes: removal?.bytes ?? null,
    files: removal?.files ?? null,
  };
});

export const bulkStart = defineWrite(
  c.bulk.start,
  (input, output) => ({
    kind: 'bulk',
    id: output?.bulkId ?? '',
    details: { kind: input.kind, filter: JSON.stringify(input.filter), total: output?.total },
  }),
  async ({ tx, caller, services }, input) => {
    const total = await countMatching(services.store.pool, input.filter, bulkCondition[input.kind]);
    if (total === 0) throw new OperationError('CONFLICT', said('refused.noRunMatches'));
    const id = uuid();
    const { kind: actorKind, id: actorId, name: actorName } = caller.actor;
    const options = JSON.stringify({ from: input.from ?? 'failed' });
    await tx.bulk.create({
      data: {
        id,
        kind: input.kind,
        filter: JSON.stringify(input.filter),
        options,
        total,
        actorKind,
        actorId,
        actorName,
      },
    });
    return { bulkId: id, total };
  },
);

function summaryOf(row: Prisma.BulkGetPayload<object>): BulkSummary {
  return {
    id: row.id,
    kind: row.kind as BulkSummary['kind'],
    filter: JSON.parse(row.filter) as RunFilter,
    total: row.total,
    done: row.done,
    failed: row.failed,
    state: row.state as BulkSummary['state'],
    lastError: row.lastError,
    actorName: row.actorName,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

export const bulkGet = defineRead(c.bulk.get, async ({ prisma }, input) => {
  const row = await prisma.bulk.findUnique({ where: { id: input.bulkId } });
  if (!row) throw notFound('bulk');
  return summaryOf(row);
});

export const bulkList = defineRead(c.bulk.list, async ({ prisma }, input) => ({
  bulks: (
    await prisma.bulk.findMany({
      where: input.working ? { state: 'working' } : {},
      orderBy: { createdAt: 'desc' },
      take: mostListed,
    })
  ).map(summaryOf),
}));

export const bulkStop = defineWrite(
  c.bulk.stop,
  (input) => ({ kind: 'bulk', id: input.bulkId }),
  async ({ tx, services, audited }, input) => {
    const row = await tx.bulk.findUnique({ where: { id: input.bulkId } });
    if (!row) throw notFound('bulk');
    audited({ name: row.kind, details: { done: row.done, total: row.total } });
    await tx.bulk.updateMany({
      where: { id: row.id, state: 'working' },
      data: { state: 'stopped', finishedAt: services.now() },
    });
    return {};
  },
);
