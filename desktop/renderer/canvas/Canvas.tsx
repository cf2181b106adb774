import { Panel, SelectionMode, useReactFlow } from '@xyflow/react';
import type { DragEvent } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useT } from '../messages/useT.ts';
import './arrange/arrange.css';
import { Guides } from './arrange/Guides.tsx';
import { SelectionBar } from './arrange/SelectionBar.tsx';
import type { CanvasNode } from './canvasNodes.ts';
import { isStep } from './canvasNodes.ts';
import { useClipboard } from './clipboard/useClipboard.ts';
import { isTyping, runPressed } from './commands/pressed.ts';
import { Diagram, fit } from './Diagram.tsx';
import { useEditorPage, useFlowView, useUi } from './EditorContext.tsx';
import { elementUnder } from './elementUnder.ts';
import { firstViewport } from './firstView.ts';
import { cardHeadHeight, cardWidth } from './geometry.ts';
import { innerFlows } from './inner/innerFlows.ts';
import type { CardActions } from './marks.ts';
import { CardActionsContext, useMarks } from './marks.ts';
import { ContextMenu } from './menu/ContextMenu.tsx';
import { useMenus } from './menu/useMenus.ts';
import { stepDragType } from './Palette.tsx';
import { QuickPalette } from './QuickPalette.tsx';
import { StepsInWords } from './StepsInWords.tsx';
import type { StepKind } from './stepKinds.ts';
import type { FlowLine } from './steps.ts';
import { Tools } from './Tools.tsx';
import { openInner } from './ui.ts';
import { useAddStep } from './useAddStep.ts';
import { useCanvasCommands } from './useCanvasCommands.ts';
import { useCanvasContext } from './useCanvasContext.ts';
import { useCards } from './useCards.ts';
import { useConnecting } from './useConnecting.ts';
import { useLines } from './useLines.ts';
import { useLooseKeys } from './useLooseKeys.ts';
import { usePointer } from './usePointer.ts';
import { usePositions } from './usePositions.ts';
import { useReveal } from './useReveal.ts';
import { useShownCards } from './useShownCards.ts';
import { useStepActions } from './useStepActions.ts';
import { useTidy } from './useTidy.ts';

const multiSelectKeys = ['Control', 'Meta', 'Shift'];
/** The wheel's button moves the picture while the left one selects. */
const panButtons = [1, 2];

