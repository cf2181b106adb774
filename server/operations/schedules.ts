import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { TimetableSpec } from '@rondo/shared/runs/timetable/timetable.ts';
import { recognised } from '@rondo/shared/words/recognised.ts';
import { inEnglish, said } from '@rondo/shared/words/said.ts';
import type { PoolClient } from 'pg';
import { v7 as uuid } from 'uuid';
import type { Prisma } from '../store/generated/client.ts';
import { inTransaction } from '../store/inTransaction.ts';
import { madeAt } from '../work/scheduleSpec.ts';
import { startInside } from '../work/startInside.ts';
import { type FiringSchedule, firingColumns, obstacleOf, recordByHand, requestOf } from '../work/ticker.ts';
import { contracts as c } from './contract/index.ts';
import type { missedPolicies, overlaps } from './contract/schedule.ts';
import { checkJitter, planSchedule, readTimetable, wordsOf } from './cron.ts';
import { defineJournaled, defineRead, defineWrite } from './defineOperation.ts';
import { giveUpDue } from './dueGivenUp.ts';
import { notFound, OperationError } from './errors.ts';
import { keysetCursor } from './keysetCursor.ts';
import { goOnWith } from './queuedRun.ts';
import { checkedInputs } from './runInputs.ts';
import { giveFiles } from './scheduleFiles.ts';
import { schedulePage } from './schedulePage.ts';
import type { Services } from './services.ts';

const page = 100;
const shownFires = 5;

type Row = Prisma.ScheduleGetPayload<object>;

function fireOf(row: Prisma.ScheduleFireGetPayload<object>) {
  return {
    dueAt: row.dueAt.toISOString(),
    doneAt: row.doneAt.toISOString(),
    outcome:
      row.outcome === 'run' || row.outcome === 'caught_up'
        ? (row.outcome as 'run' | 'caught_up')
        : ('skipped' as const),
    kind: row.kind === 'manual' ? ('manual' as const) : ('due' as const),
    runId: row.runId,
    reason: row.reason,
  };
}

/** What of an input, or of a row, says when it fires. */
interface Times {
  kind?: string;
  cron?: string;
  everySeconds?: number | null;
  anchorAt?: string | Date | null;
  timeZone: string;
  firstDay?: string | null;
  lastDay?: string | null;
}

function specOf(times: Times, now: Date): TimetableSpec {
  const kind = (times.kind ?? 'cron') as TimetableSpec['kind'];
  const anchor = times.anchorAt ? wholeSecond(new Date(times.anchorAt)) : null;
  return {
    kind,
    cron: times.cron ?? '',
    everySeconds: times.everySeconds ?? null,
    // What is to happen every so often begins now, at a whole second.
    anchorAt: anchor ?? (kind === 'every' ? wholeSecond(now) : null),
    timeZone: times.timeZone,
    firstDay: times.firstDay ?? null,
    lastDay: times.lastDay ?? null,
  };
}

/** Due times are whole seconds; fires by hand never are, so that the two share no place in the ledger. */
function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}

/** The words and next fires of a row; one that has come to its end has none any more. */
function shownPlan(row: Row, now: Date): { words: string; nextFires: Date[] } {
  const spec = specOf(row, now);
  return { words: wordsOf(spec), nextFires: row.enabled ? readTimetable(spec).upcoming(now, shownFires) : [] };
}

const mostListed = 500;

