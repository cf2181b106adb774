import { type ReactFlowState, useStore } from '@xyflow/react';
import { useCallback, useMemo } from 'react';
import { shallow } from 'zustand/shallow';
import { sidesInView } from './geometry.ts';
import { hubsOf, withoutFarLines } from './hubLines.ts';
import type { FlowLine } from './steps.ts';

const nothing: readonly string[] = [];

/** The lines that the browser draws one by one: from afar those that are selected, from near those that can be followed. */
export function useDrawnLines(lines: FlowLine[] | undefined, overview: boolean): FlowLine[] | undefined {
  const near = useMemo(() => (overview ? lines?.filter((line) => line.selected) : lines), [lines, overview]);
  const hubs = useMemo(() => hubsOf(near ?? []), [near]);
  const inView = useStore(
    useCallback((state: ReactFlowState) => (hubs.size === 0 ? nothing : cardsInView(state)), [hubs]),
    shallow,
  );
  return useMemo(() => near && withoutFarLines(near, hubs, new Set(inView)), [near, hubs, inView]);
}

function cardsInView({ nodeLookup, transform, width, height }: ReactFlowState): string[] {
  const view = sidesInView(transform, width, height);
  const ids: string[] = [];
  for (const { id, measured, internals } of nodeLookup.values()) {
    const at = internals.positionAbsolute;
    const isSeen =
      at.x < view.right &&
      at.y < view.bottom &&
      at.x + (measured.width ?? 0) > view.left &&
      at.y + (measured.height ?? 0) > view.top;
    if (isSeen) ids.push(id);
  }
  return ids;
}
