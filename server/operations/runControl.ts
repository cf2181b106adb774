import { said } from '@rondo/shared/words/said.ts';
import { sqlIn } from '../store/sql.ts';
import { pauseRun, unpauseRun } from '../work/pauses.ts';
import { contracts as c } from './contract/index.ts';
import { defineWrite, type WriteContext } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';

/** Names the run in the audit row. */
async function named(
  { tx, audited }: Pick<WriteContext, 'tx' | 'audited'>,
  runId: string,
): Promise<{ flowId: string | null }> {
  const row = await tx.run.findUnique({
    where: { id: runId },
    select: { flowName: true, number: true, flowId: true },
  });
  if (!row) throw notFound('run');
  audited({ name: `${row.flowName} ${row.number}` });
  return { flowId: row.flowId };
}

export const runPause = defineWrite(
  c.run.pause,
  (input) => ({ kind: 'run', id: input.runId }),
  async (context, input) => {
    const { tx, caller, services, afterCommit } = context;
    const { flowId } = await named(context, input.runId);
    const paused = await pauseRun(sqlIn(tx), input.runId, caller.actor);
    if (!paused) throw notFound('run');
    if (paused.state === 'succeeded' || paused.state === 'failed' || paused.state === 'cancelled')
      throw new OperationError('GONE', said('refused.runEnded'));
    afterCommit(async () => {
      if (paused.held) await services.runs.look(input.runId);
      services.live.tell({ kind: 'run', id: input.runId, flowId: flowId ?? undefined, state: paused.state });
    });
    return { state: paused.state };
  },
);

export const runResume = defineWrite(
  c.run.resume,
  (input) => ({ kind: 'run', id: input.runId }),
  async (context, input) => {
    const { tx, caller, services, afterCommit } = context;
    const { flowId } = await named(context, input.runId);
    const state = await unpauseRun(sqlIn(tx), input.runId, caller.actor);
    if (!state) throw notFound('run');
    afterCommit(async () => {
      services.live.tell({ kind: 'run', id: input.runId, flowId: flowId ?? undefined, state });
      if (state === 'queued') await services.runs.wake(input.runId);
    });
    return { state };
  },
);

export const runHold = defineWrite(
  c.run.hold,
  (input) => ({ kind: 'run', id: input.runId, details: { hold: input.hold } }),
  async (context, input) => {
    const { tx, services, afterCommit } = context;
    const { flowId } = await named(context, input.runId);
    await tx.run.update({ where: { id: input.runId }, data: { hold: input.hold } });
    afterCommit(() => services.live.tell({ kind: 'run', id: input.runId, flowId: flowId ?? undefined }));
    return {};
  },
);
