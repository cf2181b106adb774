import { OperationError } from './errors.ts';
import { isId } from './runStart.ts';

/** The cursor of a list that goes by ids: that of the last row shown. @throws {OperationError} INVALID */
export function idCursor(cursor: string | undefined): string | undefined {
  if (cursor !== undefined && !isId(cursor))
    throw new OperationError('INVALID', 'cursor: this is no cursor of this list.');
  return cursor;
}
