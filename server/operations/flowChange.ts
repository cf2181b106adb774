import { blankDocument } from '@rondo/shared/oas/create.ts';
import { type EditCommand, EditError } from '@rondo/shared/oas/edit.ts';
import { rootComponent } from '@rondo/shared/oas/references.ts';
import { writeDocument } from '@rondo/shared/oas/write.ts';
import { inEnglish, said } from '@rondo/shared/words/said.ts';
import { contracts as c } from './contract/index.ts';
import { defineWrite, type WriteContext } from './defineOperation.ts';
import { giveUpDue } from './dueGivenUp.ts';
import { notFound, OperationError } from './errors.ts';
import { applyGesture, lockFlow, refuseArchived } from './flowEdit.ts';
import { storeFlow } from './newFlow.ts';

function creator(context: WriteContext): string {
  return context.caller.user?.id ?? context.caller.actor.id;
}

function tellNew(context: WriteContext, flowId: string): void {
  context.afterCommit(() => context.services.live.tell({ kind: 'flow', id: flowId, flowId }));
}

export const flowCreate = defineWrite(
  c.flow.create,
  (input, output) => ({
    kind: 'flow',
    id: output?.flowId ?? '',
    name: input.name,
    details: input.sample ? { sample: input.sample } : {},
  }),
  async (context, input) => {
    const { name, language, steps } = input;
    const sample = input.sample && (await context.services.samples.bySlug(input.sample, language));
    if (input.sample !== undefined && !sample) throw notFound('sample');
    const text = sample ? sample.text : writeDocument(blankDocument(name, steps && { words: steps }));
    const { flowId } = await storeFlow(context.tx, { text, name: input.name, createdBy: creator(context) });
    tellNew(context, flowId);
    return { flowId };
  },
);

export const flowImport = defineWrite(
  c.flow.import,
  (input, output) => ({ kind: 'flow', id: output?.flowId ?? '', details: { file: input.fileName } }),
  async (context, input) => {
    const { flowId, problems, name } = await storeFlow(context.tx, {
      text: input.text,
      fileName: input.fileName,
      createdBy: creator(context),
    });
    context.audited({ name });
    tellNew(context, flowId);
    return { flowId, problems };
  },
);

export const flowRename = defineWrite(
  c.flow.rename,
  (input) => ({ kind: 'flow', id: input.flowId, name: input.name }),
  async (context, input) => {
    const { tx, services } = context;
    const flow = await lockFlow(tx, input.flowId);
    refuseArchived(flow);
    context.audited({ details: { before: flow.name } });
    const root = rootComponent(services.documents.draft(flow));
    const commands: EditCommand[] = [];
    if (typeof root?.id === 'string' && root.name !== input.name)
      commands.push({ type: 'rename', component: root.id, name: input.name });
    if (
      typeof root?.id === 'string' &&
      input.description !== undefined &&
      (root.description ?? '') !== input.description
    )
      commands.push({ type: 'set', component: root.id, pointer: '/description', value: input.description });
    try {
      if (commands.length > 0) await applyGesture(context, flow, commands, { label: 'Rename the flow', kind: 'edit' });
    } catch (error) {
      throw error instanceof EditError ? new OperationError('INVALID', error.said) : error;
    }
    await tx.flow.update({
      where: { id: flow.id },
      data: { name: input.name, ...(input.description === undefined ? {} : { description: input.description }) },
      select: { id: true },
    });
    context.afterCommit(() => services.documents.forgetPublished());
    tellNew(context, flow.id);
    return {};
  },
);

export const flowDuplicate = defineWrite(
  c.flow.duplicate,
  (input, output) => ({ kind: 'flow', id: output?.flowId ?? '', details: { from: input.flowId } }),
  async (context, input) => {
    const flow = await context.tx.flow.findUnique({ where: { id: input.flowId } });
    if (!flow) throw notFound('flow');
    const name = `${flow.name} (copy)`;
    const { flowId } = await storeFlow(context.tx, { text: flow.draftText, name, createdBy: creator(context) });
    context.audited({ name });
    tellNew(context, flowId);
    return { flowId };
  },
);

export const flowArchive = defineWrite(
  c.flow.archive,
  (input) => ({ kind: 'flow', id: input.flowId, details: { archived: input.archived } }),
  async (context, input) => {
    const { tx, services } = context;
    const flow = await lockFlow(tx, input.flowId);
    context.audited({ name: flow.name });
    // One that is deleted is put back by `flow.arrange`.
    await tx.flow.updateMany({
      where: { id: flow.id, removedAt: null },
      data: { archivedAt: input.archived ? services.now() : null },
    });
    // An archived flow does not fire; its schedules stay off when it comes back, so that nothing starts by surprise.
    if (input.archived) {
      await giveUpDue(tx, { flowId: flow.id }, services.now(), inEnglish(said('fire.flowArchived')));
      await tx.schedule.updateMany({
        where: { flowId: flow.id },
        data: { enabled: false, nextFireAt: null, nextMakeAt: null },
      });
    }
    context.afterCommit(() => services.documents.forgetPublished());
    tellNew(context, flow.id);
    return {};
  },
);
