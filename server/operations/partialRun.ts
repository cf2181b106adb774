import { type FlowView, openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunTrigger } from '@rondo/shared/runs/events.ts';
import type { GivenStep, PartialRun } from '@rondo/shared/runs/partial.ts';
import { said } from '@rondo/shared/words/said.ts';
import { OperationError } from './errors.ts';
import type { Services } from './services.ts';

/** A part as it is asked for: values may be taken from a former run. */
export type AskedPart = PartialRun & { taken?: { runId: string; steps: string[] } | undefined };

/** What a test run of a draft is started by. */
export function testTrigger(partial: PartialRun | undefined): RunTrigger {
  if (!partial) return 'test';
  return partial.test ? 'check' : 'part';
}

/**
 * The part of a draft that is to be run, with the values of the former run that it names.
 * @throws {OperationError} INVALID when a step or flow that it names is not there; NOT_FOUND for the run
 */
export async function partOfDraft(
  services: Services,
  { flowId, document }: { flowId: string; document: JsonObject },
  { taken, ...partial }: AskedPart,
): Promise<PartialRun> {
  const view = viewOf(document, partial.flow);
  for (const id of [partial.from, partial.to])
    if (id !== undefined && !view.nodeById.has(id))
      throw new OperationError('INVALID', said('refused.stepGone', { step: id }));
  if (!taken || partial.from === undefined) return partial;
  return { ...partial, before: { ...(await valuesOf(services, flowId, taken)), ...partial.before } };
}

function viewOf(document: JsonObject, flow: string | undefined): FlowView {
  try {
    return openFlow(document, flow);
  } catch (error) {
    if (error instanceof RangeError) throw new OperationError('INVALID', error.message);
    throw error;
  }
}

/** What steps of a former run gave when they ran last, in the order in which they did. */
async function valuesOf(
  services: Services,
  flowId: string,
  { runId, steps }: { runId: string; steps: string[] },
): Promise<{ [node: string]: GivenStep }> {
  const row = await services.prisma.run.findUnique({ where: { id: runId } });
  if (row?.flowId !== flowId) throw new OperationError('NOT_FOUND', said('refused.otherFlowsRun'));
  if (row.valuesRemovedAt !== null) throw new OperationError('GONE', said('refused.valuesOfThatGone'));
  const wanted = new Set(steps);
  const events = await services.large.restored(runId, await services.runs.events(runId, 0));
  const found = new Map<string, GivenStep>();
  const nodes = new Map<string, string>();
  for (const event of events) {
    if (event.kind === 'step_started') nodes.set(event.path, event.nodeId);
    if (event.kind !== 'step_succeeded') continue;
    const node = nodes.get(event.path);
    if (node === undefined || !wanted.has(node)) continue;
    found.delete(node);
    found.set(node, { outputs: event.outputs, branch: event.branch });
  }
  return Object.fromEntries(found);
}
