import { newEdge, newNode } from '../create.ts';
import type { EditCommand } from '../edit/commands.ts';
import type { ControlEdgeView, FlowView } from '../flow.ts';
import { openFlow } from '../flow.ts';
import { nextBranch } from '../inference.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Property } from '../properties.ts';
import { defaultOf, sameType, titleFrom } from '../properties.ts';
import { reference } from '../references.ts';
import type { End } from './rewired.ts';
import { commonType, edgeComponent, freeTitle, nodesOf, outputOf, sourcesInto, writtenOut } from './rewired.ts';
import { isAfter, isInLoop, isPassed, reachedFrom } from './ways.ts';
import type { WhyNot } from './whyNot.ts';
import { Unable } from './whyNot.ts';

export interface TurnIntoOptions {
  /** the name of the new step and of the flow in it */
  name: string;
  /** names of the start and the end inside */
  startName?: string;
  endName?: string;
  newId?: () => string;
  /** where the steps stand, where the document does not say */
  positions?: ReadonlyMap<string, { x: number; y: number }>;
}

export type TurnedInto = { commands: EditCommand[]; node: string } | { why: WhyNot; about: string };

/** A value that goes into the new flow, or comes out of it. */
interface Passed {
  property: Property;
  /** where it comes from, and where it goes */
  sources: readonly End[];
  targets: End[];
}

/**
 * Makes one step that runs a flow of its own out of steps of a flow: what leads to them leads to it, what they hand on
 * it hands on. A run does the same as before; where it would not, the answer says why not.
 *
 * @throws {RangeError} when the document has no such flow
 */
export function turnInto(
  tree: JsonObject,
  flowId: string,
  ids: readonly string[],
  options: TurnIntoOptions,
): TurnedInto {
  try {
    return turned(tree, openFlow(tree, flowId), new Set(ids), options);
  } catch (error) {
    if (error instanceof Unable) return { why: error.why, about: error.about };
    throw error;
  }
}

