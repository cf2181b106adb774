import type { FlowView } from '@rondo/shared/oas/flow.ts';
import { useEffect, useMemo, useState } from 'react';
import type { Point } from './geometry.ts';
import { layoutView } from './layout.ts';

const none: ReadonlyMap<string, Point> = new Map();

/**
 * Where the steps of a flow stand: where the document says so, else where the layout puts them. What the layout found
 * is kept in memory only; opening a document never edits it.
 */
export function usePositions(view: FlowView): ReadonlyMap<string, Point> {
  const [found, setFound] = useState<{ flow: string; positions: ReadonlyMap<string, Point> }>({
    flow: '',
    positions: none,
  });
  const missing = view.nodes.some(
    (node) => !node.position && !(found.flow === view.id && found.positions.has(node.id)),
  );
  useEffect(() => {
    if (!missing) return;
    let current = true;
    layoutView(view).then((positions) => {
      if (current) setFound({ flow: view.id, positions });
    });
    return () => {
      current = false;
    };
  }, [missing, view]);
  return useMemo(() => {
    const laidOut = found.flow === view.id ? found.positions : none;
    const entries = view.nodes.flatMap((node): [string, Point][] => {
      const at = node.position ?? laidOut.get(node.id);
      return at ? [[node.id, at]] : [];
    });
    return new Map(entries);
  }, [view, found]);
}
