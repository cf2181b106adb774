import { type RefObject, useEffect, useRef } from 'react';

/**
 * A field in which the words of a card are written in its place: it has the keys from the beginning, with all of its
 * text chosen, and gives them back to the card.
 *
 * @param onDone what was written; called once, however the writing ends
 */
export function useWriting<F extends HTMLInputElement | HTMLTextAreaElement>(
  onDone: (text: string) => void,
): { field: RefObject<F | null>; end: (text: string) => void } {
  const field = useRef<F>(null);
  const ended = useRef(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      field.current?.focus({ preventScroll: true });
      field.current?.select();
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  const end = (text: string) => {
    if (ended.current) return;
    ended.current = true;
    const card = field.current?.closest<HTMLElement>('.react-flow__node');
    onDone(text);
    requestAnimationFrame(() => card?.focus({ preventScroll: true }));
  };
  return { field, end };
}
