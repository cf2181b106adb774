import { OperationError } from './errors.ts';

const longest = 300;

/** The cursor of a list that goes by names which stand there once: that of the last row shown. */
export function nameCursor(name: string): string {
  return Buffer.from(JSON.stringify([name])).toString('base64url');
}

/** The name that a cursor tells; undefined for no cursor. @throws {OperationError} INVALID */
export function readNameCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(read) && read.length === 1 && typeof read[0] === 'string' && read[0].length <= longest)
      return read[0];
  } catch {
    // said below
  }
  throw new OperationError('INVALID', 'cursor: this is no cursor of this list.');
}
