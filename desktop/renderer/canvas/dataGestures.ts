import type { DataEdgeView, FlowView, NodeView } from '@rondo/shared/oas/flow.ts';
import { inferredInputs, inferredOutputs } from '@rondo/shared/oas/inference.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { dataEdge, edgeKey } from './drawing.ts';
import type { GestureDraft, Place } from './gesture.ts';
import { declared, partOf, placeOf, setIn, titleOf } from './gesture.ts';

/** An output of an earlier step. */
export interface Source {
  node: string;
  output: string;
}

/** Where the values of an input come from, in the order of the document (the last one that ran wins). */
export function sourcesOf(view: FlowView, node: string, input: string): DataEdgeView[] {
  return view.dataEdges.filter((edge) => edge.destination === node && edge.input === input);
}

/** Lets an input take its value from one output; what fed it before is taken off. */
export function feed(draft: GestureDraft, node: string, input: string, source: Source): void {
  const view = draft.view();
  draft.run({ type: 'connect', flow: view.id, edge: dataEdge(source.node, source.output, node, input) });
  // after this the list is written out, also where it was left to inference before
  const now = draft.view();
  const fed = sourcesOf(now, node, input);
  const last = fed.at(-1);
  for (const edge of fed) {
    if (edge !== last) draft.run({ type: 'disconnect', flow: now.id, edge: edgeKey(edge) });
  }
}

/** Takes one source off an input. */
export function unfeed(draft: GestureDraft, edge: DataEdgeView): void {
  const view = draft.view();
  if (!edge.inferred) {
    draft.run({ type: 'disconnect', flow: view.id, edge: edgeKey(edge) });
    return;
  }
  const rest = view.dataEdges
    .filter((other) => !sameEdge(other, edge))
    .map((other) => dataEdge(other.source, other.output, other.destination, other.input));
  draft.run(setIn(placeOf(view.component), 'data_flow_connections', rest));
}

function sameEdge(a: DataEdgeView, b: DataEdgeView): boolean {
  return a.source === b.source && a.output === b.output && a.destination === b.destination && a.input === b.input;
}

/** Makes a title that OAS allows out of any words: no spaces, quotes, dots, commas or braces; `taken` is kept free. */
export function freeTitle(wanted: string, taken: Iterable<string>): string {
  const base =
    wanted
      .trim()
      .replaceAll(/[^\p{L}\p{N}_]+/gu, '_')
      .replaceAll(/^_+|_+$/g, '') || 'value';
  const used = new Set(taken);
  if (!used.has(base)) return base;
  for (let count = 2; ; count += 1) if (!used.has(`${base}_${count}`)) return `${base}_${count}`;
}

/**
 * Where a step's inputs or outputs are declared: on its tool or agent where it has one, else on the step itself. A step
 * whose inputs are only inferred (from a text with placeholders) has no such place.
 */
export function declarationOf(tree: JsonObject, node: NodeView, field: 'inputs' | 'outputs'): Place | undefined {
  if (node.type === 'ToolNode') return partOf(tree, node.component, 'tool');
  if (node.type === 'AgentNode' && field === 'outputs') return partOf(tree, node.component, 'agent');
  if (node.type === 'StartNode' || node.type === 'EndNode') return placeOf(node.component);
  if (field === 'outputs' && (node.type === 'LlmNode' || node.type === 'ApiNode' || node.type === 'InputMessageNode')) {
    return placeOf(node.component);
  }
  if (field === 'inputs' && node.type === 'BranchingNode') return placeOf(node.component);
  return undefined;
}

/** Writes the list of a step's inputs or outputs; data edges follow a rename and go with what is removed. */
export function declare(
  draft: GestureDraft,
  nodeId: string,
  field: 'inputs' | 'outputs',
  list: JsonObject[],
  renamed: { from: string; to: string }[] = [],
): void {
  const node = draft.node(nodeId);
  const place = node && declarationOf(draft.tree, node, field);
  if (!node || !place) return;
  const keptEdges = edgesToRename(draft.view(), node, field, renamed);
  const value: Json = list;
  if (node.type === 'StartNode' || node.type === 'EndNode') {
    // inputs and outputs of these are the same list: both are written where both stand
    const other = field === 'inputs' ? 'outputs' : 'inputs';
    draft.run(setIn(place, field, value));
    if (declared(node.component, other)) draft.run(setIn(place, other, value));
  } else {
    draft.run(setIn(place, field, value));
    if ((node.type === 'ToolNode' || node.type === 'AgentNode') && declared(node.component, field)) {
      draft.run(setIn(placeOf(node.component), field, value));
    }
  }
  for (const edge of keptEdges) moveEdge(draft, edge.old, edge.now);
  dropDeadEdges(draft, nodeId);
  settleFlow(draft);
}

/**
 * After a text with placeholders changed: declared inputs are made to match what the text asks for (their types are
 * kept), and edges into inputs that are gone are taken off.
 */
