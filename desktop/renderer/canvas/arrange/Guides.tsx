import { ViewportPortal } from '@xyflow/react';
import type { Guide } from './snap.ts';

/** Thin lines that show with what the card that is being dragged is in line. */
export function Guides({ guides }: { guides: readonly Guide[] }) {
  if (guides.length === 0) return null;
  return (
    <ViewportPortal>
      {guides.map(({ axis, at, from, to }) => (
        <div
          key={`${axis}${at}`}
          className="snap-guide"
          style={
            axis === 'x'
              ? { transform: `translate(${at}px, ${from}px)`, height: to - from, width: 1 }
              : { transform: `translate(${from}px, ${at}px)`, width: to - from, height: 1 }
          }
        />
      ))}
    </ViewportPortal>
  );
}
