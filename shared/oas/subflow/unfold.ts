import { newEdge } from '../create.ts';
import type { EditCommand } from '../edit/commands.ts';
import type { ControlEdgeView, FlowView, NodeView } from '../flow.ts';
import { openFlow, rondoOf } from '../flow.ts';
import { freshIds } from '../freshIds.ts';
import { nextBranch } from '../inference.ts';
import type { JsonObject } from '../json.ts';
import { isObject, own, ownText, sameJson } from '../json.ts';
import { isInside } from '../pointer.ts';
import { defaultOf, sameType } from '../properties.ts';
import { indexOf, reference, resolveReference } from '../references.ts';
import type { End } from './rewired.ts';
import { edgeComponent, inputOf, nodesOf, outputOf, sourcesInto, writtenOut } from './rewired.ts';
import { isAfter, isInLoop, isPassed, reachedFrom } from './ways.ts';
import type { WhyNot } from './whyNot.ts';
import { Unable } from './whyNot.ts';

export interface UnfoldOptions {
  newId?: () => string;
  /** a name that no other step of the flow has */
  freeName?: (name: string, taken: ReadonlySet<string>) => string;
}

export type Unfolded = { commands: EditCommand[]; nodes: string[] } | { why: WhyNot; about: string };

/**
 * Puts the steps of the flow that a step runs in the place of that step. A run does the same as before; where it would
 * not, the answer says why not.
 *
 * @throws {RangeError} when the document has no such flow
 */
export function unfold(tree: JsonObject, flowId: string, nodeId: string, options: UnfoldOptions = {}): Unfolded {
  try {
    return unfolded(tree, openFlow(tree, flowId), nodeId, options);
  } catch (error) {
    if (error instanceof Unable) return { why: error.why, about: error.about };
    throw error;
  }
}

function unfolded(tree: JsonObject, view: FlowView, nodeId: string, options: UnfoldOptions): Unfolded {
  const newId = options.newId ?? (() => crypto.randomUUID());
  const step = view.nodeById.get(nodeId);
  if (step?.type !== 'FlowNode') throw new Unable('notHere');
  if (own(rondoOf(step.component), 'policy') !== undefined) throw new Unable('policy', step.name);
  const inside = innerFlow(tree, step);
  const start = inside.nodeById.get(inside.startId);
  const begin = inside.controlEdges.find((edge) => edge.from === inside.startId);
  if (!start || !begin) throw new Unable('noWayIn', step.name);
  const ends = new Map(inside.nodes.filter((node) => node.type === 'EndNode').map((node) => [node.id, node]));
  const nodes = inside.nodes.filter((node) => node !== start && !ends.has(node.id));

  const repeats = isInLoop(view.controlEdges, nodeId);
  if (repeats) checkRepeats(inside, nodes);
  const data = [
    ...intoNodes(view, step, inside, nodes),
    ...outOfNodes(view, step, inside, [...ends.values()], repeats),
  ];

  /** where a way that leads to a step of the inner flow leads now; undefined where nothing follows its end */
  const targetOf = (id: string): string | undefined => {
    const end = ends.get(id);
    if (!end) return id;
    const branch = ownText(end.component, 'branch_name') ?? nextBranch;
    return view.controlEdges.find((edge) => edge.from === nodeId && edge.branch === branch)?.to;
  };
  const first = targetOf(begin.to);
  const lead = (edge: ControlEdgeView, component: JsonObject): EditCommand[] => {
    const to = edge.to === nodeId ? first : targetOf(edge.to);
    if (to === undefined || to === nodeId) return [];
    return [{ type: 'connect', flow: view.id, edge: { ...component, to_node: reference(to) } }];
  };
  const into = view.controlEdges.filter((edge) => edge.to === nodeId && edge.from !== nodeId);
  const within = inside.controlEdges.filter((edge) => edge.from !== start.id);

  const taken = new Set(view.nodes.filter((node) => node !== step).map((node) => node.name));
  const named = nodes.map((node) => {
    const name = options.freeName?.(node.name, taken) ?? node.name;
    taken.add(name);
    return name === node.name ? node.component : { ...node.component, name };
  });
  return {
    nodes: nodes.map((node) => node.id),
    commands: [
      ...writtenOut(view),
      { type: 'remove', flow: view.id, node: nodeId },
      ...named.map((node): EditCommand => ({ type: 'add', flow: view.id, node })),
      ...places(view, step, nodes, targetOf(begin.to)),
      ...into.flatMap((edge) => lead(edge, edgeComponent(tree, edge))),
      ...within.flatMap((edge) =>
        lead(edge, copied(newEdge({ from: edge.from, branch: edge.branch, to: edge.to }, newId()), edge.name)),
      ),
      ...data.map(({ source, output, destination, input }): EditCommand => {
        const edge = newEdge({ source, output, destination, input }, newId());
        return { type: 'connect', flow: view.id, edge };
      }),
    ],
  };
}

