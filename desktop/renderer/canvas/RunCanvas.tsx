import type { RunView } from '@rondo/shared/runs/fold.ts';
import type { NodeChange } from '@xyflow/react';
import { ReactFlowProvider } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useT } from '../messages/useT.ts';
import { type CanvasNode, isStep } from './canvasNodes.ts';
import { Diagram } from './Diagram.tsx';
import { viewOf } from './EditorContext.tsx';
import { parse } from './editor.ts';
import { shownFrames } from './frames/frameNodes.ts';
import { cardRole, namedLines } from './labels.ts';
import type { CardActions } from './marks.ts';
import { CardActionsContext, createMarks, MarksContext } from './marks.ts';
import { runMarks } from './runMarks.ts';
import { controlLines, dataLines, stepNodes } from './steps.ts';
import { usePositions } from './usePositions.ts';

export interface RunCanvasProps {
  /** the document of the version that the run keeps */
  documentText: string;
  run: RunView;
  /** the moment that is looked at (ISO 8601); the present when absent */
  time?: string;
  /** the node that is selected */
  selected?: string | null;
  /** called with a node's id, or null when the selection is cleared */
  onSelect?: (nodeId: string | null) => void;
  /** called with a node's id when the run is to be tried again from it; absent where it cannot be */
  onAgain?: (nodeId: string) => void;
}

/** A run drawn on its flow: every step with its state, the edges that were taken. Nothing can be edited here. */
export function RunCanvas(props: RunCanvasProps) {
  const t = useT();
  const tree = useMemo(() => parse(props.documentText), [props.documentText]);
  if (!tree) return <p className="canvas-empty">{t('canvas.unreadable')}</p>;
  return (
    <ReactFlowProvider>
      <Drawing {...props} tree={tree} />
    </ReactFlowProvider>
  );
}

function Drawing({
  tree,
  run,
  time,
  selected = null,
  onSelect,
  onAgain,
}: RunCanvasProps & { tree: NonNullable<ReturnType<typeof parse>> }) {
  const t = useT();
  const view = useMemo(() => viewOf(tree, null), [tree]);
  const positions = usePositions(view);
  const [store] = useState(createMarks);
  const [now, setNow] = useState(Date.now);
  const live = time === undefined && (run.state === 'running' || run.state === 'waiting' || run.state === 'queued');
  useEffect(() => {
    if (!live) return;
    const timer = setInterval(() => setNow(Date.now()), run.state === 'waiting' ? 20_000 : 1_000);
    return () => clearInterval(timer);
  }, [live, run.state]);
  const marks = useMemo(
    () => runMarks(view, run, time ? Date.parse(time) : Math.max(now, Date.now()), { tree, t }),
    [view, run, time, now, tree, t],
  );
  useEffect(() => {
    store.setState({ run: marks, values: run });
  }, [marks, run, store]);
  const frames = useMemo(() => shownFrames(view, positions), [view, positions]);
  const steps = useMemo(
    () =>
      stepNodes(tree, view, positions, t).map((node) => ({
        ...node,
        selected: node.id === selected,
        domAttributes: cardRole(t),
        ariaLabel: t('canvas.step.runLabel', {
          name: node.data.name,
          index: node.data.index,
          total: node.data.total,
          state: t(`canvas.mark.${marks.get(node.id)?.state ?? 'unreached'}`),
        }),
      })),
    [tree, view, positions, t, selected, marks],
  );
  const nodes = useMemo((): CanvasNode[] => [...frames, ...steps], [frames, steps]);
  const lines = useMemo(() => {
    const taken = new Set([...marks].flatMap(([id, mark]) => mark.branches.map((branch) => `${id}\u0000${branch}`)));
    const visited = new Set(
      [...marks].filter(([, mark]) => mark.visits > 0 && mark.state === 'done').map(([id]) => id),
    );
    return namedLines(
      view,
      [...controlLines(view, taken, visited), ...dataLines(view, new Set(selected ? [selected] : []))],
      t,
    );
  }, [view, marks, selected, t]);
  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      const pick = changes.find((change) => change.type === 'select' && change.selected);
      if (pick?.type === 'select') onSelect?.(pick.id);
    },
    [onSelect],
  );
  const actions = useMemo<CardActions>(() => (onAgain ? { runAgain: onAgain } : {}), [onAgain]);
  if (nodes.length === 0) return <div className="canvas" />;
  return (
    <MarksContext.Provider value={store}>
      <CardActionsContext.Provider value={actions}>
        <section className="canvas" aria-label={t('canvas.runCanvas')}>
          <Diagram
            shown
            map={false}
            nodes={nodes}
            edges={lines}
            nodesDraggable={false}
            nodesConnectable={false}
            onNodesChange={onNodesChange}
            onNodeClick={(_event, node) => isStep(node) && onSelect?.(node.id)}
            onPaneClick={() => onSelect?.(null)}
          />
        </section>
      </CardActionsContext.Provider>
    </MarksContext.Provider>
  );
}
