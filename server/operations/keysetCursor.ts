import { OperationError } from './errors.ts';
import { isId } from './runStart.ts';

/** Where the next piece of a list begins: after the row that has this value of its order, and this id. */
export interface Keyset {
  value: string;
  id: string;
}

/** The cursor that names a row. */
export function keysetCursor({ value, id }: Keyset): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
}

/**
 * The row that a cursor names; undefined for no cursor.
 * @param isRow what ids of the list look like
 * @throws {OperationError} INVALID
 */
export function readKeysetCursor(cursor: string | undefined, isRow = isId): Keyset | undefined {
  if (cursor === undefined) return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(read) && typeof read[0] === 'string' && typeof read[1] === 'string' && isRow(read[1]))
      return { value: read[0], id: read[1] };
  } catch {
    // said below
  }
  throw new OperationError('INVALID', 'cursor: this is no cursor of this list.');
}