/** The canvas on which a flow is drawn. */
export function Canvas() {
  const t = useT();
  const { ui, marks, editable } = useEditorPage();
  const { tree, view } = useFlowView();
  const flow = useReactFlow<CanvasNode, FlowLine>();
  const positions = usePositions(view);
  const tool = useUi((state) => state.tool);
  const map = useUi((state) => state.map);
  const side = useUi((state) => state.side);
  const connectFrom = useMarks((state) => state.connectFrom);
  const wrapper = useRef<HTMLDivElement>(null);
  const addStep = useAddStep(positions);
  const pointer = usePointer(wrapper);
  const actions = useStepActions(positions, pointer);
  useClipboard(actions);

  const { nodes, guides, onNodesChange, onDragStop } = useCards(
    positions,
    useCallback(() => flow.getZoom(), [flow]),
  );
  const shown = useShownCards(nodes);
  const lines = useLines();
  const { join, onConnect, onConnectEnd } = useConnecting(actions);
  const onDrop = useCallback(
    (event: DragEvent) => {
      const kind = event.dataTransfer.getData(stepDragType);
      if (!kind) return;
      event.preventDefault();
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const edgeId = elementUnder(event.clientX, event.clientY, '.react-flow__edge')?.getAttribute('data-id');
      const into = view.controlEdges.find((edge) => edge.id === edgeId);
      addStep(kind as StepKind, { at: { x: at.x - cardWidth / 2, y: at.y - cardHeadHeight / 2 }, into });
    },
    [addStep, flow, view],
  );

  const cardActions = useMemo<CardActions>(
    () =>
      editable
        ? {
            addAfter: (node, branch, screen) => actions.openPaletteAfter(node, branch, screen),
            duplicate: (node) => actions.duplicate([node]),
            remove: (node) => actions.remove([node]),
            tryOut: (node) => ui.setState({ test: { kind: 'step', node } }),
          }
        : {},
    [actions, editable, ui],
  );

  const tidy = useTidy(positions);
  useReveal(wrapper, positions, nodes.length > 0);

  // whoever opens a flow can go on with the keys at once
  useEffect(() => {
    if (document.activeElement === document.body) wrapper.current?.focus({ preventScroll: true });
  }, []);

  const menus = useMenus();
  const context = useCanvasContext({ positions, actions, addStep, join, tidy, pointer });
  const commands = useCanvasCommands(context);
  useLooseKeys(commands);

  // the first picture is taken when the layout has put the steps somewhere
  const first = useRef(false);
  useEffect(() => {
    if (first.current || nodes.length === 0 || positions.size < view.nodes.length) return;
    first.current = true;
    const box = wrapper.current?.getBoundingClientRect();
    if (!box) return;
    requestAnimationFrame(() => {
      const at = firstViewport(positions, view.startId, box);
      void (at ? flow.setViewport(at) : flow.fitView(fit));
    });
  }, [flow, nodes.length, view.nodes.length, view.startId, positions]);
  // a large flow is not drawn whole first, only to be drawn larger then
  const [opening] = useState(() => {
    const at = firstViewport(positions, view.startId, { width: window.innerWidth, height: window.innerHeight });
    return at ? { defaultViewport: at } : {};
  });

  return (
    <section
      ref={wrapper}
      className="canvas"
      tabIndex={-1}
      aria-label={t('canvas.canvas')}
      onKeyDown={(event) => {
        if (!isTyping(event.target)) runPressed(commands, event);
      }}
      onDragOver={(event) => {
        if (editable && event.dataTransfer.types.includes(stepDragType)) {
          event.preventDefault();
          event.dataTransfer.dropEffect = 'copy';
        }
      }}
      onDrop={onDrop}
    >
      <CardActionsContext.Provider value={cardActions}>
        <Diagram
          nodes={shown}
          edges={lines}
          {...opening}
          nodesDraggable={editable}
          nodesConnectable={editable}
          onNodesChange={onNodesChange}
          onNodeDragStop={onDragStop}
          onConnect={onConnect}
          onConnectEnd={onConnectEnd}
          onSelectionDragStop={onDragStop}
          multiSelectionKeyCode={multiSelectKeys}
          selectionOnDrag={tool === 'select'}
          panOnDrag={tool === 'select' ? panButtons : true}
          selectionMode={SelectionMode.Partial}
          tools={<Tools onNote={editable ? () => commands.find(({ id }) => id === 'frames.note')?.run() : undefined} />}
          onNodeClick={(_event, node) =>
            isStep(node) &&
            ui.setState({
              inspector: true,
              selection: ui.getState().selection.includes(node.id) ? ui.getState().selection : [node.id],
            })
          }
          onEdgeClick={(_event, edge) => ui.setState({ edges: [edge.id], selection: [] })}
          onPaneClick={() => {
            ui.setState({ selection: [], edges: [], extras: [], quick: null });
            marks.setState({ connectFrom: null });
          }}
          onNodeDoubleClick={(_event, node) => {
            const step = view.nodeById.get(node.id);
            const inner = step && innerFlows(tree, step.component)[0];
            if (inner) openInner(ui, inner.id);
          }}
          {...menus}
          connectionRadius={28}
          {...(editable ? { tidy: () => tidy() } : {})}
          map={map}
        >
          <Guides guides={guides} />
          {editable && <SelectionBar commands={commands} />}
          {connectFrom && (
            <Panel position="top-center" className="canvas-hint" role="status">
              {t('canvas.connectHint')}
            </Panel>
          )}
        </Diagram>
      </CardActionsContext.Provider>
      {side === 'palette' && <StepsInWords view={view} />}
      <QuickPalette addStep={addStep} />
      <ContextMenu commands={commands} />
    </section>
  );
}
