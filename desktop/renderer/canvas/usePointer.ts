import { useReactFlow } from '@xyflow/react';
import type { RefObject } from 'react';
import { useCallback, useEffect, useRef } from 'react';
import type { Point } from './geometry.ts';

/** Where the pointer is over the drawing, in its own measure; null where it is elsewhere. */
export function usePointer(wrapper: RefObject<HTMLElement | null>): () => Point | null {
  const flow = useReactFlow();
  const last = useRef<Point | null>(null);
  useEffect(() => {
    const element = wrapper.current;
    if (!element) return;
    const onMove = (event: PointerEvent) => {
      const over = event.target instanceof Element && event.target.closest('.react-flow__pane, .react-flow__node');
      last.current = over ? { x: event.clientX, y: event.clientY } : null;
    };
    const onLeave = () => {
      last.current = null;
    };
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerleave', onLeave);
    return () => {
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerleave', onLeave);
    };
  }, [wrapper]);
  return useCallback(() => (last.current ? flow.screenToFlowPosition(last.current) : null), [flow]);
}
