import type { ControlEdgeView, DataEdgeView, FlowView, NodeView } from '@rondo/shared/oas/flow.ts';
import type { Point } from '../canvas/geometry.ts';
import { cardHeight, cardWidth } from '../canvas/geometry.ts';

export type Side = 'before' | 'after';

/** Two flows drawn as one: what both have stands as in the one after; what went stands where it stood. */
export interface DrawnDiff {
  /** steps of both, with the ids before; made into one view so that what stands nowhere can be laid out together */
  view: FlowView;
  /** of which document a step is drawn */
  sideOf: ReadonlyMap<string, Side>;
  edges: DrawnEdge[];
  /** data connections that came or went; the others are not drawn */
  data: DrawnData[];
}

export interface DrawnEdge extends ControlEdgeView {
  state: 'added' | 'removed' | 'same';
}

export interface DrawnData extends DataEdgeView {
  state: 'added' | 'removed';
}

/**
 * @param before undefined where the flow was not there
 * @param after undefined where it is not there any more
 * @param known ids before of components that have another id after
 */
export function drawnDiff(
  before: FlowView | undefined,
  after: FlowView | undefined,
  known: ReadonlyMap<string, string>,
): DrawnDiff {
  const same = (id: string) => known.get(id) ?? id;
  const nodes: NodeView[] = (after?.nodes ?? []).map((node) => ({ ...node, id: same(node.id) }));
  const sideOf = new Map<string, Side>(nodes.map((node) => [node.id, 'after']));
  for (const node of before?.nodes ?? []) {
    if (sideOf.has(node.id)) continue;
    nodes.push(node);
    sideOf.set(node.id, 'before');
  }
  const wayOf = (edge: { from: string; branch: string; to: string }) =>
    JSON.stringify([edge.from, edge.branch, edge.to]);
  const now = (after?.controlEdges ?? []).map((edge) => ({ ...edge, from: same(edge.from), to: same(edge.to) }));
  const edges = compared(before?.controlEdges ?? [], now, wayOf);
  const dataOf = (edge: DataEdgeView) => JSON.stringify([edge.source, edge.output, edge.destination, edge.input]);
  const nowData = (after?.dataEdges ?? []).map((edge) => ({
    ...edge,
    source: same(edge.source),
    destination: same(edge.destination),
  }));
  const data = compared(before?.dataEdges ?? [], nowData, dataOf).flatMap(({ state, ...edge }): DrawnData[] =>
    state === 'same' ? [] : [{ ...edge, state }],
  );
  const base = after ?? before;
  const view: FlowView = {
    id: base?.id ?? '',
    name: base?.name ?? '',
    component: base?.component ?? {},
    pointer: base?.pointer ?? '',
    nodes,
    nodeById: new Map(nodes.map((node) => [node.id, node])),
    controlEdges: edges,
    dataEdges: [],
    startId: after ? same(after.startId) : (before?.startId ?? ''),
    inputs: base?.inputs ?? [],
    outputs: base?.outputs ?? [],
  };
  return { view, sideOf, edges, data };
}

function compared<T extends { id: string }>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (item: T) => string,
): (T & { state: 'added' | 'removed' | 'same' })[] {
  const old = new Set(before.map(nameOf));
  const fresh = new Set(after.map(nameOf));
  // drawn lines need ids of their own, also where the document gives none
  return [
    ...after.map((item, i) => ({
      ...item,
      id: `after ${i} ${item.id}`,
      state: old.has(nameOf(item)) ? ('same' as const) : ('added' as const),
    })),
    ...before
      .filter((item) => !fresh.has(nameOf(item)))
      .map((item, i) => ({ ...item, id: `before ${i} ${item.id}`, state: 'removed' as const })),
  ];
}

/** Steps that went must not hide behind what stands at their place now: they move down until they are free. */
export function withRoom(drawn: DrawnDiff, positions: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
  const ghosts = drawn.view.nodes.filter((node) => drawn.sideOf.get(node.id) === 'before' && positions.has(node.id));
  if (ghosts.length === 0) return positions;
  const placed = new Map(positions);
  const columns = new Map<number, { top: number; bottom: number; left: number }[]>();
  const put = (node: NodeView, at: Point) => {
    const box = { top: at.y, bottom: at.y + cardHeight(node.branches), left: at.x };
    for (const column of columnsOf(at.x)) columns.set(column, [...(columns.get(column) ?? []), box]);
  };
  for (const node of drawn.view.nodes) {
    const at = positions.get(node.id);
    if (at && drawn.sideOf.get(node.id) === 'after') put(node, at);
  }
  for (const ghost of ghosts) {
    let at = positions.get(ghost.id) as Point;
    const height = cardHeight(ghost.branches);
    for (;;) {
      const near = columnsOf(at.x).flatMap((column) => columns.get(column) ?? []);
      const { x, y } = at;
      const hit = near.find(
        (box) => Math.abs(box.left - x) < cardWidth && y < box.bottom + gap && y + height + gap > box.top,
      );
      if (!hit) break;
      at = { x, y: hit.bottom + gap };
    }
    placed.set(ghost.id, at);
    put(ghost, at);
  }
  return placed;
}

const gap = 16;

function columnsOf(x: number): number[] {
  const first = Math.floor(x / cardWidth);
  return [first, first + 1];
}
