import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunError } from '@rondo/shared/runs/events.ts';
import { isTerminal, type RunState, runStates } from '@rondo/shared/runs/states.ts';
import { said } from '@rondo/shared/words/said.ts';
import type { Prisma, PrismaClient } from '../store/generated/client.ts';
import { contracts as c } from './contract/index.ts';
import type { RunSummary } from './contract/run.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { nameIn, queuedWhy } from './queuedWhy.ts';
import { matchingRuns } from './runFilter.ts';
import type { KeptWait } from './runStart.ts';

type RunRow = Prisma.RunGetPayload<object>;

/** The state of a row, as one of the states there are. */
export function stateOf(text: string): RunState {
  const state = runStates.find((one) => one === text);
  if (!state) throw new Error(`A run has the state “${text}”, which this version does not know.`);
  return state;
}

/** Runs as lists show them; waits get the title of what people see. */
export async function summaries(prisma: PrismaClient, rows: RunRow[]): Promise<RunSummary[]> {
  const waiting = rows.filter((row) => row.state === 'waiting').map((row) => row.id);
  const reviews = waiting.length
    ? await prisma.review.findMany({
        where: { runId: { in: waiting }, state: 'open' },
        select: { runId: true, waitId: true, title: true },
      })
    : [];
  const titles = new Map(reviews.map((review) => [`${review.runId} ${review.waitId}`, review.title]));
  return rows.map((row) => {
    const waits = row.waits === null || row.state !== 'waiting' ? [] : (JSON.parse(row.waits) as KeptWait[]);
    return {
      id: row.id,
      number: Number(row.number),
      flowId: row.flowId,
      flowName: row.flowName,
      versionNumber: row.versionNumber,
      state: stateOf(row.state),
      waits: waits.map((wait) => {
        const title = titles.get(`${row.id} ${wait.id}`);
        return { for: wait.for, ...(title === undefined ? {} : { title }) };
      }),
      actorName: row.actorName,
      trigger: row.trigger,
      stepsDone: row.stepsDone,
      paused: row.pausedAt !== null,
      gated: row.gated,
      hold: row.hold,
      createdAt: row.createdAt.toISOString(),
      startedAt: row.startedAt?.toISOString() ?? null,
      finishedAt: row.finishedAt?.toISOString() ?? null,
    };
  });
}

const pageSize = 50;

/** A cursor is the id of the last run shown: run ids (UUIDv7) sort by time. */
export const runList = defineRead(c.run.list, async ({ prisma, services }, { cursor, limit = pageSize, ...filter }) => {
  if (cursor !== undefined && !/^[0-9a-f-]{36}$/i.test(cursor))
    throw new OperationError('INVALID', 'cursor: this is no cursor of this list.');
  const ids = await matchingRuns(services.store.pool, filter, {
    limit: limit + 1,
    ...(cursor === undefined ? {} : { before: cursor }),
  });
  const shown = ids.slice(0, limit);
  const rows = await prisma.run.findMany({ where: { id: { in: shown } }, orderBy: { id: 'desc' } });
  return { runs: await summaries(prisma, rows), nextCursor: ids.length > limit ? (shown.at(-1) ?? null) : null };
});

const mostLinked = 100;

export const runGet = defineRead(c.run.get, async ({ prisma, services }, input) => {
  const row = await prisma.run.findUnique({ where: { id: input.runId } });
  if (!row) throw notFound('run');
  const [document, reviews, [summary], queued, retryOf, retries, parent, children] = await Promise.all([
    prisma.flowDocument.findUnique({ where: { hash: row.documentHash } }),
    prisma.review.findMany({
      where: { runId: row.id },
      orderBy: { createdAt: 'asc' },
      select: { id: true, title: true, state: true },
    }),
    summaries(prisma, [row]),
    queuedWhy(services.store.pool, row),
    linkedRuns(prisma, { id: row.retryOf ?? undefined }, row.retryOf !== null),
    linkedRuns(prisma, { retryOf: row.id }),
    linkedRuns(prisma, { id: row.parentRunId ?? undefined }, row.parentRunId !== null),
    linkedRuns(prisma, { parentRunId: row.id }),
  ]);
  if (!document || !summary) throw new OperationError('INTERNAL', 'The document of this run is missing.');
  return {
    ...summary,
    documentText: document.text,
    inputs: JSON.parse(row.inputs) as JsonObject,
    outputs: row.outputs === null ? null : (JSON.parse(row.outputs) as JsonObject),
    error: row.error === null ? null : (JSON.parse(row.error) as RunError),
    nextSeq: row.nextSeq,
    reviews,
    pausedByName: nameIn(row.pausedBy),
    queued,
    deadlineAt: row.deadlineAt?.toISOString() ?? null,
    priority: row.priority,
    retryOf: retryOf[0] ?? null,
    retries,
    parent: parent[0] ?? null,
    children,
    valuesRemovedAt: row.valuesRemovedAt?.toISOString() ?? null,
  };
});

/** @param wanted false: there is nothing to look for */
async function linkedRuns(prisma: PrismaClient, where: Prisma.RunWhereInput, wanted = true) {
  if (!wanted) return [];
  const rows = await prisma.run.findMany({
    where,
    orderBy: { id: 'desc' },
    take: mostLinked,
    select: { id: true, number: true, flowName: true, state: true },
  });
  return rows.map((row) => ({
    runId: row.id,
    number: Number(row.number),
    flowName: row.flowName,
    state: stateOf(row.state),
  }));
}

/** `after` is the number that is read next: 0, or the `nextSeq` of the last answer. */
export const runEvents = defineRead(c.run.events, async ({ prisma, services }, input) => {
  const row = await prisma.run.findUnique({ where: { id: input.runId }, select: { state: true } });
  if (!row) throw notFound('run');
  const after = input.after ?? 0;
  const events = await services.runs.events(input.runId, after);
  const last = events.at(-1);
  return { events, nextSeq: last ? last.seq + 1 : after, state: stateOf(row.state) };
});

export const runCancel = defineWrite(
  c.run.cancel,
  (input) => ({ kind: 'run', id: input.runId }),
  async ({ tx, caller, services, audited, answerAfterCommit }, input) => {
    const row = await tx.run.findUnique({ where: { id: input.runId } });
    if (!row) throw notFound('run');
    audited({ name: `${row.flowName} ${row.number}` });
    const state = stateOf(row.state);
    if (state === 'cancelled') return { state };
    if (isTerminal(state))
      throw new OperationError('GONE', said(state === 'failed' ? 'refused.runFailed' : 'refused.runFinished'));
    // The wish is durable with its audit row; whoever holds the run ends it, and so does the sweep after a crash.
    await tx.run.updateMany({ where: { id: row.id, state: row.state }, data: { cancelRequested: true } });
    answerAfterCommit(async () => ({ state: await services.runs.cancel(row.id, caller.actor) }));
    return { state };
  },
);
