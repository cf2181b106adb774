import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { Transaction } from '../store/store.ts';

/** A gesture that can be taken back or made again. */
export interface Gesture {
  /** number of the row whose inverse leads there */
  row: number;
  /** number of the gesture itself */
  of: number;
  label: string;
}

const farthestBack = 500;

/**
 * What a person's next undo and redo are: their last gesture that is not undone, and their last undone one. A new
 * gesture of theirs ends what could be made again. It is read from the rows, so it outlives a restart.
 */
export async function ownHistory(
  db: PrismaClient | Transaction,
  flowId: string,
  actorId: string,
): Promise<{ undo: Gesture | undefined; redo: Gesture | undefined }> {
  const rows = await db.flowEdit.findMany({
    where: { flowId, actorId },
    orderBy: { seq: 'desc' },
    take: farthestBack,
    select: { seq: true, kind: true, of: true, label: true },
  });
  const done: Gesture[] = [];
  const undone: Gesture[] = [];
  for (const row of rows.reverse()) {
    const of = row.of ?? row.seq;
    if (row.kind === 'undo') {
      const place = done.findIndex((gesture) => gesture.of === of);
      if (place >= 0) done.splice(place, 1);
      undone.push({ row: row.seq, of, label: row.label });
    } else if (row.kind === 'redo') {
      const place = undone.findIndex((gesture) => gesture.of === of);
      if (place >= 0) undone.splice(place, 1);
      done.push({ row: row.seq, of, label: row.label });
    } else {
      done.push({ row: row.seq, of, label: row.label });
      undone.length = 0;
    }
  }
  return { undo: done.at(-1), redo: undone.at(-1) };
}

export interface EditRow {
  seq: number;
  actorId: string;
  actorName: string;
  label: string;
  kind: string;
  of: number | null;
  commands: EditCommand[];
}

/** The rows after a number, in order. */
export async function editsAfter(db: PrismaClient | Transaction, flowId: string, seq: number): Promise<EditRow[]> {
  const rows = await db.flowEdit.findMany({
    where: { flowId, seq: { gt: seq } },
    orderBy: { seq: 'asc' },
    select: { seq: true, actorId: true, actorName: true, label: true, kind: true, of: true, commands: true },
  });
  return rows.map((row) => ({ ...row, commands: JSON.parse(row.commands) as EditCommand[] }));
}

/** The rows without gestures that were taken back again: together they changed nothing. */
export function lasting(rows: EditRow[]): EditRow[] {
  const left: EditRow[] = [];
  for (const row of rows) {
    const partner = row.of === null ? -1 : left.findIndex((other) => (other.of ?? other.seq) === row.of);
    if (partner >= 0 && row.kind !== left[partner]?.kind) left.splice(partner, 1);
    else left.push(row);
  }
  return left;
}
