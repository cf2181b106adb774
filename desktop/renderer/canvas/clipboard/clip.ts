import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import type { FlowView } from '@rondo/shared/oas/flow.ts';
import { freshIds } from '@rondo/shared/oas/freshIds.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject, sameJson } from '@rondo/shared/oas/json.ts';
import { pointerTo } from '@rondo/shared/oas/pointer.ts';
import { referenceOf, targetNamed } from '@rondo/shared/oas/references.ts';
import { controlEdge, dataEdge, freeName, withPosition } from '../drawing.ts';
import { type Group, groupsOf, type Note, notesOf, writeGroup, writeNote } from '../frames/frames.ts';
import type { Point } from '../geometry.ts';
import type { GestureDraft } from '../gesture.ts';
import { rondoData } from '../stepKinds.ts';

/** Steps and the edges among them, taken out of a document so that they can be put in again, there or elsewhere. */
export interface Clip {
  nodes: JsonObject[];
  controlEdges: { from: string; branch: string; to: string }[];
  dataEdges: { source: string; output: string; destination: string; input: string }[];
  /** what the steps refer to (tools, models, agents, flows), by the name that they use */
  parts: Readonly<Record<string, Json>>;
  /** sticky notes, and groups of steps that are all in it */
  notes: readonly Note[];
  groups: readonly Group[];
}

/** True where there is nothing to put in: a group stands around steps. */
export function isEmpty({ nodes, notes }: Clip): boolean {
  return nodes.length + notes.length === 0;
}

/** Chosen steps, and those of chosen groups. */
export function stepsChosen(view: FlowView, ids: readonly string[], extras: readonly string[]): string[] {
  const inGroups = groupsOf(view).flatMap((group) => (extras.includes(group.id) ? group.steps : []));
  return [...new Set([...ids, ...inGroups])];
}

/**
 * Copies steps with the edges among them and all that they refer to; the flow's start stays where it is. Groups come
 * along whose steps all do.
 *
 * @param extras notes and groups that are copied as well, a group with its steps
 */
export function copySteps(
  tree: JsonObject,
  view: FlowView,
  positions: ReadonlyMap<string, Point>,
  ids: readonly string[],
  extras: readonly string[] = [],
): Clip {
  const chosen = new Set(stepsChosen(view, ids, extras).filter((id) => id !== view.startId));
  const nodes = view.nodes
    .filter((node) => chosen.has(node.id))
    .map((node) => withPosition(node.component, positions.get(node.id) ?? { x: 0, y: 0 }));
  return {
    nodes,
    controlEdges: view.controlEdges
      .filter((edge) => chosen.has(edge.from) && chosen.has(edge.to))
      .map(({ from, branch, to }) => ({ from, branch, to })),
    dataEdges: view.dataEdges
      .filter((edge) => chosen.has(edge.source) && chosen.has(edge.destination))
      .map(({ source, output, destination, input }) => ({ source, output, destination, input })),
    parts: partsOf(tree, nodes),
    notes: notesOf(view).filter((note) => extras.includes(note.id)),
    groups: groupsOf(view).filter(({ steps }) => steps.every((step) => chosen.has(step))),
  };
}

/** Everything that components refer to and do not hold themselves, and what that refers to, and so on. */
export function partsOf(tree: JsonObject, components: readonly JsonObject[]): Record<string, Json> {
  const held = new Set<string>();
  const wanted: string[] = [];
  const look = (value: Json): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (isObject(value)) {
      const ref = referenceOf(value);
      if (ref !== undefined) {
        wanted.push(ref);
        return;
      }
      if (typeof value.id === 'string' && typeof value.component_type === 'string') held.add(value.id);
      for (const [key, item] of Object.entries(value)) {
        if (key === 'metadata') continue;
        if (key === '$referenced_components' && isObject(item)) for (const name of Object.keys(item)) held.add(name);
        look(item);
      }
    }
  };
  components.forEach(look);
  const parts: Record<string, Json> = {};
  for (let ref = wanted.shift(); ref !== undefined; ref = wanted.shift()) {
    if (held.has(ref) || Object.hasOwn(parts, ref)) continue;
    const target = targetNamed(tree, ref);
    if (!target) continue;
    parts[ref] = target.value;
    look(target.value);
  }
  // what a part holds itself needs no place of its own
  const inside = new Set(Object.entries(parts).flatMap(([name, value]) => idsIn(value).filter((id) => id !== name)));
  return Object.fromEntries(Object.entries(parts).filter(([name]) => !inside.has(name)));
}

function idsIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if (!isObject(value)) return [];
  const own = typeof value.id === 'string' && typeof value.component_type === 'string' ? [value.id] : [];
  return [
    ...own,
    ...Object.entries(value).flatMap(([key, item]) => {
      if (key === 'metadata') return [];
      const keys = key === '$referenced_components' && isObject(item) ? Object.keys(item) : [];
      return [...keys, ...idsIn(item)];
    }),
  ];
}

/**
 * Puts copied steps in, with ids and names of their own, moved by an offset. What they refer to comes along where the
 * document has nothing of that name; where it has something else of that name, the copy gets a name of its own.
 *
 * @returns the new ids of steps and notes, in the order of the clip
 */
export function pasteSteps(draft: GestureDraft, clip: Clip, offset: Point): { steps: string[]; notes: string[] } {
  const fresh = new Map<string, string>();
  addParts(draft, clip.parts, fresh);
  const view = draft.view();
  const flow = view.id;
  const taken = view.nodes.map((node) => ({ name: node.name }));
  const commands: EditCommand[] = [];
  const names: { id: string; name: string }[] = [];
  for (const node of clip.nodes) {
    const copy = freshIds(node, fresh);
    const position = rondoData(copy).position;
    const at = isObject(position) ? { x: Number(position.x), y: Number(position.y) } : { x: 0, y: 0 };
    const name = freeName({ nodes: taken }, String(copy.name ?? ''));
    taken.push({ name });
    names.push({ id: String(copy.id), name });
    const placed = withPosition({ ...copy, name }, { x: at.x + offset.x, y: at.y + offset.y });
    commands.push({ type: 'add', flow, node: placed });
  }
  const mapped = (id: string) => fresh.get(id) ?? id;
  for (const edge of clip.controlEdges) {
    const component = controlEdge({ nodes: names }, mapped(edge.from), edge.branch, mapped(edge.to));
    commands.push({ type: 'connect', flow, edge: component });
  }
  for (const edge of clip.dataEdges) {
    const component = dataEdge(mapped(edge.source), edge.output, mapped(edge.destination), edge.input);
    commands.push({ type: 'connect', flow, edge: component });
  }
  // as a whole: the document is looked through once a command, not more
  draft.run(...commands);
  for (const { name, folded, steps } of clip.groups)
    writeGroup(draft, { id: crypto.randomUUID(), name, folded, steps: steps.map(mapped) });
  const notes = clip.notes.map((note) => ({
    ...note,
    id: crypto.randomUUID(),
    x: note.x + offset.x,
    y: note.y + offset.y,
  }));
  for (const note of notes) writeNote(draft, note);
  return { steps: names.map(({ id }) => id), notes: notes.map(({ id }) => id) };
}

/** Adds what the document lacks to its `$referenced_components`. */
function addParts(draft: GestureDraft, parts: Clip['parts'], fresh: Map<string, string>): void {
  const lacking: [string, Json][] = [];
  for (const [name, part] of Object.entries(parts)) {
    const there = targetNamed(draft.tree, name);
    if (there === undefined && !idsIn(part).some((id) => targetNamed(draft.tree, id) !== undefined))
      lacking.push([name, part]);
    else if (there === undefined || !sameJson(there.value, part)) {
      fresh.set(name, crypto.randomUUID());
      lacking.push([name, part]);
    }
  }
  // first the names, then what refers to them
  const renamed = lacking.map(([name, part]): [string, Json] => {
    if (!isObject(part)) return [fresh.get(name) ?? name, part];
    return [fresh.get(name) ?? name, fresh.size > 0 ? freshIds(part, fresh, fresh.has(name)) : part];
  });
  for (const [name, part] of renamed) {
    draft.run({ type: 'set', component: '', pointer: pointerTo('/$referenced_components', name), value: part });
  }
}

/** The upper left corner of what a clip holds. */
export function cornerOf(clip: Clip): Point {
  const places = [...clip.nodes.map((node) => rondoData(node).position).filter(isObject), ...clip.notes];
  return {
    x: Math.min(...places.map((at) => Number(at.x))),
    y: Math.min(...places.map((at) => Number(at.y))),
  };
}