function turned(tree: JsonObject, view: FlowView, chosen: ReadonlySet<string>, options: TurnIntoOptions): TurnedInto {
  const newId = options.newId ?? (() => crypto.randomUUID());
  const nodes = view.nodes.filter((node) => chosen.has(node.id));
  if (nodes.length === 0) throw new Unable('nothing');
  if (nodes.some((node) => node.type === 'StartNode')) throw new Unable('start');
  if (nodes.some((node) => node.type === 'EndNode')) throw new Unable('end');

  const into = view.controlEdges.filter((edge) => !chosen.has(edge.from) && chosen.has(edge.to));
  const inner = view.controlEdges.filter((edge) => chosen.has(edge.from) && chosen.has(edge.to));
  const out = view.controlEdges.filter((edge) => chosen.has(edge.from) && !chosen.has(edge.to));
  const [entry, second] = [...new Set(into.map((edge) => edge.to))];
  if (entry === undefined) throw new Unable('noWayIn');
  if (second !== undefined) throw new Unable('severalWaysIn', view.nodeById.get(second)?.name);
  if (out.length === 0) throw new Unable('noWayOut');

  const ways = { all: view.controlEdges, inner, out, entry, repeats: repeats(view, chosen, entry) };
  const ins = valuesIn(view, chosen, ways);
  const outs = valuesOut(view, chosen, ways);

  // the flow inside
  const places = placesOf(view, chosen, options.positions);
  const properties = ins.map((value) => value.property);
  const start = {
    ...newNode('start', {
      newId,
      name: options.startName ?? 'Start',
      position: { x: places.left - 312, y: places.top },
    }),
    inputs: properties,
    outputs: properties,
  } as JsonObject;
  const startId = String(start.id);
  const branches = branchNames(view, out);
  const results = outs.map((value) => value.property);
  const ends = [...branches].map(([, branch], index): JsonObject => {
    const position = { x: places.right + 312, y: places.top + index * 96 };
    const name = branches.size === 1 ? (options.endName ?? 'End') : `${options.endName ?? 'End'}: ${branch}`;
    return { ...newNode('end', { newId, name, position }), branch_name: branch, inputs: results, outputs: results };
  });
  const endOf = new Map([...branches.keys()].map((target, index) => [target, String(ends[index]?.id)]));
  const innerData = view.dataEdges.filter((edge) => chosen.has(edge.source) && chosen.has(edge.destination));
  const parts = [start, ...nodes.map((node) => node.component), ...ends];
  const subflow: JsonObject = {
    component_type: 'Flow',
    id: newId(),
    name: options.name,
    description: null,
    metadata: {},
    inputs: properties,
    outputs: results,
    start_node: reference(startId),
    nodes: parts.map((part) => reference(String(part.id))),
    control_flow_connections: [
      newEdge({ from: startId, to: entry }, newId()),
      ...inner.map((edge) => edgeComponent(tree, edge)),
      ...out.map((edge) => ({ ...edgeComponent(tree, edge), to_node: reference(endOf.get(edge.to) ?? '') })),
    ],
    data_flow_connections: [
      ...innerData.map((edge) => (edge.inferred ? newEdge(edge, newId()) : edgeComponent(tree, edge))),
      ...ins.flatMap(({ property, targets }) =>
        targets.map((target) => joined({ node: startId, title: String(property.title) }, target, newId)),
      ),
      ...outs.flatMap(({ property, sources }) =>
        ends.flatMap((end) =>
          sources.map((source) => joined(source, { node: String(end.id), title: String(property.title) }, newId)),
        ),
      ),
    ],
    $referenced_components: Object.fromEntries(parts.map((part): [string, Json] => [String(part.id), part])),
  };
  const step = newNode('flow', { newId, name: options.name, subflow, position: places.entry(entry) });
  const node = String(step.id);

  const connect = (edge: JsonObject): EditCommand => ({ type: 'connect', flow: view.id, edge });
  return {
    node,
    commands: [
      ...writtenOut(view),
      ...nodes.map((gone): EditCommand => ({ type: 'remove', flow: view.id, node: gone.id })),
      { type: 'add', flow: view.id, node: step },
      ...into.map((edge) => connect({ ...edgeComponent(tree, edge), to_node: reference(node) })),
      ...[...branches].map(([target, branch]) => connect(newEdge({ from: node, branch, to: target }, newId()))),
      ...ins.flatMap(({ property, sources }) =>
        sources.map((source) => connect(joined(source, { node, title: String(property.title) }, newId))),
      ),
      ...outs.flatMap(({ property, targets }) =>
        targets.map((target) => connect(joined({ node, title: String(property.title) }, target, newId))),
      ),
    ],
  };
}

interface Ways {
  all: readonly ControlEdgeView[];
  inner: readonly ControlEdgeView[];
  out: readonly ControlEdgeView[];
  entry: string;
  /** the steps may be run more than once */
  repeats: boolean;
}

/** Can the steps be begun again after they were left? */
function repeats(view: FlowView, chosen: ReadonlySet<string>, entry: string): boolean {
  if (!isInLoop(view.controlEdges, entry)) return false;
  return view.controlEdges.some(
    (edge) => chosen.has(edge.from) && !chosen.has(edge.to) && reachedFrom(view.controlEdges, edge.to).has(entry),
  );
}

/** What the steps take from outside. Inputs that take the same share one value. */
function valuesIn(view: FlowView, chosen: ReadonlySet<string>, ways: Ways): Passed[] {
  const passed = new Map<string, Passed>();
  for (const node of view.nodes) {
    if (!chosen.has(node.id)) continue;
    for (const input of node.inputs) {
      const title = String(input.title);
      const all = sourcesInto(view.dataEdges, node.id, title);
      const within = all.filter((source) => chosen.has(source.node));
      if (ways.repeats && within.length > 0 && !isAfter(ways.inner, ways.entry, node.id, nodesOf(within))) {
        throw new Unable('repeated', node.name);
      }
      const sources = all.filter((source) => !chosen.has(source.node));
      if (sources.length === 0) continue;
      const value = commonType(
        sources.map((source) => outputOf(view.nodeById.get(source.node), source.title)),
        title,
      );
      const isSure = isAfter(ways.all, view.startId, ways.entry, nodesOf(sources));
      const shape = isSure ? value : withDefault(value, input, new Unable('unsureInput', `${node.name}: ${title}`));
      add(passed, sources, shape, { node: node.id, title });
    }
  }
  return [...passed.values()];
}

