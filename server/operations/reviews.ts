import { answerOutputs } from '@rondo/shared/a2ui/answer.ts';
import { reviewForm } from '@rondo/shared/a2ui/reviewForm.ts';
import { readSurface } from '@rondo/shared/a2ui/surface.ts';
import { canonicalJson, contentHash } from '@rondo/shared/oas/hash.ts';
import { type Json, type JsonObject, ownText } from '@rondo/shared/oas/json.ts';
import { errorAt } from '@rondo/shared/oas/problems.ts';
import { propertiesOf } from '@rondo/shared/oas/properties.ts';
import type { WaitAnswer } from '@rondo/shared/runs/events.ts';
import { quoted, said } from '@rondo/shared/words/said.ts';
import type { Caller } from '../access/caller.ts';
import { allows } from '../access/permissions.ts';
import type { Prisma, PrismaClient } from '../store/generated/client.ts';
import type { Transaction } from '../store/store.ts';
import { assignedWords, isNamed } from './assignees.ts';
import { contracts as c } from './contract/index.ts';
import type { ReviewSummary } from './contract/run.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError, refusedFor } from './errors.ts';
import { stateOf } from './runs.ts';
import type { Services } from './services.ts';
import { trailOf } from './trail.ts';

type ReviewRow = Prisma.ReviewGetPayload<object>;

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
    forPeople: row.forPeople,
    forGroups: row.forGroups,
    dueAt: row.dueAt?.toISOString() ?? null,
  }));
}

export const reviewGet = defineRead(c.review.get, async ({ caller, prisma, services }, input) => {
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
    ...(await shown(row, services)),
    formHash: row.formHash,
    valuesHash: row.valuesHash,
    outputs: JSON.parse(row.outputs) as Json,
    answer: row.answer === null ? null : (JSON.parse(row.answer) as Json),
    startedByName: run?.actorName ?? '',
    forCaller: await standing(prisma, caller, row),
    trail: trailOf(events),
  };
});

/** Whether a caller decides for themselves, instead of those whom it is for (owners and admins may), or not at all. */
async function standing(
  tx: Pick<Transaction, 'groupMember'>,
  caller: Caller,
  review: ReviewRow,
): Promise<'yes' | 'instead' | 'no'> {
  if (await isNamed(tx, caller, review)) return 'yes';
  return caller.user && allows(caller.user.role, 'review.decideForOthers') ? 'instead' : 'no';
}

/** What the row only refers to stands in its place, as it was hashed. */
async function shown(row: ReviewRow, { large }: Services): Promise<{ surface: Json[]; arguments: JsonObject }> {
  const surface = JSON.parse(row.surface) as Json[];
  const kept = JSON.parse(row.arguments) as JsonObject;
  const values = await large.restoredValues(row.runId, kept);
  return { surface: values === kept ? surface : reviewForm(surface, values), arguments: values };
}

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
    // The run's row first, as its own writes have it: neither then waits for the other.
    await tx.$queryRaw`SELECT run.id FROM run JOIN review ON review.run_id = run.id
      WHERE review.id = ${input.reviewId}::uuid FOR UPDATE OF run`;
    await tx.$queryRaw`SELECT id FROM review WHERE id = ${input.reviewId}::uuid FOR UPDATE`;
    const review = await tx.review.findUnique({ where: { id: input.reviewId } });
    if (!review) throw notFound('review');
    audited({ name: review.title, details: { run: review.runId } });
    const place = await standing(tx, caller, review);
    if (place === 'no')
      throw new OperationError('FORBIDDEN', said('refused.reviewFor', { assigned: assignedWords(review) }));
    if (place === 'instead') audited({ details: { insteadOf: assignedWords(review) } });
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
        said('refused.decided', {
          person: review.decidedByName ?? said('somebody'),
          decision: review.decision ?? '',
          at: at ?? '',
        }),
      );
    }
    if (review.state !== 'open') throw new OperationError('GONE', said('refused.reviewWithdrawn'));
    if (input.formHash !== review.formHash) throw new OperationError('CONFLICT', said('refused.formChanged'));
    if (input.valuesHash !== review.valuesHash) throw new OperationError('CONFLICT', said('refused.valuesChanged'));
    checkButton(JSON.parse(review.surface) as Json, input.decision);
    const answer = typedAnswer(review.kind, input.decision, input.values, JSON.parse(review.outputs) as Json);
    const taken = await services.runs.answer(tx, {
      runId: review.runId,
      waitId: review.waitId,
      answer,
      actor: caller.actor,
    });
    if (!taken) throw new OperationError('GONE', said('refused.notWaiting'));
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
      throw new OperationError('INVALID', said('refused.answerFirst'), [errorAt('ANSWER-MISSING', '/values/text')]);
    return { kind: 'message', text };
  }
  const answer = answerOutputs(propertiesOf(outputs), decision, {}, values);
  if (answer.ok) return { kind: 'review', decision, values: answer.outputs };
  const problems = answer.problems.map(({ title, label, wrong }) =>
    wrong === undefined
      ? errorAt('ANSWER-INVALID.missing', `/values/${title}`, { label })
      : errorAt('ANSWER-INVALID', `/values/${title}`, { label, wrong }),
  );
  throw refusedFor(problems);
}

/** @throws {OperationError} INVALID when the form has no such button */
function checkButton(surface: Json, decision: string): void {
  const read = readSurface(surface);
  if (!read.ok || read.surface.actions.length === 0 || read.surface.actions.includes(decision)) return;
  const values = { decision, buttons: read.surface.actions.map(quoted) };
  const problem = errorAt('ANSWER-DECISION', '/decision', values);
  throw new OperationError('INVALID', said('ANSWER-DECISION', values), [problem]);
}
