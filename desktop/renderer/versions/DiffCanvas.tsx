import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CanvasNode } from '../canvas/canvasNodes.ts';
import { Diagram } from '../canvas/Diagram.tsx';
import { cardHeadHeight, cardWidth } from '../canvas/geometry.ts';
import { findFlow } from '../canvas/gesture.ts';
import { cardRole, namedLines } from '../canvas/labels.ts';
import { CardActionsContext, createMarks, MarksContext } from '../canvas/marks.ts';
import type { StepNode } from '../canvas/steps.ts';
import { stepNodes } from '../canvas/steps.ts';
import { usePositions } from '../canvas/usePositions.ts';
import { useT } from '../messages/useT.ts';
import type { Changes } from './changes.ts';
import { changedSteps } from './changes.ts';
import type { DiffState } from './DiffCard.tsx';
import { DiffCard, DiffStatesContext } from './DiffCard.tsx';
import { DiffFrame, DiffNote } from './DiffFrames.tsx';
import { DiffDataLine, DiffLine } from './DiffLine.tsx';
import { diffLines } from './diffLines.ts';
import { drawnDiff, withRoom } from './drawnDiff.ts';
import { drawnFrames } from './drawnFrames.ts';
import { noteName } from './frameChanges.ts';

interface Props {
  before: JsonObject | undefined;
  after: JsonObject | undefined;
  changes: Changes;
  /** the flow that is drawn: null for the document's own */
  flow: string | null;
  /** the step, note or group that is brought into view */
  reveal: string | null;
  onSelect: (step: string | null) => void;
}

const nodeTypes = { step: DiffCard, note: DiffNote, frame: DiffFrame };
const edgeTypes = { control: DiffLine, data: DiffDataLine };
const noActions = {};

/** Two states of a flow drawn as one: what came, what went (where it stood), what changed, what only moved. */
export function DiffCanvas(props: Props) {
  return (
    <ReactFlowProvider key={props.flow ?? ''}>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

function Drawing({ before, after, changes, flow, reveal, onSelect }: Props) {
  const t = useT();
  const [marks] = useState(createMarks);
  const sides = useMemo(() => {
    const afterId = flow === null ? null : ([...changes.known].find(([, id]) => id === flow)?.[0] ?? flow);
    return { before: before && findFlow(before, flow), after: after && findFlow(after, afterId) };
  }, [before, after, flow, changes]);
  const drawn = useMemo(() => drawnDiff(sides.before, sides.after, changes.known), [sides, changes]);
  const found = usePositions(drawn.view);
  const positions = useMemo(() => withRoom(drawn, found), [drawn, found]);
  const states = useMemo<ReadonlyMap<string, DiffState>>(() => {
    const known = changedSteps(changes);
    for (const node of drawn.view.nodes) {
      if (drawn.sideOf.get(node.id) === 'before') known.set(node.id, 'removed');
      else if (before === undefined) known.set(node.id, 'added');
    }
    return known;
  }, [changes, drawn, before]);
  const nodes = useMemo(() => {
    const treeOf = (id: string) => (drawn.sideOf.get(id) === 'before' ? before : after) ?? {};
    const sides = Map.groupBy(drawn.view.nodes, (node) => treeOf(node.id));
    return [...sides].flatMap(([tree, own]) =>
      stepNodes(tree, { ...drawn.view, nodes: own }, positions, t).map((node): StepNode => {
        const name = node.data.name;
        const ariaLabel = t('versions.stepLabel', {
          name,
          state: t(`versions.state.${states.get(node.id) ?? 'same'}`),
        });
        return { ...node, ariaLabel, domAttributes: cardRole(t), selected: node.id === reveal };
      }),
    );
  }, [drawn, before, after, positions, states, reveal, t]);
  const frames = useMemo(() => {
    const all = drawnFrames(drawn, sides.before, sides.after, changes.known, positions);
    return all.map((node): CanvasNode => {
      const state = states.get(node.id) ?? (before === undefined ? 'added' : 'same');
      const name = node.type === 'note' ? noteName(node.data.note) : node.data.group.name;
      if (state === 'same') return node;
      const ariaLabel = t('versions.stepLabel', { name, state: t(`versions.state.${state}`) });
      // what is selected would come before the steps
      return { ...node, ariaLabel, focusable: true, ...(node.id === reveal && { className: 'diff-chosen' }) };
    });
  }, [drawn, sides, changes, positions, states, before, reveal, t]);
  const lines = useMemo(() => namedLines(drawn.view, diffLines(drawn), t), [drawn, t]);
  const ready = nodes.length === drawn.view.nodes.length;
  return (
    <MarksContext.Provider value={marks}>
      <CardActionsContext.Provider value={noActions}>
        <DiffStatesContext.Provider value={states}>
          <section className="canvas" aria-label={t('versions.canvas')}>
            {ready && (
              <Diagram
                nodes={[...frames, ...nodes]}
                edges={lines}
                nodeTypes={nodeTypes}
                edgeTypes={edgeTypes}
                nodesDraggable={false}
                nodesConnectable={false}
                onNodeClick={(_event, node) => onSelect(node.id)}
                onPaneClick={() => onSelect(null)}
              >
                <Reveal step={reveal} positions={positions} frames={frames} />
              </Diagram>
            )}
          </section>
        </DiffStatesContext.Provider>
      </CardActionsContext.Provider>
    </MarksContext.Provider>
  );
}

/** Brings the step, note or group into the middle when another one is chosen. */
function Reveal({
  step,
  positions,
  frames,
}: {
  step: string | null;
  positions: ReadonlyMap<string, { x: number; y: number }>;
  frames: readonly CanvasNode[];
}) {
  const flow = useReactFlow();
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (step === last.current) return;
    last.current = step;
    const at = step === null ? undefined : positions.get(step);
    const frame = at ? undefined : frames.find(({ id }) => id === step);
    if (!at && !frame) return;
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const middle = at
      ? { x: at.x + cardWidth / 2, y: at.y + cardHeadHeight / 2 }
      : {
          x: (frame?.position.x ?? 0) + (frame?.width ?? 0) / 2,
          y: (frame?.position.y ?? 0) + (frame?.height ?? 0) / 2,
        };
    void flow.setCenter(middle.x, middle.y, {
      zoom: Math.max(flow.getZoom(), 0.7),
      duration: still ? 0 : 140,
    });
  }, [flow, step, positions, frames]);
  return null;
}
