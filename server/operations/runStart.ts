import { hasErrors } from '@rondo/shared/oas/problems.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { type RunTrigger, withoutContext } from '@rondo/shared/runs/events.ts';
import { type FlowSettings, runnersOf } from '@rondo/shared/runs/settings.ts';
import type { RunState } from '@rondo/shared/runs/states.ts';
import { said } from '@rondo/shared/words/said.ts';
import type { Caller } from '../access/caller.ts';
import { allows } from '../access/permissions.ts';
import { contracts as c } from './contract/index.ts';
import { defineJournaled } from './defineOperation.ts';
import { refuseErrors } from './documents.ts';
import { notFound, OperationError } from './errors.ts';
import { partOfDraft, testTrigger } from './partialRun.ts';
import { checkedInputs } from './runInputs.ts';
import { refuseRunner } from './runners.ts';
import type { RunRequest, Services } from './services.ts';

type Chosen = Pick<RunRequest, 'flowId' | 'flowName' | 'versionNumber' | 'documentHash' | 'document'>;

/**
 * Not in a Prisma transaction and without a row in the audit chain: the run's first event says who started it, and is
 * durable before anything happens.
 */
export const runStart = defineJournaled(
  c.run.start,
  (input) => ({ kind: 'flow', id: input.flowId, details: { version: input.version ?? 'published' } }),
  async ({ caller, services }, input) => {
    if (input.partial && input.version !== 'draft')
      throw new OperationError('INVALID', said('refused.onlyDraftInPart'));
    const chosen = await choose(services, input.flowId, input.version, caller);
    const partial = input.partial && (await partOfDraft(services, chosen, input.partial));
    const inputs = checkedInputs(chosen.document, input.inputs, partial);
    const { runId, number } = await services.runs.start({
      ...chosen,
      actor: caller.actor,
      trigger: input.version === 'draft' ? testTrigger(partial) : triggerOf(caller),
      inputs,
      ...(partial && { partial }),
      messages: input.messages,
      startKey: input.key ?? null,
    });
    const ended = input.waitSeconds ? await services.runs.settled(runId, input.waitSeconds * 1000) : undefined;
    if (ended) return { number, runId, ...ended, waits: [], link: runLink(services, runId) };
    return { number, ...(await runOutcome(services, runId)) };
  },
);

function triggerOf(caller: Caller): RunTrigger {
  if (caller.through === 'mcp') return 'mcp';
  if (caller.by === 'api_key') return 'http';
  return caller.by === 'local' ? 'cli' : 'manual';
}

async function choose(
  services: Services,
  idOrSlug: string,
  version: number | 'draft' | undefined,
  caller: Caller,
): Promise<Chosen> {
  if (version === undefined) {
    const published = await services.documents.published(idOrSlug);
    if (published) {
      await refuseRunner(services, caller, published.runners);
      return published;
    }
  }
  const flow = await services.prisma.flow.findFirst({
    where: isId(idOrSlug) ? { id: idOrSlug } : { slug: idOrSlug },
  });
  if (!flow) throw notFound('flow');
  if (flow.archivedAt) throw new OperationError('CONFLICT', said('refused.archived'));
  if (version === undefined) throw new OperationError('CONFLICT', said('refused.notPublished'));
  const named = { flowId: flow.id, flowName: flow.name };
  if (version === 'draft') {
    if (!caller.user || !allows(caller.user.role, 'flow.edit'))
      throw new OperationError('FORBIDDEN', said('refused.testRunRole'));
    const document = services.documents.draft(flow);
    const problems = validate(document);
    if (hasErrors(problems)) refuseErrors(problems, said('refused.draft'));
    const documentHash = await services.documents.put(services.prisma, flow.draftText);
    return { ...named, versionNumber: null, documentHash, document };
  }
  await refuseRunner(services, caller, runnersOf(JSON.parse(flow.settings) as FlowSettings));
  const row = await services.prisma.flowVersion.findUnique({
    where: { flowId_number: { flowId: flow.id, number: version } },
  });
  if (!row) throw notFound('version');
  const document = await services.documents.byHash(row.documentHash);
  return { ...named, versionNumber: version, documentHash: row.documentHash, document };
}

export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
}

interface OutcomeRow {
  state: RunState;
  waits: string | null;
  outputs: string | null;
  error: string | null;
}

/** A wait as the run's row keeps it. */
export interface KeptWait {
  id: string;
  for: string;
  path: string;
}

/** Where a run stands: one statement where it has ended, a second one where it waits for people. */
export async function runOutcome(services: Services, runId: string) {
  const { rows } = await services.store.pool.query<OutcomeRow>({
    name: 'rondo_outcome',
    text: 'SELECT state, waits, outputs, error FROM run WHERE id = $1',
    values: [runId],
  });
  const row = rows[0];
  if (!row) throw notFound('run');
  const waits = row.waits === null || row.state !== 'waiting' ? [] : (JSON.parse(row.waits) as KeptWait[]);
  const reviews = waits.some((wait) => wait.for === 'review' || wait.for === 'message')
    ? await services.prisma.review.findMany({ where: { runId }, select: { id: true, waitId: true, title: true } })
    : [];
  return {
    runId,
    state: row.state,
    outputs: row.outputs === null ? null : await services.large.restoredValues(runId, JSON.parse(row.outputs)),
    error: row.error === null ? null : withoutContext(JSON.parse(row.error)),
    waits: waits.map((wait) => {
      const review = reviews.find((one) => one.waitId === wait.id);
      return {
        id: wait.id,
        for: wait.for,
        path: wait.path,
        ...(review ? { reviewId: review.id, title: review.title } : {}),
      };
    }),
    link: runLink(services, runId),
  };
}

/** The page of a run. */
export function runLink(services: Services, runId: string): string {
  return `${services.url}/runs/${runId}`;
}
