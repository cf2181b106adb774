import { useState } from 'react';

/** One piece of a list that is read piece by piece. */
export interface Piece {
  /** where it begins; undefined = the first piece */
  cursor: string | undefined;
  /** only the last one offers the next */
  last: boolean;
  /** puts the piece that begins at a cursor below this one */
  onMore: (cursor: string) => void;
}

export interface Pieces {
  pieces: Piece[];
  cursors: readonly (string | undefined)[];
  /** shows the first piece alone */
  restart: () => void;
}

/** The pieces of a list that are shown. @param begin the cursors to begin with; default: the first piece alone */
export function usePieces(begin: readonly (string | undefined)[] = [undefined]): Pieces {
  const [cursors, setCursors] = useState(begin);
  return {
    cursors,
    pieces: cursors.map((cursor, index) => ({
      cursor,
      last: index === cursors.length - 1,
      onMore: (next) => setCursors((old) => [...old, next]),
    })),
    restart: () => setCursors([undefined]),
  };
}