function copied(edge: JsonObject, name: string): JsonObject {
  return name === '' ? edge : { ...edge, name };
}

/** The flow that the step runs; a copy of its own where something else uses it too. */
function innerFlow(tree: JsonObject, step: NodeView): FlowView {
  const raw = own(step.component, 'subflow');
  const flow = resolveReference(tree, raw);
  const id = flow && ownText(flow, 'id');
  if (!flow || !id || ownText(flow, 'component_type') !== 'Flow') throw new Unable('notHere', step.name);
  const view = openFlow(tree, id);
  const uses = indexOf(tree).references.filter(({ ref }) => ref === id).length;
  const inline = isObject(raw) && raw.$component_ref === undefined;
  if (inline ? uses === 0 : uses === 1) return view;
  // what the flow holds itself is copied; what stands elsewhere cannot be
  if (view.nodes.some((node) => !isInside(node.pointer, view.pointer))) throw new Unable('shared', step.name);
  const copy = freshIds(flow, new Map());
  const whole = { ...tree, $referenced_components: { ...ownParts(tree), [String(copy.id)]: copy } };
  return openFlow(whole, String(copy.id));
}

function ownParts(tree: JsonObject): JsonObject {
  const parts = own(tree, '$referenced_components');
  return isObject(parts) ? parts : {};
}

/** In a loop, the steps would remember what they said the time before: each must take only what was said this time. */
function checkRepeats(inside: FlowView, nodes: readonly NodeView[]): void {
  for (const node of nodes) {
    for (const input of node.inputs) {
      const sources = sourcesInto(inside.dataEdges, node.id, String(input.title));
      if (sources.length > 0 && !isAfter(inside.controlEdges, inside.startId, node.id, nodesOf(sources))) {
        throw new Unable('repeated', node.name);
      }
    }
  }
}

interface Joint {
  source: string;
  output: string;
  destination: string;
  input: string;
}

/** The connections into the inner steps: among them, and from where the step's inputs came from. */
function intoNodes(view: FlowView, step: NodeView, inside: FlowView, nodes: readonly NodeView[]): Joint[] {
  return nodes.flatMap((node) =>
    node.inputs.flatMap((input) => {
      const title = String(input.title);
      const sources = sourcesInto(inside.dataEdges, node.id, title);
      // of two inputs of the step the later connection wins, of two steps outside the one that ran last
      if (sources.filter((source) => source.node === inside.startId).length > 1) {
        throw new Unable('unsureInput', `${node.name}: ${title}`);
      }
      return sources.flatMap((source) => {
        const from =
          source.node === inside.startId ? outerSources(view, step, source.title, input, node.name) : [source];
        return from.map((end) => ({ source: end.node, output: end.title, destination: node.id, input: title }));
      });
    }),
  );
}

/** Where the value of an input of the step comes from, when the target takes it from there itself. */
function outerSources(view: FlowView, step: NodeView, title: string, target: JsonObject, about: string): End[] {
  const input = inputOf(step, title);
  const sources = sourcesInto(view.dataEdges, step.id, title).filter((source) => source.node !== step.id);
  const why = new Unable('unsureInput', `${about}: ${title}`);
  const isSure = sources.length > 0 && isAfter(view.controlEdges, view.startId, step.id, nodesOf(sources));
  if (!isSure) {
    const fallback = defaultOf(input);
    const own = defaultOf(target);
    const same = fallback === undefined ? own === undefined : own !== undefined && sameJson(fallback, own);
    if (!same) throw why;
  }
  for (const source of sources) {
    const output = outputOf(view.nodeById.get(source.node), source.title);
    if (!sameType(output, input) && !sameType(input, target)) throw new Unable('types', `${about}: ${title}`);
  }
  return sources;
}

