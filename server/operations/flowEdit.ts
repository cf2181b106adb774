import { applyCommands, collide, type EditCommand, EditError } from '@rondo/shared/oas/edit.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Problem } from '@rondo/shared/oas/problems.ts';
import { rootComponent } from '@rondo/shared/oas/references.ts';
import { said } from '@rondo/shared/words/said.ts';
import type { Caller } from '../access/caller.ts';
import type { Transaction } from '../store/store.ts';
import { contracts as c } from './contract/index.ts';
import { defineWrite, type WriteContext } from './defineOperation.ts';
import { written } from './documents.ts';
import { notFound, OperationError } from './errors.ts';
import { type EditRow, editsAfter, type Gesture, lasting, ownHistory } from './flowHistory.ts';

interface LockedFlow {
  id: string;
  name: string;
  draftSeq: number;
  draftText: string;
  sourceText: string;
  archivedAt: Date | null;
}

/** The flow's row, held until the transaction ends: edits of one flow stand in one order. */
export async function lockFlow(tx: Transaction, flowId: string): Promise<LockedFlow> {
  await tx.$queryRaw`SELECT id FROM flow WHERE id = ${flowId}::uuid FOR UPDATE`;
  const flow = await tx.flow.findUnique({ where: { id: flowId } });
  if (!flow) throw notFound('flow');
  return flow;
}

interface NewRow {
  label: string;
  kind: 'edit' | 'undo' | 'redo';
  of?: number;
  gestureId?: string | undefined;
}

/**
 * Applies commands to the newest draft and writes the row that can take them back.
 * @throws {EditError}
 */
export async function applyGesture(
  { tx, caller, services, afterCommit }: Pick<WriteContext, 'tx' | 'caller' | 'services' | 'afterCommit'>,
  flow: LockedFlow,
  commands: EditCommand[],
  row: NewRow,
): Promise<{ seq: number; text: string; tree: JsonObject; savedAt: Date }> {
  const before = services.documents.draft(flow);
  const { tree, inverse } = applyCommands(before, commands);
  const { text, sourceText } = written(tree, flow.sourceText);
  const seq = flow.draftSeq + 1;
  const savedAt = services.now();
  await tx.flowEdit.create({
    data: {
      flowId: flow.id,
      seq,
      actorId: editorId(caller),
      actorName: caller.user?.name ?? caller.actor.name,
      at: savedAt,
      label: row.label,
      commands: JSON.stringify(commands),
      inverse: JSON.stringify(inverse),
      kind: row.kind,
      of: row.of ?? null,
      gestureId: row.gestureId ?? null,
    },
  });
  await tx.flow.update({
    where: { id: flow.id },
    data: {
      draftText: text,
      draftSeq: seq,
      ...(sourceText !== flow.sourceText && { sourceText }),
      ...renamed(before, tree),
    },
    // without it, both texts come back
    select: { id: true },
  });
  afterCommit(() => {
    services.documents.keepDraft(flow.id, seq, tree);
    services.live.tell({ kind: 'flow', id: flow.id, flowId: flow.id });
  });
  return { seq, text, tree, savedAt };
}

/** Edits belong to the person, whichever door or key they come through. */
function editorId(caller: Caller): string {
  return caller.user?.id ?? caller.actor.id;
}

/** The row of a gesture that came before: its answer was lost, and it is sent again. */
async function madeBefore(tx: Transaction, flowId: string, gestureId: string | undefined, caller: Caller) {
  if (gestureId === undefined) return undefined;
  const row = await tx.flowEdit.findUnique({ where: { flowId_gestureId: { flowId, gestureId } } });
  if (row && row.actorId !== editorId(caller))
    throw new OperationError('INVALID', 'Somebody else made a gesture of this id.');
  return row ?? undefined;
}

/** The flow's name in lists follows the name in its document. */
function renamed(before: JsonObject, after: JsonObject): { name?: string; description?: string } {
  const old = rootComponent(before);
  const root = rootComponent(after);
  const changed: { name?: string; description?: string } = {};
  if (typeof root?.name === 'string' && root.name.trim() !== '' && root.name !== old?.name)
    changed.name = root.name.slice(0, 200);
  if (typeof root?.description === 'string' && root.description !== old?.description)
    changed.description = root.description.slice(0, 2000);
  return changed;
}

/** The first of the rows that changes a place that the commands change too. */
function meeting(tree: JsonObject, commands: EditCommand[], rows: EditRow[]): EditRow | undefined {
  const root = typeof tree.id === 'string' ? tree.id : '';
  return rows.find((row) => collide(commands, row.commands, root));
}

/** What others took away, or what is there already, is a conflict; anything else was never possible. */
function refusedEdit(error: EditError, others: boolean): OperationError {
  const isConflict = error.code === 'EDIT-EXISTS' || (others && error.code === 'EDIT-MISSING');
  const { code, pointer, message, said: words } = error;
  const problem: Problem = { code, severity: 'error', pointer, message, said: words };
  return new OperationError(isConflict ? 'CONFLICT' : 'INVALID', words, [problem]);
}

