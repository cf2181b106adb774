import type { FlowView } from '@rondo/shared/oas/flow.ts';
import type { NodeChange, NodePositionChange } from '@xyflow/react';
import { applyNodeChanges } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useT } from '../messages/useT.ts';
import { around, type Box } from './arrange/boxes.ts';
import type { Guide, Snapped } from './arrange/snap.ts';
import { snap } from './arrange/snap.ts';
import type { CanvasNode } from './canvasNodes.ts';
import { isStep } from './canvasNodes.ts';
import { useEditorPage, useFlowView, useGesture } from './EditorContext.tsx';
import { frameNodes } from './frames/frameNodes.ts';
import { writeNote } from './frames/frames.ts';
import type { Point } from './geometry.ts';
import { toGrid } from './geometry.ts';
import { stepNodes } from './steps.ts';

interface Cards {
  nodes: CanvasNode[];
  /** lines that show with what a dragged card is in line */
  guides: readonly Guide[];
  onNodesChange: (changes: NodeChange<CanvasNode>[]) => void;
  onDragStop: () => void;
}

const noGuides: readonly Guide[] = [];
const notSnapped: Snapped = { dx: 0, dy: 0, x: false, y: false, guides: [] };

/** A card that shows the same at the same place: it stays the same object, so that it is not drawn again. */
function isAsBefore(before: CanvasNode, now: CanvasNode): boolean {
  return (
    before.data === now.data &&
    before.height === now.height &&
    before.width === now.width &&
    before.position.x === now.position.x &&
    before.position.y === now.position.y &&
    before.hidden === now.hidden &&
    !before.dragging
  );
}

/** The cards as the document has them, under what is being dragged just now. */
export function useCards(positions: ReadonlyMap<string, Point>, zoom: () => number): Cards {
  const t = useT();
  const { ui } = useEditorPage();
  const { tree, view } = useFlowView();
  const gesture = useGesture();
  const fresh = useMemo(() => cardsOf(tree, view, positions, t), [tree, view, positions, t]);
  const [nodes, setNodes] = useState<CanvasNode[]>(fresh);
  const [guides, setGuides] = useState(noGuides);
  /** what is on the screen, also before React has drawn it */
  const now = useRef(nodes);
  const snapped = useRef(notSnapped);
  const still = useRef<Still>({ among: [], moving: '', boxes: [] });
  const update = useCallback((next: CanvasNode[]) => {
    now.current = next;
    setNodes(next);
  }, []);
  useEffect(() => {
    const byId = new Map(now.current.map((node) => [node.id, node]));
    update(
      fresh.map((node) => {
        const before = byId.get(node.id);
        if (!before) return node;
        if (isAsBefore(before, node)) return before;
        return { ...before, ...node, position: before.dragging ? before.position : node.position } as CanvasNode;
      }),
    );
  }, [fresh, update]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      select(changes, now.current, ui);
      const rest = changes.filter((change) => change.type !== 'select' && change.type !== 'remove');
      if (rest.length === 0) return;
      const moves = rest.filter((change): change is NodePositionChange => change.type === 'position');
      let pulled = notSnapped;
      if (moves.some((move) => move.position)) {
        still.current = stillBeside(moves, fresh, still.current);
        pulled = pull(moves, now.current, still.current.boxes, 6 / zoom());
      }
      if (moves.length > 0) {
        snapped.current = pulled;
        setGuides(moves.some((move) => move.dragging) ? pulled.guides : noGuides);
      }
      const shifted = rest.map((change) =>
        change.type === 'position' && change.position
          ? { ...change, position: { x: change.position.x + pulled.dx, y: change.position.y + pulled.dy } }
          : change,
      );
      update(carry(applyNodeChanges(shifted, now.current), fresh));
    },
    [fresh, ui, update, zoom],
  );

  const onDragStop = useCallback(() => {
    setGuides(noGuides);
    const { x, y } = snapped.current;
    const places = new Map(fresh.map((node) => [node.id, node.position]));
    const place = (at: Point): Point => {
      const grid = toGrid(at);
      // what was pulled into line stays in line
      return { x: x ? Math.round(at.x) : grid.x, y: y ? Math.round(at.y) : grid.y };
    };
    const moved = now.current.filter((node) => {
      const before = places.get(node.id);
      return before && (Math.abs(before.x - node.position.x) > 1 || Math.abs(before.y - node.position.y) > 1);
    });
    update(now.current.map((node) => (node.dragging ? ({ ...node, dragging: false } as CanvasNode) : node)));
    if (moved.length === 0) return;
    const name = moved.find(isStep)?.data.name ?? t('canvas.note');
    gesture(t('canvas.gesture.move', { name, count: moved.length }), (draft) => {
      for (const node of moved) {
        if (isStep(node)) draft.run({ type: 'move', node: node.id, ...place(node.position) });
        else if (node.type === 'note') writeNote(draft, { ...node.data.note, ...place(node.position) });
        else if (node.data.group.folded) {
          const from = places.get(node.id) ?? node.position;
          const to = place(node.position);
          for (const id of node.data.group.steps) {
            const at = positions.get(id);
            if (at) draft.run({ type: 'move', node: id, x: at.x + to.x - from.x, y: at.y + to.y - from.y });
          }
        }
      }
    });
  }, [fresh, gesture, positions, t, update]);

  return { nodes, guides, onNodesChange, onDragStop };
}

