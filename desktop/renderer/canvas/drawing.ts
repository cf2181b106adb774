import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import type { ControlEdgeView, FlowView, NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { leaveGroups } from './frames/frames.ts';
import type { Point } from './geometry.ts';
import { cardWidth, toGrid } from './geometry.ts';
import type { GestureDraft } from './gesture.ts';
import { rondoData } from './stepKinds.ts';

/** From the left side of one step to that of the next. */
export const columnWidth = cardWidth + 72;

/** A ControlFlowEdge component; the branch `next` is written as null, as the specification has it. */
export function controlEdge(
  view: { nodes: readonly { id: string; name: string }[] },
  from: string,
  branch: string,
  to: string,
): JsonObject {
  const name = (id: string) => view.nodes.find((node) => node.id === id)?.name ?? id;
  return {
    component_type: 'ControlFlowEdge',
    id: crypto.randomUUID(),
    name: `${name(from)}_${branch}_to_${name(to)}`.replaceAll(/\s+/g, '_').toLowerCase(),
    from_node: { $component_ref: from },
    from_branch: branch === 'next' ? null : branch,
    to_node: { $component_ref: to },
  };
}

/** The key by which `disconnect` finds an edge: its id, or its name where it has none. */
export function edgeKey(edge: { id: string; name: string }): string {
  return edge.id || edge.name;
}

/** An edge as far as drawing has to do with it. */
type DrawnEdge = Pick<ControlEdgeView, 'id' | 'name' | 'from' | 'branch' | 'to'>;

/** Connects a branch to a step; what the branch led to before is taken off, for a branch leads to one step only. */
export function connectSteps(draft: GestureDraft, from: string, branch: string, to: string): void {
  const view = draft.view();
  draft.run(...connecting(view, view.controlEdges, from, branch, to).commands);
}

/** The commands of {@link connectSteps}, and the edges after them. */
function connecting(view: FlowView, edges: DrawnEdge[], from: string, branch: string, to: string) {
  const old = edges.filter((edge) => edge.from === from && edge.branch === branch);
  if (old.length === 1 && old[0]?.to === to) return { commands: [], edges };
  const edge = controlEdge(view, from, branch, to);
  const commands: EditCommand[] = [
    ...old.map((one): EditCommand => ({ type: 'disconnect', flow: view.id, edge: edgeKey(one) })),
    { type: 'connect', flow: view.id, edge },
  ];
  const drawn = { id: String(edge.id), name: String(edge.name), from, branch, to };
  return { commands, edges: [...edges.filter((one) => !old.includes(one)), drawn] };
}

/** Why a connection is not possible, as a message key; undefined when it is. */
export function whyNotConnect(
  view: FlowView,
  from: string,
  to: string,
): 'toStart' | 'fromEnd' | 'toItself' | undefined {
  if (from === to) return 'toItself';
  if (view.nodes.find((node) => node.id === to)?.type === 'StartNode') return 'toStart';
  if (view.nodes.find((node) => node.id === from)?.type === 'EndNode') return 'fromEnd';
  return undefined;
}

/** A name that no other step of the flow has: `Decide`, `Decide 2`, … */
export function freeName(view: { nodes: readonly { name: string }[] }, wanted: string): string {
  const taken = new Set(view.nodes.map((node) => node.name));
  if (!taken.has(wanted)) return wanted;
  for (let count = 2; ; count += 1) if (!taken.has(`${wanted} ${count}`)) return `${wanted} ${count}`;
}

/** The same component at another place of the canvas. */
export function withPosition(component: JsonObject, at: Point): JsonObject {
  const metadata = isObject(component.metadata) ? component.metadata : {};
  const info = isObject(metadata.__metadata_info__) ? metadata.__metadata_info__ : {};
  const position = toGrid(at);
  const rondo = { ...rondoData(component), position: { x: position.x, y: position.y } };
  return { ...component, metadata: { ...metadata, __metadata_info__: { ...info, rondo } } };
}

export interface AddPlace {
  at: Point;
  /** the new step follows this branch */
  after?: { node: string; branch: string } | undefined;
  /** the new step is put in the middle of this edge */
  into?: ControlEdgeView | undefined;
  /** where the steps stand; what comes after a step that is put in between moves aside when there is no room */
  positions?: ReadonlyMap<string, Point> | undefined;
}

/** Adds a step, named so that no two steps share a name, and ties it in. Returns its id. */
export function addStep(draft: GestureDraft, component: JsonObject, place: AddPlace): string {
  const view = draft.view();
  const id = String(component.id);
  const named = { ...component, name: freeName(view, String(component.name ?? '')) };
  const between =
    place.into ??
    view.controlEdges.find((edge) => edge.from === place.after?.node && edge.branch === place.after.branch);
  const at = between && place.positions ? makeRoom(draft, between, place.positions) : place.at;
  draft.run({ type: 'add', flow: view.id, node: withPosition(named, at) });
  const added = draft.node(id);
  if (!added || added.type === 'StartNode') return id;
  const from = place.into ? { node: place.into.from, branch: place.into.branch } : place.after;
  if (from) connectSteps(draft, from.node, from.branch, id);
  const branch = added.branches[0];
  if (between && branch !== undefined) connectSteps(draft, id, branch, between.to);
  return id;
}

/** The spot after the first step of an edge; the step it leads to, and all that follow that one, move to the right. */
function makeRoom(draft: GestureDraft, edge: ControlEdgeView, positions: ReadonlyMap<string, Point>): Point {
  const view = draft.view();
  const from = positions.get(edge.from) ?? { x: 0, y: 0 };
  const to = positions.get(edge.to) ?? { x: from.x + columnWidth, y: from.y };
  const at = { x: from.x + columnWidth, y: to.x > from.x ? to.y : from.y };
  const missing = at.x + columnWidth - to.x;
  if (missing <= 0 || to.x <= from.x) return at;
  const before = new Set([edge.from, ...earlierSteps(view, edge.from).map((step) => step.id)]);
  const moved = new Set([edge.to]);
  for (const id of moved) {
    for (const next of view.controlEdges) {
      if (next.from === id && !before.has(next.to) && (positions.get(next.to)?.x ?? 0) >= to.x) moved.add(next.to);
    }
  }
  for (const id of moved) {
    const place = positions.get(id);
    if (place) draft.run({ type: 'move', node: id, ...toGrid({ x: place.x + missing, y: place.y }) });
  }
  return at;
}

/**
 * Removes steps. Where what came before and what comes after is unambiguous (everything that leaves the step leads to
 * one other step), the neighbours are joined.
 *
 * @returns the names of steps that stay because a flow cannot be without them
 */
export function removeSteps(draft: GestureDraft, ids: readonly string[]): string[] {
  const kept: string[] = [];
  const view = draft.view();
  const commands: EditCommand[] = [];
  // the edges as they are after the commands so far: they are run together, for a large flow has many
  let edges: DrawnEdge[] = view.controlEdges;
  const gone = new Set<string>();
  for (const id of ids) {
    const node = view.nodeById.get(id);
    if (!node || gone.has(id)) continue;
    if (id === view.startId) {
      kept.push(node.name);
      continue;
    }
    const incoming = edges.filter((edge) => edge.to === id && edge.from !== id);
    const targets = [...new Set(edges.filter((edge) => edge.from === id).map((edge) => edge.to))];
    commands.push({ type: 'remove', flow: view.id, node: id });
    gone.add(id);
    edges = edges.filter((edge) => edge.from !== id && edge.to !== id);
    const target = targets.length === 1 ? targets[0] : undefined;
    if (target === undefined || target === id) continue;
    for (const { from, branch } of incoming) {
      if (from === target) continue;
      const joined = connecting(view, edges, from, branch, target);
      commands.push(...joined.commands);
      edges = joined.edges;
    }
  }
  draft.run(...commands);
  leaveGroups(draft, gone);
  return kept;
}

/** A DataFlowEdge component. */
export function dataEdge(source: string, output: string, destination: string, input: string): JsonObject {
  return {
    component_type: 'DataFlowEdge',
    id: crypto.randomUUID(),
    name: `${output}_to_${input}`,
    source_node: { $component_ref: source },
    source_output: output,
    destination_node: { $component_ref: destination },
    destination_input: input,
  };
}

/** Every step from which a step can be reached: whose outputs may be used there; the nearest first. */
export function earlierSteps(view: FlowView, id: string): NodeView[] {
  const seen = new Set<string>([id]);
  const order: string[] = [];
  const into = new Map<string, { from: string; at: number }[]>();
  view.controlEdges.forEach(({ from, to }, at) => {
    const list = into.get(to);
    if (list) list.push({ from, at });
    else into.set(to, [{ from, at }]);
  });
  let ring = [id];
  while (ring.length > 0) {
    const next: string[] = [];
    // those that are equally near stand in the order of the document's edges
    for (const { from } of ring.flatMap((step) => into.get(step) ?? []).sort((a, b) => a.at - b.at)) {
      if (seen.has(from)) continue;
      seen.add(from);
      next.push(from);
    }
    order.push(...next);
    ring = next;
  }
  const byId = new Map(view.nodes.map((node) => [node.id, node]));
  return order.flatMap((step) => byId.get(step) ?? []);
}
