import { IconArrowsMaximize, IconLayoutDistributeVertical, IconMinus, IconPlus } from '@tabler/icons-react';
import type { ReactFlowProps } from '@xyflow/react';
import { Background, BackgroundVariant, MiniMap, Panel, ReactFlow, useReactFlow, useViewport } from '@xyflow/react';
import type { ReactNode } from 'react';
import '@xyflow/react/dist/base.css';
import { useT } from '../messages/useT.ts';
import './canvas.css';
import { ControlPath, DataPath } from './lines.tsx';
import { StepCard } from './StepCard.tsx';
import { infoOf } from './stepKinds.ts';
import type { FlowLine, StepNode } from './steps.ts';

const nodeTypes = { step: StepCard };
const edgeTypes = { control: ControlPath, data: DataPath };
/** How the whole flow is brought into view: as large as it can be, no larger than life. */
export const fit = { padding: '24px', maxZoom: 1, minZoom: 0.2 } as const;

type Props = ReactFlowProps<StepNode, FlowLine> & { tidy?: () => void; map?: boolean; children?: ReactNode };

/** The drawing itself, for editing and for runs: the same cards, lines, map and zoom. */
export function Diagram({ tidy, map = true, children, ...props }: Props) {
  const t = useT();
  return (
    <ReactFlow<StepNode, FlowLine>
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      fitView
      fitViewOptions={fit}
      minZoom={0.1}
      maxZoom={2}
      onlyRenderVisibleElements={(props.nodes?.length ?? 0) > 150}
      disableKeyboardA11y
      deleteKeyCode={null}
      elevateNodesOnSelect
      zoomOnDoubleClick={false}
      proOptions={{ hideAttribution: true }}
      aria-label={t('canvas.canvas')}
      {...props}
    >
      <Background variant={BackgroundVariant.Dots} gap={16} size={1.2} color="var(--r-dot)" bgColor="var(--r-canvas)" />
      <Zoom tidy={tidy} />
      {map && (props.nodes?.length ?? 0) > 3 && (
        <MiniMap<StepNode>
          pannable
          zoomable
          ariaLabel={t('canvas.map')}
          nodeClassName={(node) => `map-${infoOf(node.data.kind).group}`}
          nodeBorderRadius={10}
          maskColor="var(--r-map-mask)"
          bgColor="var(--r-map)"
          style={{ width: 176, height: 96 }}
        />
      )}
      {children}
    </ReactFlow>
  );
}

function Zoom({ tidy }: { tidy: (() => void) | undefined }) {
  const t = useT();
  const { zoom } = useViewport();
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
      <output aria-label={t('canvas.zoom')}>{t('canvas.zoomValue', { percent: Math.round(zoom * 100) })}</output>
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
    </Panel>
  );
}