export function settleInputs(draft: GestureDraft, nodeId: string): void {
  const node = draft.node(nodeId);
  if (!node) return;
  const lists = ['inputs', 'outputs'] as const;
  for (const field of lists) {
    const written = declared(node.component, field);
    if (!written || (field === 'outputs' && node.type !== 'FlowNode' && node.type !== 'ToolNode')) continue;
    const bare = { ...node.component, [field]: null };
    const wanted = field === 'inputs' ? inferredInputs(draft.tree, bare) : inferredOutputs(draft.tree, bare);
    const byTitle = new Map(written.map((property) => [titleOf(property), property]));
    const next = wanted.map((property) => byTitle.get(titleOf(property)) ?? property);
    const same = next.length === written.length && next.every((property, index) => property === written[index]);
    if (!same) draft.run(setIn(placeOf(node.component), field, next));
  }
  dropDeadEdges(draft, nodeId);
}

/** Takes off written data edges that lead from an output, or into an input, that the step no longer has. */
export function dropDeadEdges(draft: GestureDraft, nodeId: string): void {
  const view = draft.view();
  const node = draft.node(nodeId);
  if (!node) return;
  const ins = new Set(node.inputs.map(titleOf));
  const outs = new Set(node.outputs.map(titleOf));
  for (const edge of view.dataEdges) {
    if (edge.inferred) continue;
    const dead =
      (edge.destination === nodeId && !ins.has(edge.input)) || (edge.source === nodeId && !outs.has(edge.output));
    if (dead) draft.run({ type: 'disconnect', flow: view.id, edge: edgeKey(edge) });
  }
}

interface Renamed {
  old: DataEdgeView;
  now: { source: string; output: string; destination: string; input: string };
}

function edgesToRename(
  view: FlowView,
  node: NodeView,
  field: 'inputs' | 'outputs',
  renamed: { from: string; to: string }[],
): Renamed[] {
  const both = node.type === 'StartNode' || node.type === 'EndNode';
  return renamed.flatMap(({ from, to }) =>
    view.dataEdges.flatMap((edge): Renamed[] => {
      const out = (both || field === 'outputs') && edge.source === node.id && edge.output === from;
      const into = (both || field === 'inputs') && edge.destination === node.id && edge.input === from;
      if (edge.inferred || (!out && !into)) return [];
      return [{ old: edge, now: { ...edge, output: out ? to : edge.output, input: into ? to : edge.input } }];
    }),
  );
}

function moveEdge(draft: GestureDraft, old: DataEdgeView, now: Renamed['now']): void {
  const flow = draft.view().id;
  draft.run(
    { type: 'disconnect', flow, edge: edgeKey(old) },
    { type: 'connect', flow, edge: dataEdge(now.source, now.output, now.destination, now.input) },
  );
}

/** Where the flow itself declares its inputs and outputs, keeps them equal to those of its start and its ends. */
export function settleFlow(draft: GestureDraft): void {
  const view = draft.view();
  const place = placeOf(view.component);
  const start = view.nodes.find((node) => node.id === view.startId);
  const ins = declared(view.component, 'inputs');
  if (ins && start && JSON.stringify(ins) !== JSON.stringify(start.inputs))
    draft.run(setIn(place, 'inputs', start.inputs));
  const outs = declared(view.component, 'outputs');
  if (!outs) return;
  const ends = view.nodes.filter((node) => node.type === 'EndNode');
  const byTitle = new Map(outs.map((property) => [titleOf(property), property]));
  const next = new Map<string, JsonObject>();
  for (const end of ends) {
    for (const property of end.outputs) {
      const title = titleOf(property);
      const written = byTitle.get(title);
      if (!next.has(title)) next.set(title, written && written.type === property.type ? written : property);
    }
  }
  const list = [...next.values()];
  if (JSON.stringify(list) !== JSON.stringify(outs)) draft.run(setIn(place, 'outputs', list));
}

/** Adds an input to a step that declares its inputs, of the source's type, fed by it. Returns the input's title. */
export function addValue(draft: GestureDraft, nodeId: string, source: Source | undefined, wanted: string): string {
  const node = draft.node(nodeId);
  if (!node) return '';
  const from = source && draft.node(source.node)?.outputs.find((property) => titleOf(property) === source.output);
  const title = freeTitle(wanted, node.inputs.map(titleOf));
  const { default: _default, ...shape } = from ?? { type: 'string' };
  declare(draft, nodeId, 'inputs', [...node.inputs, { ...shape, title }]);
  if (source) feed(draft, nodeId, title, source);
  return title;
}

/**
 * Lets a placeholder that now stands in a text of a step take its value from one output. A step whose inputs do not
 * follow from its texts (a review, a tool) is given the input first.
 */
export function feedPlaceholder(draft: GestureDraft, nodeId: string, name: string, source: Source): void {
  settleInputs(draft, nodeId);
  const node = draft.node(nodeId);
  const known = node?.inputs.some((property) => titleOf(property) === name);
  if (node && !known && declarationOf(draft.tree, node, 'inputs')) addValue(draft, nodeId, source, name);
  else feed(draft, nodeId, name, source);
}

/**
 * Puts a value of an earlier step into a text with placeholders: finds or makes the placeholder's name, and returns
 * it, so that `{{ name }}` can be written. `write` must write the text and is called before the edge is drawn.
 */
export function placeholderFor(view: FlowView, node: NodeView, source: Source): string {
  const fed = view.dataEdges.find(
    (edge) => edge.destination === node.id && edge.source === source.node && edge.output === source.output,
  );
  if (fed && node.inputs.some((property) => titleOf(property) === fed.input)) return fed.input;
  const others = node.inputs.map(titleOf).filter((title) => sourcesOf(view, node.id, title).length > 0);
  return freeTitle(source.output, others);
}