/** The connections from the inner steps to what took the outputs of the step. */
function outOfNodes(
  view: FlowView,
  step: NodeView,
  inside: FlowView,
  ends: readonly NodeView[],
  repeats: boolean,
): Joint[] {
  return view.dataEdges
    .filter((edge) => edge.source === step.id)
    .flatMap((edge) => {
      const target = inputOf(view.nodeById.get(edge.destination), edge.input);
      const about = `${view.nodeById.get(edge.destination)?.name ?? ''}: ${edge.input}`;
      const others = sourcesInto(view.dataEdges, edge.destination, edge.input).filter(({ node }) => node !== step.id);
      const perEnd = ends.map((end) => {
        const sources = sourcesInto(inside.dataEdges, end.id, edge.output);
        const within = sources.filter(({ node }) => node !== inside.startId);
        const passed = sources.filter(({ node }) => node === inside.startId);
        return { end, within, passed };
      });
      checkEnds(inside, perEnd, others.length > 0 || repeats, about, target, edge.output);
      const sources = perEnd.flatMap(({ within, passed, end }) => [
        ...within,
        ...passed.flatMap(({ title }) => outerSources(view, step, title, inputOf(end, edge.output), about)),
      ]);
      const unique = new Map(sources.map((source) => [`${source.node}\u0000${source.title}`, source]));
      for (const source of unique.values()) {
        const output = outputOf(inside.nodeById.get(source.node) ?? view.nodeById.get(source.node), source.title);
        const between = outputOf(step, edge.output);
        if (!sameType(output, between) && !sameType(between, target)) throw new Unable('types', about);
      }
      return [...unique.values()].map((source) => ({
        source: source.node,
        output: source.title,
        destination: edge.destination,
        input: edge.input,
      }));
    });
}

interface EndSources {
  end: NodeView;
  within: readonly End[];
  passed: readonly End[];
}

/** At each end, the value that was said last must be the one that the end hands on. */
function checkEnds(
  inside: FlowView,
  perEnd: readonly EndSources[],
  needed: boolean,
  about: string,
  target: JsonObject,
  title: string,
): void {
  const why = new Unable('unsureOutput', about);
  const all = new Set(
    perEnd.flatMap(({ within }) => within.map(({ node, title: output }) => `${node}\u0000${output}`)),
  );
  const anyPassed = perEnd.some(({ passed }) => passed.length > 0);
  for (const { end, within, passed } of perEnd) {
    const mine = new Set(within.map(({ node, title: output }) => `${node}\u0000${output}`));
    for (const key of all) {
      if (mine.has(key)) continue;
      // a value of another end must not have been said on the way to this one
      const node = key.slice(0, key.indexOf('\u0000'));
      if (reachedFrom(inside.controlEdges, node).has(end.id)) throw why;
    }
    const isSure = within.length > 0 && isPassed(inside.controlEdges, inside.startId, end.id, nodesOf(within));
    // what came in from outside was said before: it is not to win over what was said here, nor to stand in for it
    if (anyPassed && passed.length === 0 && !isSure) throw why;
    if (passed.length > 1 || (passed.length > 0 && (needed || within.length > 0))) throw why;
    if (passed.length > 0 || isSure) continue;
    const fallback = defaultOf(inputOf(end, title));
    const own = defaultOf(target);
    if (needed || fallback === undefined || own === undefined || !sameJson(fallback, own)) throw why;
  }
}

/** The steps stand where the step stood; what is to the right of it makes room. */
function places(view: FlowView, step: NodeView, nodes: readonly NodeView[], first: string | undefined): EditCommand[] {
  const at = step.position;
  const entry = nodes.find((node) => node.id === first)?.position;
  if (!at || !entry) return [];
  const inner = nodes.flatMap((node) => (node.position ? [{ id: node.id, ...node.position }] : []));
  const shift = { x: at.x - entry.x, y: at.y - entry.y };
  const right = inner.reduce((most, { x }) => Math.max(most, x + shift.x), at.x);
  const moved = inner.map(({ id, x, y }): EditCommand => ({ type: 'move', node: id, x: x + shift.x, y: y + shift.y }));
  const pushed = view.nodes.flatMap((node): EditCommand[] =>
    node.position && node.id !== step.id && node.position.x > at.x
      ? [{ type: 'move', node: node.id, x: node.position.x + right - at.x, y: node.position.y }]
      : [],
  );
  return [...moved, ...(right > at.x ? pushed : [])];
}