export const scheduleList = defineRead(c.schedule.list, async ({ prisma, services }, input) => {
  const { limit = mostListed } = input;
  const found = await schedulePage(services.store.pool, { ...input, limit: limit + 1 });
  const ids = found.slice(0, limit);
  const rows = await prisma.schedule.findMany({
    where: { id: { in: ids } },
    include: { flow: { select: { name: true } }, fires: { orderBy: { dueAt: 'desc' }, take: 1 } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const end = found.length > limit ? rows.at(-1) : undefined;
  return {
    nextCursor: end ? keysetCursor({ value: end.createdAt.toISOString(), id: end.id }) : null,
    schedules: rows.map((row) => {
      const plan = shownPlan(row, services.now());
      const last = row.fires[0];
      return {
        id: row.id,
        flowId: row.flowId,
        flowName: row.flow.name,
        name: row.name,
        kind: row.kind as TimetableSpec['kind'],
        cron: row.cron,
        everySeconds: row.everySeconds,
        anchorAt: row.anchorAt?.toISOString() ?? null,
        timeZone: row.timeZone,
        firstDay: row.firstDay,
        lastDay: row.lastDay,
        jitterSeconds: row.jitterSeconds,
        overlap: row.overlap as (typeof overlaps)[number],
        missed: row.missed as (typeof missedPolicies)[number],
        missedMost: row.missedMost,
        inputs: JSON.parse(row.inputs) as JsonObject,
        enabled: row.enabled,
        words: plan.words,
        nextFires: plan.nextFires.map((date) => date.toISOString()),
        lastFire: last ? fireOf(last) : null,
      };
    }),
  };
});

export const schedulePreview = defineRead(c.schedule.preview, async ({ services }, input) => {
  const now = services.now();
  const plan = planSchedule(specOf(input, now), now, shownFires);
  return { words: plan.words, nextFires: plan.nextFires.map((date) => date.toISOString()) };
});

/** What a schedule starts is checked when it is made, not first when it fires. */
async function checkStart(services: Services, flowId: string, inputs: JsonObject): Promise<JsonObject> {
  const published = await services.documents.published(flowId);
  if (!published) throw new OperationError('CONFLICT', said('refused.publishForSchedule'));
  return checkedInputs(published.document, inputs);
}

/** The parts of an input that say how fires are made; what is not given stays. */
function policyIn(input: { jitterSeconds?: number; overlap?: string; missed?: string; missedMost?: number }) {
  const { jitterSeconds, overlap, missed, missedMost } = input;
  return {
    ...(jitterSeconds === undefined ? {} : { jitterSeconds }),
    ...(overlap === undefined ? {} : { overlap }),
    ...(missed === undefined ? {} : { missed }),
    ...(missedMost === undefined ? {} : { missedMost }),
  };
}

/** What the audit says of a new schedule: all but its inputs. */
function timesIn<T extends { inputs: JsonObject }>({
  inputs: _inputs,
  ...rest
}: T): { [name: string]: Json | undefined } {
  return rest as { [name: string]: Json | undefined };
}

export const scheduleCreate = defineWrite(
  c.schedule.create,
  (input, output) => ({
    kind: 'schedule',
    id: output?.scheduleId ?? '',
    details: timesIn(input),
  }),
  async ({ tx, caller, services, audited, afterCommit }, input) => {
    const flow = await tx.flow.findUnique({ where: { id: input.flowId } });
    if (!flow) throw notFound('flow');
    const spec = specOf(input, services.now());
    const [next = null] = planSchedule(spec, services.now(), 1).nextFires;
    checkJitter(spec, input.jitterSeconds ?? 0, services.now());
    const inputs = await checkStart(services, flow.id, input.inputs);
    const name = input.name ?? flow.name;
    audited({ name });
    const id = uuid();
    await giveFiles(tx, caller, id, inputs);
    await tx.schedule.create({
      data: {
        id,
        flowId: flow.id,
        name,
        ...spec,
        ...policyIn(input),
        inputs: JSON.stringify(inputs),
        nextFireAt: next,
        nextMakeAt: next && madeAt(id, next, input.jitterSeconds ?? 0),
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
  async ({ tx, caller, services, audited, afterCommit }, input) => {
    await tx.$queryRaw`SELECT id FROM schedule WHERE id = ${input.scheduleId}::uuid FOR UPDATE`;
    const old = await tx.schedule.findUnique({ where: { id: input.scheduleId } });
    if (!old) throw notFound('schedule');
    audited({ name: input.name ?? old.name });
    const enabled = input.enabled ?? old.enabled;
    const kind = input.kind ?? old.kind;
    const spec = specOf(
      {
        kind,
        cron: input.cron ?? old.cron,
        everySeconds: input.everySeconds ?? old.everySeconds,
        anchorAt: input.anchorAt ?? (kind === old.kind ? old.anchorAt : null),
        timeZone: input.timeZone ?? old.timeZone,
        firstDay: input.firstDay === undefined ? old.firstDay : input.firstDay,
        lastDay: input.lastDay === undefined ? old.lastDay : input.lastDay,
      },
      services.now(),
    );
    const inputs = input.inputs === undefined ? undefined : await checkStart(services, old.flowId, input.inputs);
    if (inputs) await giveFiles(tx, caller, old.id, inputs);
    const jitter = input.jitterSeconds ?? old.jitterSeconds;
    const timeChanged =
      JSON.stringify(spec) !== JSON.stringify(specOf(old, services.now())) || (enabled && !old.enabled);
    // A time that never comes is refused; one that has come to its end may rest, or get another name.
    const [planned = null] = timeChanged && enabled ? planSchedule(spec, services.now(), 1).nextFires : [];
    if (enabled && (timeChanged || input.jitterSeconds !== undefined)) checkJitter(spec, jitter, services.now());
    if (timeChanged || !enabled) {
      const why = inEnglish(said(enabled ? 'fire.timeChanged' : 'fire.turnedOff'));
      await giveUpDue(tx, { id: old.id }, services.now(), why);
    }
    // The next fire is moved only by a change of time: else a fire that is due now would be lost.
    const next = timeChanged ? planned : old.nextFireAt;
    await tx.schedule.update({
      where: { id: old.id },
      data: {
        ...spec,
        ...policyIn(input),
        enabled,
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(inputs === undefined ? {} : { inputs: JSON.stringify(inputs) }),
        nextFireAt: enabled ? next : null,
        nextMakeAt: enabled && next ? madeAt(old.id, next, jitter) : null,
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

/**
 * Makes a fire by hand: a row of the ledger and its run, together. Like a start, its record is the run's first event,
 * which says who; an earlier run that has not ended does not keep it.
 */
export const scheduleFire = defineJournaled(
  c.schedule.fire,
  (input) => ({ kind: 'schedule', id: input.scheduleId }),
  async ({ caller, services }, input) => {
    const now = services.now();
    const { runId, flowId } = await inTransaction(services.store.pool, async (client) => {
      const { rows } = await client.query<FiringSchedule>(
        `SELECT ${firingColumns} FROM schedule JOIN flow ON flow.id = schedule.flow_id WHERE schedule.id = $1
         FOR UPDATE OF schedule`,
        [input.scheduleId],
      );
      const schedule = rows[0];
      if (!schedule) throw notFound('schedule');
      const obstacle = obstacleOf(schedule);
      if (obstacle)
        throw new OperationError(
          'CONFLICT',
          said('refused.cannotRunNow', { obstacle: recognised(obstacle) ?? obstacle }),
        );
      const at = await freeMoment(client, schedule.id, now);
      const fire = { at, caughtUp: false, by: caller.actor };
      const { runId: made } = await startInside(client, requestOf({ ...schedule, overlap: 'run' }, fire));
      const reason = inEnglish(said('fire.byHand', { person: caller.actor.name }));
      await recordByHand(client, schedule.id, { at, outcome: 'run', runId: made, reason });
      return { runId: made, flowId: schedule.flow_id };
    });
    await goOnWith(services, runId, flowId);
    services.live.tell({ kind: 'schedule', id: input.scheduleId, flowId });
    return { runId };
  },
);

/** The moment itself, or the first after it that has no row in the ledger and is no whole second. */
async function freeMoment(client: PoolClient, scheduleId: string, from: Date): Promise<Date> {
  const { rows } = await client.query<{ at: Date }>(
    `SELECT at FROM generate_series($2::timestamptz, $2::timestamptz + interval '10 seconds', interval '1 millisecond') AS at
     WHERE at <> date_trunc('second', at)
       AND NOT EXISTS (SELECT 1 FROM schedule_fire WHERE schedule_id = $1 AND due_at = at)
     ORDER BY at LIMIT 1`,
    [scheduleId, from],
  );
  return rows[0]?.at ?? from;
}

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
