import { applyCommands, type EditCommand, EditError, placesMeet, touches } from '@rondo/shared/oas/edit.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { errorAt } from '@rondo/shared/oas/problems.ts';
import { rootComponent } from '@rondo/shared/oas/references.ts';
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
    },
  });
  await tx.flow.update({
    where: { id: flow.id },
    data: { draftText: text, sourceText, draftSeq: seq, ...renamed(before, tree) },
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
function meeting(commands: EditCommand[], rows: EditRow[]): EditRow | undefined {
  const places = commands.flatMap(touches);
  return rows.find((row) =>
    row.commands.flatMap(touches).some((place) => places.some((other) => placesMeet(place, other))),
  );
}

function refusedEdit(error: EditError, others: boolean): OperationError {
  const code = others && error.code === 'NOT_FOUND' ? 'CONFLICT' : error.code === 'DUPLICATE' ? 'CONFLICT' : 'INVALID';
  return new OperationError(code, error.message, [errorAt(`EDIT-${error.code}`, error.pointer, error.message)]);
}

export const flowEdit = defineWrite(
  c.flow.edit,
  (input) => ({ kind: 'flow', id: input.flowId, details: { label: input.label, commands: input.commands.length } }),
  async (context, input) => {
    const { tx, audited } = context;
    const flow = await lockFlow(tx, input.flowId);
    audited({ name: flow.name });
    refuseArchived(flow);
    if (input.baseSeq > flow.draftSeq)
      throw new OperationError('CONFLICT', 'This is built on a state that the draft does not have. Load it again.');
    const missed = await editsAfter(tx, flow.id, input.baseSeq);
    const met = meeting(input.commands, lasting(missed));
    if (met)
      throw new OperationError(
        'CONFLICT',
        `${met.actorName} changed the same place meanwhile (${met.label}). Nothing of theirs was overwritten; load the draft and try again.`,
      );
    try {
      const { seq, savedAt } = await applyGesture(context, flow, input.commands, { label: input.label, kind: 'edit' });
      audited({ details: { seq } });
      return {
        seq,
        missed: missed.map((row) => ({ seq: row.seq, commands: row.commands, actorName: row.actorName })),
        savedAt: savedAt.toISOString(),
      };
    } catch (error) {
      throw error instanceof EditError ? refusedEdit(error, missed.length > 0) : error;
    }
  },
);

export function refuseArchived(flow: { archivedAt: Date | null }): void {
  if (flow.archivedAt) throw new OperationError('CONFLICT', 'This flow is in the archive. Take it out first.');
}

async function step(context: WriteContext, flowId: string, kind: 'undo' | 'redo') {
  const { tx, caller, audited } = context;
  const flow = await lockFlow(tx, flowId);
  refuseArchived(flow);
  const gesture = (await ownHistory(tx, flow.id, editorId(caller)))[kind];
  if (!gesture)
    throw new OperationError('CONFLICT', kind === 'undo' ? 'There is nothing to undo.' : 'There is nothing to redo.');
  audited({ name: flow.name, details: { label: gesture.label, of: gesture.of } });
  const commands = await inverseOf(tx, flow.id, gesture);
  const others = (await editsAfter(tx, flow.id, gesture.row)).filter((row) => row.actorId !== editorId(caller));
  const met = meeting(commands, lasting(others));
  if (met)
    throw new OperationError(
      'CONFLICT',
      `“${gesture.label}” cannot be ${kind === 'undo' ? 'undone' : 'redone'}: ${met.actorName} changed the same place since (${met.label}).`,
    );
  try {
    const { seq, text } = await applyGesture(context, flow, commands, { label: gesture.label, kind, of: gesture.of });
    const next = await ownHistory(tx, flow.id, editorId(caller));
    return {
      seq,
      text,
      label: gesture.label,
      undo: next.undo ? { label: next.undo.label } : null,
      redo: next.redo ? { label: next.redo.label } : null,
    };
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    throw new OperationError('CONFLICT', `“${gesture.label}” does not fit the draft any more: ${error.message}`);
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
  (context, input) => step(context, input.flowId, 'undo'),
);

export const flowRedo = defineWrite(
  c.flow.redo,
  (input) => ({ kind: 'flow', id: input.flowId }),
  (context, input) => step(context, input.flowId, 'redo'),
);
