import { useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import { useT } from '../messages/useT.ts';
import { fit } from './Diagram.tsx';
import { useFlowView, useGesture } from './EditorContext.tsx';
import type { Point } from './geometry.ts';
import { toGrid } from './geometry.ts';
import { layoutView } from './layout.ts';

/** Lays the steps out anew, as one gesture: all, or those that are named, which stay about where they are. */
export function useTidy(positions: ReadonlyMap<string, Point>): (ids?: readonly string[]) => void {
  const t = useT();
  const { view } = useFlowView();
  const gesture = useGesture();
  const flow = useReactFlow();
  return useCallback(
    (ids) => {
      const nodes = ids ? view.nodes.filter((node) => ids.includes(node.id)) : view.nodes;
      const corner = ids ? cornerOf(nodes.flatMap((node) => positions.get(node.id) ?? [])) : undefined;
      void layoutView(view, nodes).then((found) => {
        const from = cornerOf([...found.values()]);
        const by = corner ? { x: corner.x - from.x, y: corner.y - from.y } : { x: 0, y: 0 };
        gesture(t('canvas.gesture.tidy'), (draft) =>
          draft.run(
            ...[...found].map(([node, at]) => ({
              type: 'move' as const,
              node,
              ...toGrid({ x: at.x + by.x, y: at.y + by.y }),
            })),
          ),
        );
        if (!ids) requestAnimationFrame(() => void flow.fitView(fit));
      });
    },
    [flow, gesture, positions, t, view],
  );
}

function cornerOf(points: readonly Point[]): Point {
  return {
    x: points.reduce((least, at) => Math.min(least, at.x), Number.POSITIVE_INFINITY),
    y: points.reduce((least, at) => Math.min(least, at.y), Number.POSITIVE_INFINITY),
  };
}