/** What steps outside take from the steps. */
function valuesOut(view: FlowView, chosen: ReadonlySet<string>, ways: Ways): Passed[] {
  const passed = new Map<string, Passed>();
  for (const node of view.nodes) {
    if (chosen.has(node.id)) continue;
    for (const input of node.inputs) {
      const title = String(input.title);
      const all = sourcesInto(view.dataEdges, node.id, title);
      const sources = all.filter((source) => chosen.has(source.node));
      if (sources.length === 0) continue;
      const [first] = sources;
      const value = commonType(
        sources.map((source) => outputOf(view.nodeById.get(source.node), source.title)),
        sources.length === 1 ? (first?.title ?? title) : title,
      );
      const isSure = ways.out.every((edge) => isPassed(ways.inner, ways.entry, edge.from, nodesOf(sources)));
      const why = new Unable('unsureOutput', `${node.name}: ${title}`);
      if (!isSure && (ways.repeats || sources.length < all.length)) throw why;
      add(passed, sources, isSure ? value : withDefault(value, input, why), { node: node.id, title });
    }
  }
  return [...passed.values()];
}

/** The value with what its target takes when there is none. @throws what is given, where that cannot be */
function withDefault(value: Property, target: Property, why: Unable): Property {
  const fallback = defaultOf(target);
  if (fallback === undefined || !sameType(value, target)) throw why;
  return { ...value, default: fallback };
}

function add(passed: Map<string, Passed>, sources: readonly End[], property: Property, target: End): void {
  const { title: _title, ...shape } = property;
  // their order counts: of two outputs of one step, the later connection wins
  const from = sources.map((source) => `${source.node}\u0000${source.title}`);
  const key = JSON.stringify([from, shape]);
  const known = passed.get(key);
  if (known) {
    known.targets.push(target);
    return;
  }
  const taken = [...passed.values()].map((value) => value.property);
  passed.set(key, {
    property: { ...property, title: freeTitle(String(property.title), taken) },
    sources,
    targets: [target],
  });
}

/** The branch by which each step that comes after is reached. */
function branchNames(view: FlowView, out: readonly ControlEdgeView[]): Map<string, string> {
  const targets = [...new Set(out.map((edge) => edge.to))];
  if (targets.length === 1) return new Map(targets.map((target) => [target, nextBranch]));
  const names = new Map<string, string>();
  for (const target of targets) {
    const leading = [...new Set(out.filter((edge) => edge.to === target).map((edge) => edge.branch))];
    const [only] = leading;
    const wanted =
      leading.length === 1 && only !== undefined && only !== nextBranch
        ? only
        : titleFrom(view.nodeById.get(target)?.name.toLowerCase() ?? target);
    const taken = new Set(names.values());
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${count}`;
    names.set(target, name);
  }
  return names;
}

function joined(from: End, to: End, newId: () => string): JsonObject {
  return newEdge({ source: from.node, output: from.title, destination: to.node, input: to.title }, newId());
}

function placesOf(view: FlowView, chosen: ReadonlySet<string>, given: TurnIntoOptions['positions']) {
  const at = (id: string) => view.nodeById.get(id)?.position ?? given?.get(id);
  const all = [...chosen].flatMap((id) => at(id) ?? []);
  return {
    left: all.reduce((least, { x }) => Math.min(least, x), all[0]?.x ?? 0),
    right: all.reduce((most, { x }) => Math.max(most, x), all[0]?.x ?? 0),
    top: all.reduce((least, { y }) => Math.min(least, y), all[0]?.y ?? 0),
    entry: (id: string) => at(id) ?? { x: 0, y: 0 },
  };
}
