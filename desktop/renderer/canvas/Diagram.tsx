import { IconArrowsMaximize, IconLayoutDistributeVertical, IconMinus, IconPlus } from '@tabler/icons-react';
import type { ReactFlowProps } from '@xyflow/react';
import { Background, BackgroundVariant, Panel, ReactFlow, useReactFlow, useStore } from '@xyflow/react';
import { type ReactNode, useMemo } from 'react';
import '@xyflow/react/dist/base.css';
import { useT } from '../messages/useT.ts';
import './canvas.css';
import { type CanvasNode, isStep } from './canvasNodes.ts';
import { FrameCard } from './frames/FrameCard.tsx';
import './frames/frames.css';
import { NoteCard } from './frames/NoteCard.tsx';
import { ShownFrame, ShownNote } from './frames/ShownFrames.tsx';
import { ControlPath, DataPath } from './lines.tsx';
import { FlowMap } from './map/FlowMap.tsx';
import { Overview } from './overview/Overview.tsx';
import { largeFlow, OverviewContext } from './overview/overview.ts';
import { placedCards } from './overview/placedCards.ts';
import { useIsOverview } from './overview/useIsOverview.ts';
import { StepCard } from './StepCard.tsx';
import { spokenLines } from './spokenLines.ts';
import type { FlowLine } from './steps.ts';
import { useDrawnLines } from './useDrawnLines.ts';
import { useGivenSizes } from './useGivenSizes.ts';
import { ValuesPeek } from './ValuesPeek.tsx';

const nodeTypes = { step: StepCard, note: NoteCard, frame: FrameCard };
const shownTypes = { step: StepCard, note: ShownNote, frame: ShownFrame };
const edgeTypes = { control: ControlPath, data: DataPath };
/** How the whole flow is brought into view: as large as it can be, no larger than life. */
export const fit = { padding: '24px', maxZoom: 1, minZoom: 0.1 } as const;

type Props = ReactFlowProps<CanvasNode, FlowLine> & {
  tidy?: () => void;
  tools?: ReactNode;
  map?: boolean;
  /** to look at only: there is no editor around it */
  shown?: boolean;
  children?: ReactNode;
};

/** The drawing itself, for editing and for runs: the same cards, lines, map and zoom. */
export function Diagram({ tidy, tools, map = true, shown = false, children, edges, ...props }: Props) {
  const t = useT();
  const { nodes } = props;
  useGivenSizes();
  // other kinds of cards have signs of their own, which the overview does not know
  const overview = useIsOverview(nodes?.length ?? 0) && props.nodeTypes === undefined;
  const lines = useMemo(() => (edges && nodes ? spokenLines(edges, nodes, t) : edges), [edges, nodes, t]);
  const described = useMemo(
    () => ({
      'node.a11yDescription.default': t('canvas.describe.step'),
      'edge.a11yDescription.default': t('canvas.describe.line'),
    }),
    [t],
  );
  const drawn = useDrawnLines(lines, overview);
  const cards = useMemo(() => (overview && nodes ? placedCards(nodes) : nodes), [nodes, overview]);
  return (
    <OverviewContext.Provider value={overview}>
      <ReactFlow<CanvasNode, FlowLine>
        nodeTypes={shown ? shownTypes : nodeTypes}
        edgeTypes={edgeTypes}
        // where cards are not measured, what is asked for before the drawing has a size is lost
        onInit={(flow) => {
          if (!props.defaultViewport) void flow.fitView({ ...fit, ...(shown && { nodes: stepsOf(nodes) }) });
        }}
        minZoom={0.1}
        maxZoom={2}
        onlyRenderVisibleElements={(nodes?.length ?? 0) > largeFlow}
        disableKeyboardA11y
        deleteKeyCode={null}
        elevateNodesOnSelect
        zoomOnDoubleClick={false}
        proOptions={{ hideAttribution: true }}
        aria-label={t('canvas.canvas')}
        ariaLabelConfig={described}
        {...props}
        {...(cards && { nodes: cards })}
        {...(drawn && { edges: drawn })}
      >
        {overview ? (
          <Overview lines={lines ?? []} />
        ) : (
          <Background
            variant={BackgroundVariant.Dots}
            gap={16}
            size={1.2}
            color="var(--r-dot)"
            bgColor="var(--r-canvas)"
          />
        )}
        <Zoom tidy={tidy} tools={tools} />
        {map && (nodes?.length ?? 0) > 3 && <FlowMap />}
        <ValuesPeek />
        {children}
      </ReactFlow>
    </OverviewContext.Provider>
  );
}

/** What a drawing to look at is about: a note far away must not make it small. */
const stepsOf = (nodes: readonly CanvasNode[] = []) => nodes.filter(isStep).map(({ id }) => ({ id }));

function Zoom({ tidy, tools }: { tidy: (() => void) | undefined; tools: ReactNode }) {
  const t = useT();
  const flow = useReactFlow();
  return (
    <Panel position="bottom-left" className="zoom-bar">
      <button
        type="button"
        onClick={() => void flow.zoomOut()}
        aria-label={t('canvas.zoomOut')}
        title={t('canvas.zoomOut')}
      >
        <IconMinus size={17} stroke={1.75} />
      </button>
      <ZoomValue />
      <button
        type="button"
        onClick={() => void flow.zoomIn()}
        aria-label={t('canvas.zoomIn')}
        title={t('canvas.zoomIn')}
      >
        <IconPlus size={17} stroke={1.75} />
      </button>
      <i />
      <button type="button" onClick={() => void flow.fitView(fit)} aria-label={t('canvas.fit')} title={t('canvas.fit')}>
        <IconArrowsMaximize size={17} stroke={1.75} />
      </button>
      {tidy && (
        <button type="button" onClick={tidy} aria-label={t('canvas.tidy')} title={t('canvas.tidy')}>
          <IconLayoutDistributeVertical size={17} stroke={1.75} />
        </button>
      )}
      {tools}
    </Panel>
  );
}

/** How large the flow is drawn: while it is zoomed, this alone is drawn again. */
function ZoomValue() {
  const t = useT();
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  return <output aria-label={t('canvas.zoom')}>{t('canvas.zoomValue', { percent })}</output>;
}
