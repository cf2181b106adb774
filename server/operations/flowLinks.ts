import { terminalStates } from '@rondo/shared/runs/states.ts';
import { said } from '@rondo/shared/words/said.ts';
import { v7 as uuid } from 'uuid';
import type { Prisma, PrismaClient } from '../store/generated/client.ts';
import { contracts as c } from './contract/index.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { checkFormula } from './formulas.ts';
import { idCursor } from './idCursor.ts';
import { reasonOnRecord } from './reasonOnRecord.ts';
import type { Services } from './services.ts';

const page = 50;

type FireRow = Prisma.FlowLinkFireGetPayload<object>;

/** Fires with the numbers that people know their runs by. */
async function shownFires(prisma: PrismaClient, rows: FireRow[]) {
  const runs = await prisma.run.findMany({
    where: { id: { in: rows.map((row) => row.sourceRunId) } },
    select: { id: true, number: true },
  });
  const numbers = new Map(runs.map((run) => [run.id, Number(run.number)]));
  return rows.map((row) => ({
    sourceRunId: row.sourceRunId,
    sourceNumber: numbers.get(row.sourceRunId) ?? null,
    at: row.at.toISOString(),
    outcome: row.outcome === 'run' ? ('run' as const) : ('skipped' as const),
    reason: row.reason,
    ...reasonOnRecord(row),
    runId: row.runId,
  }));
}

function statesOf(text: string) {
  return terminalStates.filter((state) => text.split(',').includes(state));
}

export const flowLinkList = defineRead(c.flowLink.list, async ({ prisma }, input) => {
  const rows = await prisma.flowLink.findMany({
    where: { OR: [{ targetFlowId: input.flowId }, { sourceFlowId: input.flowId }] },
    include: { fires: { orderBy: { at: 'desc' }, take: 1 } },
    orderBy: { createdAt: 'asc' },
    take: 200,
  });
  const ids = [...new Set(rows.flatMap((row) => [row.sourceFlowId, row.targetFlowId]))];
  const flows = await prisma.flow.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(flows.map((flow) => [flow.id, flow.name]));
  const fires = await shownFires(
    prisma,
    rows.flatMap((row) => row.fires),
  );
  const last = new Map(rows.flatMap((row) => row.fires).map((fire, index) => [fire.linkId, fires[index] ?? null]));
  return {
    links: rows.map((row) => ({
      id: row.id,
      sourceFlowId: row.sourceFlowId,
      sourceName: names.get(row.sourceFlowId) ?? '',
      targetFlowId: row.targetFlowId,
      targetName: names.get(row.targetFlowId) ?? '',
      states: statesOf(row.states),
      filter: row.filter,
      mapping: row.mapping,
      enabled: row.enabled,
      createdAt: row.createdAt.toISOString(),
      lastFire: last.get(row.id) ?? null,
    })),
  };
});

/** @throws {OperationError} INVALID */
async function checkFormulas(services: Services, given: { filter?: string; mapping?: string }): Promise<void> {
  const sample = { inputs: {}, outputs: {}, error: null, run: { id: '', number: 0, state: 'succeeded', flow: '' } };
  await checkFormula(services, 'condition', given.filter ?? '', sample);
  await checkFormula(services, 'mapping', given.mapping ?? '', sample);
}

export const flowLinkCreate = defineWrite(
  c.flowLink.create,
  (input, output) => ({ kind: 'flow link', id: output?.linkId ?? '', details: input }),
  async ({ tx, caller, services, audited }, input) => {
    const flows = await tx.flow.findMany({
      where: { id: { in: [input.sourceFlowId, input.targetFlowId] } },
      select: { id: true, name: true },
    });
    const source = flows.find((flow) => flow.id === input.sourceFlowId);
    const target = flows.find((flow) => flow.id === input.targetFlowId);
    if (!source || !target) throw notFound('flow');
    if (source.id === target.id) throw new OperationError('INVALID', said('refused.linkToItself'));
    audited({ name: `${source.name} → ${target.name}` });
    await checkFormulas(services, input);
    const id = uuid();
    const { sourceFlowId, targetFlowId, filter, mapping } = input;
    const states = input.states.join(',');
    await tx.flowLink.create({
      data: { id, sourceFlowId, targetFlowId, states, filter, mapping, createdBy: caller.actor.id },
    });
    return { linkId: id };
  },
);

export const flowLinkUpdate = defineWrite(
  c.flowLink.update,
  ({ linkId, ...changed }) => ({ kind: 'flow link', id: linkId, details: changed }),
  async ({ tx, services }, input) => {
    if (!(await tx.flowLink.findUnique({ where: { id: input.linkId } }))) throw notFound('link');
    const { filter, mapping, enabled, states } = input;
    await checkFormulas(services, {
      ...(filter === undefined ? {} : { filter }),
      ...(mapping === undefined ? {} : { mapping }),
    });
    await tx.flowLink.update({
      where: { id: input.linkId },
      data: {
        ...(filter === undefined ? {} : { filter }),
        ...(mapping === undefined ? {} : { mapping }),
        ...(enabled === undefined ? {} : { enabled }),
        ...(states === undefined ? {} : { states: states.join(',') }),
      },
    });
    return {};
  },
);

export const flowLinkRemove = defineWrite(
  c.flowLink.remove,
  (input) => ({ kind: 'flow link', id: input.linkId }),
  async ({ tx, audited }, input) => {
    const old = await tx.flowLink.findUnique({ where: { id: input.linkId } });
    if (!old) throw notFound('link');
    audited({ details: { sourceFlowId: old.sourceFlowId, targetFlowId: old.targetFlowId } });
    await tx.flowLink.delete({ where: { id: old.id } });
    return {};
  },
);

export const flowLinkFires = defineRead(c.flowLink.fires, async ({ prisma }, input) => {
  if (!(await prisma.flowLink.findUnique({ where: { id: input.linkId }, select: { id: true } })))
    throw notFound('link');
  const before = idCursor(input.cursor);
  const rows = await prisma.flowLinkFire.findMany({
    where: { linkId: input.linkId, ...(before === undefined ? {} : { sourceRunId: { lt: before } }) },
    orderBy: { sourceRunId: 'desc' },
    take: page + 1,
  });
  const shown = rows.slice(0, page);
  return {
    fires: await shownFires(prisma, shown),
    nextCursor: rows.length > page ? (shown.at(-1)?.sourceRunId ?? null) : null,
  };
});
