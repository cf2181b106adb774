import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent, RunStarted } from '@rondo/shared/runs/events.ts';
import { failedStep, takenOver } from '@rondo/shared/runs/retry.ts';
import { type FlowSettings, runnersOf } from '@rondo/shared/runs/settings.ts';
import { isTerminal } from '@rondo/shared/runs/states.ts';
import { said } from '@rondo/shared/words/said.ts';
import type { Caller } from '../access/caller.ts';
import { contracts as c } from './contract/index.ts';
import { defineJournaled } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { checkedInputs } from './runInputs.ts';
import { refuseRunner } from './runners.ts';
import { runLink, runOutcome } from './runStart.ts';
import { stateOf } from './runs.ts';
import type { Services } from './services.ts';

export interface RetryWish {
  runId: string;
  /** `failed`, `start`, or a step's path */
  from: string;
  inputs?: JsonObject;
  /** the same key tries the same run again once only */
  key?: string;
}

/** Like a start: its record is the journal of the new run, whose first event says who, of which run, and from where. */
export const runRetry = defineJournaled(
  c.run.retry,
  (input) => ({ kind: 'run', id: input.runId, details: { from: input.from } }),
  async ({ caller, services }, input) => {
    const { runId, number } = await retryRun(services, input, caller);
    const { state } = await runOutcome(services, runId);
    return { runId, number, state, link: runLink(services, runId) };
  },
);

/**
 * Starts a run that tries another one again: the same version, what was done before the step that it begins with taken
 * over, so that nothing of it is done again.
 * @throws {OperationError} when there is no such run or step, it has not ended, they may not run its flow, or the inputs
 * do not fit
 */
export async function retryRun(
  services: Services,
  wish: RetryWish,
  { actor, user }: Pick<Caller, 'actor' | 'user'>,
): Promise<{ runId: string; number: number }> {
  const old = await services.prisma.run.findUnique({ where: { id: wish.runId } });
  if (!old) throw notFound('run');
  if (!isTerminal(stateOf(old.state))) throw new OperationError('CONFLICT', said('refused.retryRunning'));
  if (old.valuesRemovedAt !== null) throw new OperationError('GONE', said('refused.valuesGone'));
  if (old.flowId === null) throw new OperationError('CONFLICT', said('refused.runOfNoFlow'));
  const flow = await services.prisma.flow.findUnique({ where: { id: old.flowId }, select: { settings: true } });
  if (flow) await refuseRunner(services, { user }, runnersOf(JSON.parse(flow.settings) as FlowSettings));
  const events = await services.runs.events(old.id, 0);
  const from = stepToBegin(events, wish.from);
  const first = events[0];
  const started: RunStarted | undefined = first?.kind === 'run_started' ? first : undefined;
  const oldInputs = started?.inputs ?? (JSON.parse(old.inputs) as JsonObject);
  const document = await services.documents.byHash(old.documentHash);
  const inputs = from === null && wish.inputs ? checkedInputs(document, wish.inputs, started?.partial) : oldInputs;
  const retry: NonNullable<RunStarted['retry']> = { runId: old.id, number: Number(old.number), from };
  if (from !== null && wish.inputs) retry.inputs = wish.inputs;
  return services.runs.retry(
    {
      flowId: old.flowId,
      flowName: old.flowName,
      versionNumber: old.versionNumber,
      documentHash: old.documentHash,
      actor,
      trigger: 'retry',
      inputs,
      startKey: wish.key === undefined ? null : `retry ${old.id} ${wish.key}`,
      ...(started?.messages && { messages: started.messages }),
      // A part that is tried again is that part, and what it takes as given is not run.
      ...(started?.partial && { partial: started.partial }),
      retry,
    },
    takenOver(events, from),
  );
}

/** @returns path of the step to begin with; null = the start */
function stepToBegin(events: readonly RunEvent[], from: string): string | null {
  if (from === 'start') return null;
  if (from === 'failed') return failedStep(events);
  if (events.some((event) => event.kind === 'step_started' && event.path === from)) return from;
  throw new OperationError('INVALID', said('refused.neverCameTo', { step: from }));
}
