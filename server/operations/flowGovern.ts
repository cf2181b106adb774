import type { FlowSettings } from '@rondo/shared/runs/settings.ts';
import { said } from '@rondo/shared/words/said.ts';
import { keyOf } from '../work/admission.ts';
import { contracts as c } from './contract/index.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { OperationError } from './errors.ts';
import { lockFlow } from './flowEdit.ts';
import type { Services } from './services.ts';

async function tellRules({ runs, live }: Services, flowId: string): Promise<void> {
  await runs.rulesChanged(flowId);
  live.tell({ kind: 'flow', id: flowId, flowId });
}

/** Its runs finish the step under way and wait; holders see it within half a second. */
export const flowPause = defineWrite(
  c.flow.pause,
  (input) => ({ kind: 'flow', id: input.flowId }),
  async ({ tx, caller, services, audited, afterCommit }, input) => {
    const flow = await lockFlow(tx, input.flowId);
    audited({ name: flow.name });
    await tx.flow.updateMany({
      where: { id: flow.id, pausedAt: null },
      data: { pausedAt: services.now(), pausedBy: JSON.stringify(caller.actor) },
    });
    afterCommit(() => tellRules(services, flow.id));
    return {};
  },
);

export const flowResume = defineWrite(
  c.flow.resume,
  (input) => ({ kind: 'flow', id: input.flowId }),
  async ({ tx, services, audited, afterCommit }, input) => {
    const flow = await lockFlow(tx, input.flowId);
    audited({ name: flow.name });
    await tx.flow.update({ where: { id: flow.id }, data: { pausedAt: null, pausedBy: null }, select: { id: true } });
    afterCommit(() => tellRules(services, flow.id));
    return {};
  },
);

export const flowConfigure = defineWrite(
  c.flow.configure,
  (input) => ({ kind: 'flow', id: input.flowId, details: { settings: JSON.stringify(input.settings) } }),
  async ({ tx, services, audited, afterCommit }, input) => {
    const flow = await lockFlow(tx, input.flowId);
    audited({ name: flow.name });
    const { limits } = input.settings;
    if (limits?.atOncePerKey !== undefined && !limits.key)
      throw new OperationError('INVALID', said('refused.limitKey'));
    const settings: FlowSettings = input.settings;
    await tx.flow.update({
      where: { id: flow.id },
      data: { settings: JSON.stringify(settings) },
      select: { id: true },
    });
    // Runs that are held back get a key of the new expression.
    await tx.run.updateMany({ where: { flowId: flow.id, state: 'queued', gated: true }, data: { limitKey: null } });
    afterCommit(() => {
      services.documents.forgetPublished();
      return tellRules(services, flow.id);
    });
    return {};
  },
);

export const flowCheckKey = defineRead(c.flow.checkKey, async ({ services }, input) => {
  let error: string | null = null;
  const key = await keyOf(
    (expression, values) =>
      services.runs.formula(expression, values).catch((failure: unknown) => {
        error = failure instanceof Error ? failure.message : String(failure);
        throw failure;
      }),
    input.key,
    input.inputs,
  );
  return error === null ? { key, error } : { key: null, error };
});
