import type { Connection, FinalConnectionState, NodeChange, OnConnectEnd } from '@xyflow/react';
import { applyNodeChanges, Panel, useReactFlow } from '@xyflow/react';
import type { DragEvent } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useT } from '../messages/useT.ts';
import { Diagram, fit } from './Diagram.tsx';
import { connectSteps, whyNotConnect } from './drawing.ts';
import { useEditorPage, useFlowView, useGesture, useUi } from './EditorContext.tsx';
import { cardHeadHeight, cardWidth, toGrid } from './geometry.ts';
import { layoutSteps } from './layout.ts';
import type { CardActions } from './marks.ts';
import { CardActionsContext, useMarks } from './marks.ts';
import { stepDragType } from './Palette.tsx';
import { QuickPalette } from './QuickPalette.tsx';
import type { StepKind } from './stepKinds.ts';
import type { FlowLine, StepNode } from './steps.ts';
import { branchOfHandle, controlLines, dataLines, stepNodes } from './steps.ts';
import { useAddStep } from './useAddStep.ts';
import { useCanvasKeys } from './useCanvasKeys.ts';
import { usePositions } from './usePositions.ts';
import { useStepActions } from './useStepActions.ts';

const noBranches: ReadonlySet<string> = new Set();

/** The canvas on which a flow is drawn. */
export function Canvas() {
  const t = useT();
  const { ui, marks, editable } = useEditorPage();
  const { tree, view } = useFlowView();
  const gesture = useGesture();
  const flow = useReactFlow<StepNode, FlowLine>();
  const positions = usePositions(view);
  const selection = useUi((state) => state.selection);
  const edgeSelection = useUi((state) => state.edges);
  const allData = useUi((state) => state.allData);
  const reveal = useUi((state) => state.reveal);
  const problems = useMarks((state) => state.problems);
  const run = useMarks((state) => state.run);
  const connectFrom = useMarks((state) => state.connectFrom);
  const wrapper = useRef<HTMLDivElement>(null);
  const addStep = useAddStep(positions);
  const actions = useStepActions(positions);

  // cards: what the document says, under what is being dragged just now
  const fresh = useMemo(() => stepNodes(tree, view, positions, t), [tree, view, positions, t]);
  const [nodes, setNodes] = useState<StepNode[]>(fresh);
  useEffect(() => {
    setNodes((old) => {
      const byId = new Map(old.map((node) => [node.id, node]));
      return fresh.map((node) => {
        const before = byId.get(node.id);
        return before ? { ...before, ...node, position: before.dragging ? before.position : node.position } : node;
      });
    });
  }, [fresh]);
  const chosen = useMemo(() => new Set(selection), [selection]);
  const shown = useMemo(
    () =>
      nodes.map((node) => ({
        ...node,
        selected: chosen.has(node.id),
        ariaLabel: t('canvas.step.label', {
          kind: node.data.kind === 'unknown' ? node.data.type : t(`canvas.kind.${node.data.kind}`),
          name: node.data.name,
          index: node.data.index,
          total: node.data.total,
          branches: node.data.branches.length,
          problems: problems.get(node.id)?.length ?? 0,
        }),
      })),
    [nodes, chosen, problems, t],
  );

  const lines = useMemo<FlowLine[]>(() => {
    const taken = run
      ? new Set([...run].flatMap(([id, mark]) => mark.branches.map((branch) => `${id}\u0000${branch}`)))
      : null;
    const control = controlLines(
      view,
      taken,
      run ? new Set([...run].filter(([, mark]) => mark.state === 'done').map(([id]) => id)) : noBranches,
    );
    const picked = new Set(edgeSelection);
    return [
      ...control.map((line) => (picked.has(line.id) ? { ...line, selected: true } : line)),
      ...dataLines(view, allData ? 'all' : chosen),
    ];
  }, [view, run, edgeSelection, allData, chosen]);

  const onNodesChange = useCallback(
    (changes: NodeChange<StepNode>[]) => {
      const picks = changes.filter((change) => change.type === 'select');
      if (picks.length > 0) {
        const next = new Set(ui.getState().selection);
        for (const pick of picks) {
          if (pick.selected) next.add(pick.id);
          else next.delete(pick.id);
        }
        ui.setState({ selection: [...next] });
      }
      const rest = changes.filter((change) => change.type !== 'select' && change.type !== 'remove');
      if (rest.length > 0) setNodes((old) => applyNodeChanges(rest, old));
    },
    [ui],
  );

  const onDragStop = useCallback(
    (_event: unknown, _node: StepNode, moved: StepNode[]) => {
      const changed = moved.filter((node) => {
        const before = positions.get(node.id);
        return !before || Math.abs(before.x - node.position.x) > 1 || Math.abs(before.y - node.position.y) > 1;
      });
      if (changed.length === 0) return;
      gesture(t('canvas.gesture.move', { name: changed[0]?.data.name ?? '', count: changed.length }), (draft) =>
        draft.run(...changed.map((node) => ({ type: 'move' as const, node: node.id, ...toGrid(node.position) }))),
      );
    },
    [gesture, positions, t],
  );

  const join = useCallback(
    (from: string, branch: string, to: string) => {
      const why = whyNotConnect(view, from, to);
      if (why) {
        actions.say(t(`canvas.cannot.${why}`));
        return;
      }
      gesture(t('canvas.gesture.connect'), (draft) => connectSteps(draft, from, branch, to));
    },
    [actions, gesture, t, view],
  );

  const onConnect = useCallback(
    (connection: Connection) => join(connection.source, branchOfHandle(connection.sourceHandle), connection.target),
    [join],
  );

  const onConnectEnd = useCallback<OnConnectEnd>(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const from = state.fromNode?.id;
      if (state.isValid || !from) return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (!point) return;
      const under = elementUnder(point.clientX, point.clientY, '.react-flow__node');
      const other = under?.getAttribute('data-id');
      if (state.fromHandle?.type === 'target') {
        const branch = other ? view.nodes.find((node) => node.id === other)?.branches[0] : undefined;
        if (other && branch !== undefined) join(other, branch, from);
        return;
      }
      const branch = branchOfHandle(state.fromHandle?.id);
      if (other) {
        join(from, branch, other);
        return;
      }
      const at = flow.screenToFlowPosition({ x: point.clientX, y: point.clientY });
      ui.setState({
        quick: {
          screen: { x: point.clientX, y: point.clientY },
          place: { at: { x: at.x, y: at.y - cardHeadHeight / 2 }, after: { node: from, branch } },
        },
      });
    },
    [flow, join, ui, view],
  );

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
          }
        : {},
    [actions, editable],
  );

  const tidy = useCallback(() => {
    layoutSteps(
      view.nodes.map((node) => ({ id: node.id, branches: node.branches, first: node.id === view.startId })),
      view.controlEdges,
    ).then((found) => {
      gesture(t('canvas.gesture.tidy'), (draft) =>
        draft.run(...[...found].map(([node, at]) => ({ type: 'move' as const, node, ...toGrid(at) }))),
      );
      requestAnimationFrame(() => void flow.fitView(fit));
    });
  }, [flow, gesture, t, view]);

  // a step that something else points at comes into view, and takes the focus
  const ready = nodes.length > 0;
  useEffect(() => {
    if (!reveal || !ready) return;
    const at = positions.get(reveal.id);
    if (at) bringIntoView(flow, wrapper.current, at);
    const frame = requestAnimationFrame(() => focusStep(wrapper.current, reveal.id));
    return () => cancelAnimationFrame(frame);
  }, [reveal, ready, flow, positions]);

  const onKeyDown = useCanvasKeys({
    positions,
    addStep,
    actions,
    join,
    tidyFocus: (id) => focusStep(wrapper.current, id),
  });

  // the first picture is taken when the layout has put the steps somewhere
  const first = useRef(false);
  useEffect(() => {
    if (first.current || nodes.length === 0 || nodes.length < view.nodes.length) return;
    first.current = true;
    requestAnimationFrame(() => void flow.fitView(fit));
  }, [flow, nodes.length, view.nodes.length]);

  return (
    <section
      ref={wrapper}
      className="canvas"
      aria-label={t('canvas.canvas')}
      onKeyDown={onKeyDown}
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
          nodesDraggable={editable}
          nodesConnectable={editable}
          onNodesChange={onNodesChange}
          onNodeDragStop={onDragStop}
          onConnect={onConnect}
          onConnectEnd={onConnectEnd}
          onNodeClick={(_event, node) =>
            ui.setState({
              inspector: true,
              selection: ui.getState().selection.includes(node.id) ? ui.getState().selection : [node.id],
            })
          }
          onEdgeClick={(_event, edge) => ui.setState({ edges: [edge.id], selection: [] })}
          onPaneClick={() => {
            ui.setState({ selection: [], edges: [], quick: null });
            marks.setState({ connectFrom: null });
          }}
          connectionRadius={28}
          {...(editable ? { tidy } : {})}
        >
          {connectFrom && (
            <Panel position="top-center" className="canvas-hint" role="status">
              {t('canvas.connectHint')}
            </Panel>
          )}
        </Diagram>
      </CardActionsContext.Provider>
      <ol className="only-read" aria-label={t('canvas.outline')}>
        {view.nodes.map((node, index) => (
          <li key={node.id}>
            {t('canvas.outlineStep', { index: index + 1, name: node.name })}
            {view.controlEdges
              .filter((edge) => edge.from === node.id)
              .map((edge) =>
                t('canvas.outlineNext', { name: view.nodes.find((other) => other.id === edge.to)?.name ?? '' }),
              )
              .join(', ')}
          </li>
        ))}
      </ol>
      <QuickPalette addStep={addStep} />
    </section>
  );
}

function elementUnder(x: number, y: number, selector: string): Element | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const found = element.closest(selector);
    if (found) return found;
  }
  return undefined;
}

function focusStep(wrapper: HTMLElement | null, id: string) {
  const element = wrapper?.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  if (element instanceof HTMLElement && !wrapper?.querySelector('input:focus, textarea:focus')) {
    element.focus({ preventScroll: true });
  }
}

/** Moves the canvas only when the step is out of the picture. */
function bringIntoView(
  flow: ReturnType<typeof useReactFlow<StepNode, FlowLine>>,
  wrapper: HTMLElement | null,
  at: { x: number; y: number },
) {
  const box = wrapper?.getBoundingClientRect();
  if (!box) return;
  const corner = flow.flowToScreenPosition(at);
  const far = flow.flowToScreenPosition({ x: at.x + cardWidth, y: at.y + cardHeadHeight });
  const inside = corner.x >= box.left && far.x <= box.right && corner.y >= box.top && far.y <= box.bottom;
  if (inside) return;
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  void flow.setCenter(at.x + cardWidth / 2, at.y + cardHeadHeight / 2, {
    zoom: Math.max(flow.getZoom(), 0.6),
    duration: still ? 0 : 140,
  });
}