function cardsOf(
  tree: Parameters<typeof stepNodes>[0],
  view: FlowView,
  positions: ReadonlyMap<string, Point>,
  t: Parameters<typeof stepNodes>[3],
): CanvasNode[] {
  const frames = frameNodes(view, positions);
  const hidden = new Set(frames.groups.flatMap(({ data: { group } }) => (group.folded ? group.steps : [])));
  const steps = stepNodes(tree, view, positions, t);
  const seen = hidden.size === 0 ? steps : steps.filter((node) => !hidden.has(node.id));
  return [...frames.groups, ...frames.notes, ...seen];
}

/** Takes over what was selected: steps, and beside them notes and frames. */
function select(
  changes: NodeChange<CanvasNode>[],
  nodes: readonly CanvasNode[],
  ui: ReturnType<typeof useEditorPage>['ui'],
): void {
  const picks = changes.filter((change) => change.type === 'select');
  if (picks.length === 0) return;
  const steps = new Set(nodes.filter(isStep).map((node) => node.id));
  const selection = new Set(ui.getState().selection);
  const extras = new Set(ui.getState().extras);
  for (const pick of picks) {
    const list = steps.has(pick.id) ? selection : extras;
    if (pick.selected) list.add(pick.id);
    else list.delete(pick.id);
  }
  ui.setState({ selection: [...selection], extras: [...extras] });
}

/** What stands still while the same cards are moved: looked for once a drag. */
interface Still {
  among: readonly CanvasNode[];
  moving: string;
  boxes: Box[];
}

function stillBeside(moves: readonly NodePositionChange[], among: readonly CanvasNode[], last: Still): Still {
  const moving = moves.map((move) => move.id).join(' ');
  if (last.among === among && last.moving === moving) return last;
  const moved = new Set(moves.map((move) => move.id));
  for (const node of among)
    if (node.type === 'frame' && moved.has(node.id)) for (const step of node.data.group.steps) moved.add(step);
  const boxes = among.filter((node) => !moved.has(node.id) && node.type !== 'frame').map((node) => boxOf(node));
  return { among, moving, boxes };
}

function boxOf({ position, width = 0, height = 0 }: CanvasNode, { x, y }: Point = position): Box {
  return { x, y, width, height };
}

/** How far what is moved is pulled into line with what stands still. */
function pull(
  moves: readonly NodePositionChange[],
  nodes: readonly CanvasNode[],
  still: readonly Box[],
  within: number,
): Snapped {
  const to = new Map(moves.map((move) => [move.id, move.position]));
  const moving: Box[] = [];
  for (const node of nodes) {
    const at = to.get(node.id);
    if (at) moving.push(boxOf(node, at));
  }
  return moving.length === 0 ? notSnapped : snap(around(moving), still, within);
}

/** Steps go where the frame around them goes. */
function carry(nodes: CanvasNode[], fresh: readonly CanvasNode[]): CanvasNode[] {
  const dragged = nodes.filter((node) => node.type === 'frame' && node.dragging && !node.data.group.folded);
  if (dragged.length === 0) return nodes;
  const places = new Map(fresh.map((node) => [node.id, node.position]));
  const by = new Map<string, Point>();
  for (const frame of dragged) {
    const from = places.get(frame.id);
    if (!from || frame.type !== 'frame') continue;
    const delta = { x: frame.position.x - from.x, y: frame.position.y - from.y };
    for (const id of frame.data.group.steps) by.set(id, delta);
  }
  return nodes.map((node) => {
    const delta = by.get(node.id);
    const from = places.get(node.id);
    if (!delta || !from) return node;
    return { ...node, position: { x: from.x + delta.x, y: from.y + delta.y }, dragging: true } as CanvasNode;
  });
}
