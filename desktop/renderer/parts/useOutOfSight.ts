import { useIntersection } from '@mantine/hooks';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { Piece } from './usePieces.ts';

export interface Sight {
  /** the element that holds the piece */
  ref: (element: HTMLElement | null) => void;
  /** true: only the height is to be drawn, and nothing to be read */
  hidden: boolean;
  /** how high the piece was drawn before, in pixels */
  height: RefObject<number | undefined>;
  body: RefObject<HTMLElement | null>;
}

/** Pieces are drawn before they come into view: within the page, and within what scrolls in it. */
const near1200 = { rootMargin: '1200px', scrollMargin: '1200px' };

/** Whether a piece of a list is out of sight, so that it need only hold its height. The last one is always drawn. */
export function useOutOfSight({ last }: Piece): Sight {
  const body = useRef<HTMLElement | null>(null);
  const height = useRef<number | undefined>(undefined);
  const { ref, entry } = useIntersection<HTMLElement>(near1200);
  const near = entry?.isIntersecting ?? height.current === undefined;
  // always the same: another one would be let go and attached again by every drawing
  const attach = useCallback(
    (element: HTMLElement | null) => {
      body.current = element;
      ref(element);
    },
    [ref],
  );
  return { ref: attach, hidden: !near && height.current !== undefined && !last, height, body };
}

/** Notes how high a piece is. @param ready are its rows there? */
export function useHeightOf({ body, height, hidden }: Sight, ready: boolean): void {
  useEffect(() => {
    if (ready && !hidden && body.current) height.current = body.current.offsetHeight;
  });
}