export const flowEdit = defineWrite(
  c.flow.edit,
  (input) => ({ kind: 'flow', id: input.flowId, details: { label: input.label, commands: input.commands.length } }),
  async (context, input) => {
    const { tx, audited } = context;
    const flow = await lockFlow(tx, input.flowId);
    audited({ name: flow.name });
    const before = await madeBefore(tx, flow.id, input.gesture, context.caller);
    if (before) {
      audited({ details: { seq: before.seq, again: true } });
      const missed = (await editsAfter(tx, flow.id, input.baseSeq)).filter(({ seq }) => seq < before.seq);
      return { seq: before.seq, missed: missed.map(asMissed), savedAt: before.at.toISOString() };
    }
    refuseArchived(flow);
    if (input.baseSeq > flow.draftSeq) throw new OperationError('CONFLICT', said('refused.stateUnknown'));
    const missed = await editsAfter(tx, flow.id, input.baseSeq);
    const met = meeting(context.services.documents.draft(flow), input.commands, lasting(missed));
    if (met)
      throw new OperationError('CONFLICT', said('refused.samePlace', { person: met.actorName, label: met.label }));
    try {
      const { label, gesture: gestureId } = input;
      const { seq, savedAt } = await applyGesture(context, flow, input.commands, { label, kind: 'edit', gestureId });
      audited({ details: { seq } });
      return { seq, missed: missed.map(asMissed), savedAt: savedAt.toISOString() };
    } catch (error) {
      throw error instanceof EditError ? refusedEdit(error, missed.length > 0) : error;
    }
  },
);

function asMissed({ seq, commands, actorName }: EditRow) {
  return { seq, commands, actorName };
}

export function refuseArchived(flow: { archivedAt: Date | null }): void {
  if (flow.archivedAt) throw new OperationError('CONFLICT', said('refused.archived'));
}

async function step(
  context: WriteContext,
  {
    flowId,
    gesture: gestureId,
    baseSeq,
  }: { flowId: string; gesture?: string | undefined; baseSeq?: number | undefined },
  kind: 'undo' | 'redo',
) {
  const { tx, caller, audited } = context;
  const flow = await lockFlow(tx, flowId);
  const before = await madeBefore(tx, flow.id, gestureId, caller);
  if (before) {
    audited({ name: flow.name, details: { seq: before.seq, again: true } });
    return { seq: flow.draftSeq, text: flow.draftText, commands: null, label: before.label, ...(await nextSteps()) };
  }
  refuseArchived(flow);
  const gesture = (await ownHistory(tx, flow.id, editorId(caller)))[kind];
  if (!gesture)
    throw new OperationError('CONFLICT', said(kind === 'undo' ? 'refused.nothingToUndo' : 'refused.nothingToRedo'));
  audited({ name: flow.name, details: { label: gesture.label, of: gesture.of } });
  const commands = await inverseOf(tx, flow.id, gesture);
  const others = (await editsAfter(tx, flow.id, gesture.row)).filter((row) => row.actorId !== editorId(caller));
  const met = meeting(context.services.documents.draft(flow), commands, lasting(others));
  if (met)
    throw new OperationError(
      'CONFLICT',
      said(kind === 'undo' ? 'refused.undo' : 'refused.redo', {
        label: gesture.label,
        person: met.actorName,
        other: met.label,
      }),
    );
  try {
    const { label, of } = gesture;
    const { seq, text } = await applyGesture(context, flow, commands, { label, kind, of, gestureId });
    const change = baseSeq === flow.draftSeq ? { text: null, commands } : { text, commands: null };
    return { seq, ...change, label, ...(await nextSteps()) };
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    throw new OperationError('CONFLICT', said('refused.fitsNoMore', { label: gesture.label, reason: error.said }));
  }

  async function nextSteps() {
    const { undo, redo } = await ownHistory(tx, flow.id, editorId(caller));
    return { undo: undo ? { label: undo.label } : null, redo: redo ? { label: redo.label } : null };
  }
}

async function inverseOf(tx: Transaction, flowId: string, gesture: Gesture): Promise<EditCommand[]> {
  const row = await tx.flowEdit.findUnique({ where: { flowId_seq: { flowId, seq: gesture.row } } });
  if (!row) throw notFound('edit');
  return JSON.parse(row.inverse) as EditCommand[];
}

export const flowUndo = defineWrite(
  c.flow.undo,
  (input) => ({ kind: 'flow', id: input.flowId }),
  (context, input) => step(context, input, 'undo'),
);

export const flowRedo = defineWrite(
  c.flow.redo,
  (input) => ({ kind: 'flow', id: input.flowId }),
  (context, input) => step(context, input, 'redo'),
);
