import type { ReactFlowInstance } from '@xyflow/react';
import { useReactFlow } from '@xyflow/react';
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import type { CanvasNode } from './canvasNodes.ts';
import { useUi } from './EditorContext.tsx';
import type { Point } from './geometry.ts';
import { cardHeadHeight, cardWidth } from './geometry.ts';
import type { FlowLine } from './steps.ts';

type Drawing = ReactFlowInstance<CanvasNode, FlowLine>;

/**
 * A step that something else points at comes into view, and takes the focus.
 *
 * @param ready are the cards drawn?
 */
export function useReveal(
  wrapper: RefObject<HTMLElement | null>,
  positions: ReadonlyMap<string, Point>,
  ready: boolean,
): void {
  const flow = useReactFlow<CanvasNode, FlowLine>();
  const reveal = useUi((state) => state.reveal);
  const revealed = useRef(0);
  useEffect(() => {
    // once for each time that it is asked for: later changes of the document must not take the keys from elsewhere
    if (!reveal || !ready || revealed.current === reveal.nonce) return;
    const at = positions.get(reveal.id);
    if (at) revealed.current = reveal.nonce;
    if (at && !isInView(flow, wrapper.current, at)) {
      // the step that has the focus may go out of the picture, and with it the keys: the canvas has them meanwhile
      if (reveal.keys && wrapper.current?.contains(document.activeElement))
        wrapper.current.focus({ preventScroll: true });
      bringIntoView(flow, at);
    }
    if (reveal.keys) requestAnimationFrame(() => focusStep(wrapper.current, reveal.id));
  }, [reveal, ready, flow, positions, wrapper]);
}

function focusStep(wrapper: HTMLElement | null, id: string) {
  // who goes along the outline stays there
  if (document.activeElement?.closest('.outline')) return;
  const element = wrapper?.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  if (element instanceof HTMLElement && !wrapper?.querySelector('input:focus, textarea:focus')) {
    element.focus({ preventScroll: true });
  }
}

/** What a selected step shows below its card. */
const roomBelow = 100;

function isInView(flow: Drawing, wrapper: HTMLElement | null, at: { x: number; y: number }): boolean {
  const box = wrapper?.getBoundingClientRect();
  if (!box) return true;
  const corner = flow.flowToScreenPosition(at);
  const far = flow.flowToScreenPosition({ x: at.x + cardWidth, y: at.y + cardHeadHeight });
  const map = wrapper?.querySelector('.flow-map')?.getBoundingClientRect();
  const isUnderMap = map && far.x > map.left && far.y + roomBelow > map.top;
  return (
    corner.x >= box.left && far.x <= box.right && corner.y >= box.top && far.y <= box.bottom && isUnderMap !== true
  );
}

function bringIntoView(flow: Drawing, at: { x: number; y: number }) {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  void flow.setCenter(at.x + cardWidth / 2, at.y + cardHeadHeight / 2, {
    zoom: Math.max(flow.getZoom(), 0.6),
    duration: still ? 0 : 140,
  });
}
