import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { ReactFlowProvider } from '@xyflow/react';
import { useMemo, useState } from 'react';
import type { CanvasNode } from '../../canvas/canvasNodes.ts';
import { Diagram } from '../../canvas/Diagram.tsx';
import { viewOf } from '../../canvas/EditorContext.tsx';
import { shownFrames } from '../../canvas/frames/frameNodes.ts';
import { cardRole, namedLines } from '../../canvas/labels.ts';
import { createMarks, MarksContext } from '../../canvas/marks.ts';
import { controlLines, stepNodes } from '../../canvas/steps.ts';
import { usePositions } from '../../canvas/usePositions.ts';
import { useT } from '../../messages/useT.ts';

/** A flow as the canvas draws it, to look at: it can be moved and zoomed, and nothing can be changed. */
export function FlowPreview({ tree, label }: { tree: JsonObject; label: string }) {
  return (
    <ReactFlowProvider>
      <Drawing tree={tree} label={label} />
    </ReactFlowProvider>
  );
}

function Drawing({ tree, label }: { tree: JsonObject; label: string }) {
  const t = useT();
  const view = useMemo(() => viewOf(tree, null), [tree]);
  const positions = usePositions(view);
  const [store] = useState(createMarks);
  const steps = useMemo(
    () =>
      stepNodes(tree, view, positions, t).map((node) => ({
        ...node,
        selectable: false,
        focusable: false,
        domAttributes: cardRole(t),
      })),
    [tree, view, positions, t],
  );
  const nodes = useMemo((): CanvasNode[] => [...shownFrames(view, positions), ...steps], [view, positions, steps]);
  const lines = useMemo(() => namedLines(view, controlLines(view, new Set(), new Set()), t), [view, t]);
  return (
    <MarksContext.Provider value={store}>
      <section className="canvas" aria-label={label}>
        {nodes.length > 0 && (
          <Diagram
            shown
            map={false}
            nodes={nodes}
            edges={lines}
            nodesDraggable={false}
            nodesConnectable={false}
            elementsSelectable={false}
          />
        )}
      </section>
    </MarksContext.Provider>
  );
}
