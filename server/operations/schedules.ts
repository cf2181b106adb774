import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { v7 as uuid } from 'uuid';
import type { Prisma } from '../store/generated/client.ts';
import { contracts as c } from './contract/index.ts';
import { planCron } from './cron.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { checkedInputs } from './runInputs.ts';
import type { Services } from './services.ts';

const page = 100;
const shownFires = 5;

function fireOf(row: Prisma.ScheduleFireGetPayload<object>) {
  return {
    dueAt: row.dueAt.toISOString(),
    doneAt: row.doneAt.toISOString(),
    outcome:
      row.outcome === 'run' || row.outcome === 'caught_up'
        ? (row.outcome as 'run' | 'caught_up')
        : ('skipped' as const),
    runId: row.runId,
    reason: row.reason,
  };
}

export const scheduleList = defineRead(c.schedule.list, async ({ prisma, services }, input) => {
  const rows = await prisma.schedule.findMany({
    where: input.flowId ? { flowId: input.flowId } : {},
    include: { flow: { select: { name: true } }, fires: { orderBy: { dueAt: 'desc' }, take: 1 } },
    orderBy: { createdAt: 'asc' },
    take: 500,
  });
  return {
    schedules: rows.map((row) => {
      const plan = planCron(row.cron, row.timeZone, services.now(), shownFires);
      const last = row.fires[0];
      return {
        id: row.id,
        flowId: row.flowId,
        flowName: row.flow.name,
        name: row.name,
        cron: row.cron,
        timeZone: row.timeZone,
        inputs: JSON.parse(row.inputs) as JsonObject,
        enabled: row.enabled,
        words: plan.words,
        nextFires: row.enabled ? plan.nextFires.map((date) => date.toISOString()) : [],
        lastFire: last ? fireOf(last) : null,
      };
    }),
  };
});

export const schedulePreview = defineRead(c.schedule.preview, async ({ services }, input) => {
  const plan = planCron(input.cron, input.timeZone, services.now(), shownFires);
  return { words: plan.words, nextFires: plan.nextFires.map((date) => date.toISOString()) };
});

/** What a schedule starts is checked when it is made, not first when it fires. */
async function checkStart(services: Services, flowId: string, inputs: JsonObject): Promise<JsonObject> {
  const published = await services.documents.published(flowId);
  if (!published)
    throw new OperationError('CONFLICT', 'Publish the flow first: a schedule runs its published version.');
  return checkedInputs(published.document, inputs);
}

export const scheduleCreate = defineWrite(
  c.schedule.create,
  (input, output) => ({
    kind: 'schedule',
    id: output?.scheduleId ?? '',
    details: { flowId: input.flowId, cron: input.cron, timeZone: input.timeZone },
  }),
  async ({ tx, caller, services, audited, afterCommit }, input) => {
    const flow = await tx.flow.findUnique({ where: { id: input.flowId } });
    if (!flow) throw notFound('flow');
    const plan = planCron(input.cron, input.timeZone, services.now(), 1);
    const inputs = await checkStart(services, flow.id, input.inputs);
    const name = input.name ?? flow.name;
    audited({ name });
    const id = uuid();
    await tx.schedule.create({
      data: {
        id,
        flowId: flow.id,
        name,
        cron: input.cron,
        timeZone: input.timeZone,
        inputs: JSON.stringify(inputs),
        nextFireAt: plan.nextFires[0] ?? null,
        createdBy: caller.user?.id ?? caller.actor.id,
      },
    });
    afterCommit(() => services.live.tell({ kind: 'schedule', id, flowId: flow.id }));
    return { scheduleId: id };
  },
);

export const scheduleUpdate = defineWrite(
  c.schedule.update,
  (input) => {
    const { scheduleId, inputs: _inputs, ...changed } = input;
    return { kind: 'schedule', id: scheduleId, details: changed };
  },
  async ({ tx, services, audited, afterCommit }, input) => {
    await tx.$queryRaw`SELECT id FROM schedule WHERE id = ${input.scheduleId}::uuid FOR UPDATE`;
    const old = await tx.schedule.findUnique({ where: { id: input.scheduleId } });
    if (!old) throw notFound('schedule');
    audited({ name: input.name ?? old.name });
    const cron = input.cron ?? old.cron;
    const timeZone = input.timeZone ?? old.timeZone;
    const enabled = input.enabled ?? old.enabled;
    const plan = planCron(cron, timeZone, services.now(), 1);
    const inputs = input.inputs === undefined ? undefined : await checkStart(services, old.flowId, input.inputs);
    const timeChanged = cron !== old.cron || timeZone !== old.timeZone || (enabled && !old.enabled);
    await tx.schedule.update({
      where: { id: old.id },
      data: {
        cron,
        timeZone,
        enabled,
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(inputs === undefined ? {} : { inputs: JSON.stringify(inputs) }),
        // The next fire is moved only by a change of time: else a fire that is due now would be lost.
        ...(enabled ? (timeChanged ? { nextFireAt: plan.nextFires[0] ?? null } : {}) : { nextFireAt: null }),
      },
    });
    afterCommit(() => services.live.tell({ kind: 'schedule', id: old.id, flowId: old.flowId }));
    return {};
  },
);

export const scheduleRemove = defineWrite(
  c.schedule.remove,
  (input) => ({ kind: 'schedule', id: input.scheduleId }),
  async ({ tx, services, audited, afterCommit }, input) => {
    const old = await tx.schedule.findUnique({ where: { id: input.scheduleId } });
    if (!old) throw notFound('schedule');
    audited({ name: old.name, details: { flowId: old.flowId, cron: old.cron } });
    await tx.schedule.delete({ where: { id: old.id } });
    afterCommit(() => services.live.tell({ kind: 'schedule', id: old.id, flowId: old.flowId }));
    return {};
  },
);

export const scheduleFires = defineRead(c.schedule.fires, async ({ prisma }, input) => {
  if (!(await prisma.schedule.findUnique({ where: { id: input.scheduleId }, select: { id: true } })))
    throw notFound('schedule');
  const before = input.cursor === undefined ? undefined : new Date(input.cursor);
  if (before && Number.isNaN(before.getTime()))
    throw new OperationError('INVALID', 'cursor: this is no cursor of this list.');
  const rows = await prisma.scheduleFire.findMany({
    where: { scheduleId: input.scheduleId, ...(before ? { dueAt: { lt: before } } : {}) },
    orderBy: { dueAt: 'desc' },
    take: page + 1,
  });
  const shown = rows.slice(0, page);
  return {
    fires: shown.map(fireOf),
    nextCursor: rows.length > page ? (shown.at(-1)?.dueAt.toISOString() ?? null) : null,
  };
});
