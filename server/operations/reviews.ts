import { answerOutputs } from '@rondo/shared/a2ui/answer.ts';
import { readSurface } from '@rondo/shared/a2ui/surface.ts';
import { canonicalJson, contentHash } from '@rondo/shared/oas/hash.ts';
import { type Json, type JsonObject, ownText } from '@rondo/shared/oas/json.ts';
import { errorAt } from '@rondo/shared/oas/problems.ts';
import { propertiesOf } from '@rondo/shared/oas/properties.ts';
import type { WaitAnswer } from '@rondo/shared/runs/events.ts';
import type { Prisma, PrismaClient } from '../store/generated/client.ts';
import { contracts as c } from './contract/index.ts';
import type { ReviewSummary } from './contract/run.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { stateOf } from './runs.ts';
import { trailOf } from './trail.ts';

type ReviewRow = Prisma.ReviewGetPayload<object>;
const mostListed = 500;

/** Reviews as the inbox shows them. */
export async function reviewSummaries(prisma: PrismaClient, rows: ReviewRow[]): Promise<ReviewSummary[]> {
  const runs = await prisma.run.findMany({
    where: { id: { in: rows.map((row) => row.runId) } },
    select: { id: true, number: true },
  });
  const numbers = new Map(runs.map((run) => [run.id, Number(run.number)]));
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind === 'message' ? 'message' : 'review',
    title: row.title,
    flowId: row.flowId,
    flowName: row.flowName,
    runId: row.runId,
    runNumber: numbers.get(row.runId) ?? 0,
    state: row.state === 'decided' || row.state === 'withdrawn' ? row.state : 'open',
    decision: row.decision,
    decidedByName: row.decidedByName,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }));
}

export const reviewList = defineRead(c.review.list, async ({ prisma }, input) => {
  const search = input.search?.trim();
  const [rows, open] = await Promise.all([
    prisma.review.findMany({
      where: {
        ...(input.state === 'all' ? {} : { state: input.state }),
        ...(input.flowId ? { flowId: input.flowId } : {}),
        ...(search
          ? {
              OR: [
                { title: { contains: search, mode: 'insensitive' as const } },
                { flowName: { contains: search, mode: 'insensitive' as const } },
              ],
            }
          : {}),
      },
      orderBy: input.state === 'open' ? { createdAt: 'asc' } : { createdAt: 'desc' },
      take: mostListed,
    }),
    prisma.review.count({ where: { state: 'open' } }),
  ]);
  return { reviews: await reviewSummaries(prisma, rows), open };
});

export const reviewGet = defineRead(c.review.get, async ({ prisma, services }, input) => {
  const row = await prisma.review.findUnique({ where: { id: input.reviewId } });
  if (!row) throw notFound('review');
  const [[summary], run, events] = await Promise.all([
    reviewSummaries(prisma, [row]),
    prisma.run.findUnique({ where: { id: row.runId }, select: { actorName: true } }),
    services.runs.events(row.runId, 0),
  ]);
  if (!summary) throw notFound('review');
  return {
    ...summary,
    surface: JSON.parse(row.surface) as Json[],
    arguments: JSON.parse(row.arguments) as JsonObject,
    formHash: row.formHash,
    valuesHash: row.valuesHash,
    outputs: JSON.parse(row.outputs) as Json,
    answer: row.answer === null ? null : (JSON.parse(row.answer) as Json),
    startedByName: run?.actorName ?? '',
    trail: trailOf(events),
  };
});

/**
 * G9: a decision holds for the form and the values that were shown; twice the same is one decision, a different one
 * after it is told who was first.
 */
