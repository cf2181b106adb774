import type { Actor } from '@rondo/shared/runs/events.ts';
import { said } from '@rondo/shared/words/said.ts';
import { type ChildRequest, StepError } from '../engine/ports.ts';
import { inTransaction } from '../store/inTransaction.ts';
import type { Store } from '../store/store.ts';
import { startInside } from '../work/startInside.ts';
import type { Documents } from './documents.ts';
import { OperationError } from './errors.ts';
import { checkedInputs } from './runInputs.ts';

/** Runs that start runs that start runs: deeper than this somebody has made a circle. */
const deepest = 50;

export interface ChildStarter {
  store: Store;
  documents: Documents;
  wake(runId: string): Promise<void>;
}

/**
 * Starts a run of a published flow as a child of another run; without a wait id nobody waits for it.
 * @throws {StepError} FLOW_MISSING, INPUT_INVALID, TOO_DEEP
 */
export async function startChild(
  { store, documents, wake }: ChildStarter,
  parentRunId: string,
  request: ChildRequest,
): Promise<{ runId: string; flowName: string }> {
  const published = await documents.published(request.flow);
  if (!published) throw new StepError('FLOW_MISSING', said('failure.childUnpublished', { flow: request.flow }));
  const { flowName, document } = published;
  const inputs = inputsFor(flowName, () => checkedInputs(document, request.inputs));
  const { runId } = await inTransaction(store.pool, async (client) => {
    const { rows } = await client.query<{ flow_name: string; number: string; depth: number }>(
      `WITH RECURSIVE line AS (
         SELECT parent_run_id, 1 AS depth FROM run WHERE id = $1
         UNION ALL
         SELECT run.parent_run_id, depth + 1 FROM line JOIN run ON run.id = line.parent_run_id WHERE depth < ${deepest}
       ) SELECT flow_name, number, (SELECT max(depth) FROM line) AS depth FROM run WHERE id = $1`,
      [parentRunId],
    );
    const parent = rows[0];
    if (parent && parent.depth >= deepest)
      throw new StepError('TOO_DEEP', said('failure.childDeep', { count: deepest }));
    const actor: Actor = {
      kind: 'run',
      id: parentRunId,
      name: `${parent?.flow_name ?? 'Run'} ${parent?.number ?? ''}`,
    };
    return startInside(client, {
      ...published,
      actor,
      trigger: 'parent',
      inputs,
      startKey: request.key,
      parent: { runId: parentRunId, path: request.path, waitId: request.waitId },
    });
  });
  await wake(runId);
  return { runId, flowName };
}

function inputsFor<T>(flowName: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    throw new StepError(
      'INPUT_INVALID',
      said('failure.childInputs', { flow: flowName, reason: error.said ?? error.message }),
    );
  }
}