export const reviewDecide = defineWrite(
  c.review.decide,
  (input) => ({
    kind: 'review',
    id: input.reviewId,
    details: { decision: input.decision, formHash: input.formHash, valuesHash: input.valuesHash },
  }),
  async ({ tx, caller, services, audited, afterCommit }, input) => {
    await tx.$queryRaw`SELECT id FROM review WHERE id = ${input.reviewId}::uuid FOR UPDATE`;
    const review = await tx.review.findUnique({ where: { id: input.reviewId } });
    if (!review) throw notFound('review');
    audited({ name: review.title, details: { run: review.runId } });
    const answerHash = await contentHash(canonicalJson({ decision: input.decision, values: input.values }));
    audited({ details: { answerHash } });
    const deciderId = caller.user?.id ?? caller.actor.id;
    const run = async () => ({
      runId: review.runId,
      runState: stateOf((await tx.run.findUniqueOrThrow({ where: { id: review.runId } })).state),
    });
    if (review.state === 'decided') {
      if (review.decidedBy === deciderId && review.answerHash === answerHash) {
        audited({ details: { again: true } });
        return run();
      }
      const at = review.decidedAt?.toISOString().replace('T', ' ').slice(0, 16);
      throw new OperationError(
        'GONE',
        `${review.decidedByName ?? 'Somebody'} decided this already (“${review.decision}”, ${at} UTC).`,
      );
    }
    if (review.state !== 'open')
      throw new OperationError('GONE', 'This review was withdrawn: its run has ended without it.');
    if (input.formHash !== review.formHash)
      throw new OperationError('CONFLICT', 'The form was changed since it was shown. Open the review again.');
    if (input.valuesHash !== review.valuesHash)
      throw new OperationError('CONFLICT', 'The values were changed since they were shown. Open the review again.');
    checkButton(JSON.parse(review.surface) as Json, input.decision);
    const answer = typedAnswer(review.kind, input.decision, input.values, JSON.parse(review.outputs) as Json);
    const taken = await services.runs.answer(tx, {
      runId: review.runId,
      waitId: review.waitId,
      answer,
      actor: caller.actor,
    });
    if (!taken) throw new OperationError('GONE', 'The run does not wait for this any more.');
    await tx.review.update({
      where: { id: review.id },
      data: {
        state: 'decided',
        decision: input.decision,
        answer: JSON.stringify(answer.kind === 'review' ? answer.values : answer),
        answerHash,
        decidedBy: deciderId,
        decidedByName: caller.user?.name ?? caller.actor.name,
        decidedAt: services.now(),
      },
    });
    afterCommit(async () => {
      services.live.tell({ kind: 'review', id: review.id, flowId: review.flowId ?? undefined, state: 'decided' });
      services.live.tell({ kind: 'inbox', id: review.id });
      await services.runs.wake(review.runId);
    });
    return run();
  },
);

/**
 * The answer with each value cast to its output's type.
 * @throws {OperationError} INVALID naming each value that is missing or does not fit
 */
export function typedAnswer(kind: string, decision: string, values: JsonObject, outputs: Json): WaitAnswer {
  if (kind === 'message') {
    const text = ownText(values, 'text');
    if (text === undefined || text.trim() === '')
      throw new OperationError('INVALID', 'Write an answer first.', [
        errorAt('ANSWER-MISSING', '/values/text', 'An answer is missing.'),
      ]);
    return { kind: 'message', text };
  }
  const answer = answerOutputs(propertiesOf(outputs), decision, {}, values);
  if (answer.ok) return { kind: 'review', decision, values: answer.outputs };
  const problems = answer.problems.map(({ title, message }) => errorAt('ANSWER-INVALID', `/values/${title}`, message));
  throw new OperationError('INVALID', problems.map((problem) => problem.message).join(' '), problems);
}

/** @throws {OperationError} INVALID when the form has no such button */
function checkButton(surface: Json, decision: string): void {
  const read = readSurface(surface);
  if (!read.ok || read.surface.actions.length === 0 || read.surface.actions.includes(decision)) return;
  const buttons = read.surface.actions.map((name) => `“${name}”`).join(', ');
  const message = `“${decision}” is no button of this form; it has ${buttons}.`;
  throw new OperationError('INVALID', message, [errorAt('ANSWER-DECISION', '/decision', message)]);
}
