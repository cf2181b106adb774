import type { FlowView, NodeView } from '../flow.ts';
import { openFlow } from '../flow.ts';
import { defaultBranch, nextBranch } from '../inference.ts';
import type { JsonObject } from '../json.ts';
import { own, ownText } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import type { Problem } from '../problems.ts';
import { errorAt, warningAt } from '../problems.ts';
import { defaultOf, propertyTitled, sameType, titleOf } from '../properties.ts';
import { idOf } from '../references.ts';
import { called } from './subject.ts';

/** The view of a flow component; the root may come without an id. */
export function viewOfFlow(tree: JsonObject, flow: JsonObject): FlowView {
  return openFlow(tree, flow === tree ? undefined : ownText(flow, 'id'));
}

/** Steps that can be reached from the start. */
export function reachedSteps(view: FlowView): Set<string> {
  const next = new Map<string, string[]>();
  for (const edge of view.controlEdges) {
    const known = next.get(edge.from);
    if (known) known.push(edge.to);
    else next.set(edge.from, [edge.to]);
  }
  const seen = new Set<string>([view.startId]);
  const open = [view.startId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const to of next.get(id) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return seen;
}

/** Start, ends, edges, branches, names: does the flow hang together? */
export function checkFlowShape(tree: JsonObject, flow: JsonObject, pointer: string): Problem[] {
  if (!Array.isArray(own(flow, 'nodes'))) return [];
  const view = viewOfFlow(tree, flow);
  const reached = reachedSteps(view);
  return [
    ...checkStart(tree, view, pointer),
    ...checkEnds(view, pointer, reached),
    ...checkControlEdges(view),
    ...checkBranches(view, reached),
    ...checkNames(view),
    ...checkEndOutputs(view),
  ];
}

function checkStart(tree: JsonObject, view: FlowView, pointer: string): Problem[] {
  const flow = called(view.component);
  const starts = view.nodes.filter((node) => node.type === 'StartNode');
  const nodes = pointerTo(pointer, 'nodes');
  const [start] = starts;
  if (start === undefined) return [errorAt('OAS-START-NONE', nodes, `The flow ${flow} has no start.`, view.id)];
  const problems: Problem[] = [];
  for (const second of starts.slice(1)) {
    const message = `The flow ${flow} has more than one start: ${starts.map((node) => called(node.component)).join(', ')}.`;
    problems.push(errorAt('OAS-START-TWICE', second.pointer, message, second.id));
  }
  const named = idOf(tree, own(view.component, 'start_node'));
  if (named !== undefined && !starts.some((node) => node.id === named)) {
    const at = pointerTo(pointer, 'start_node');
    problems.push(
      errorAt('OAS-START-NODE', at, `The flow ${flow} names a start that is not a start of its own.`, view.id),
    );
  }
  for (const edge of view.controlEdges) {
    if (!starts.some((node) => node.id === edge.to)) continue;
    problems.push(errorAt('OAS-START-ENTERED', edge.pointer, 'Nothing may lead back to the start of a flow.', edge.to));
  }
  return problems;
}

function checkEnds(view: FlowView, pointer: string, reached: Set<string>): Problem[] {
  const ends = view.nodes.filter((node) => node.type === 'EndNode');
  if (ends.length === 0) {
    const message = `The flow ${called(view.component)} has no end.`;
    return [errorAt('OAS-END-NONE', pointerTo(pointer, 'nodes'), message, view.id)];
  }
  const problems: Problem[] = [];
  const entered = new Set(view.controlEdges.map((edge) => edge.to));
  for (const end of ends) {
    if (entered.has(end.id)) continue;
    problems.push(
      errorAt('OAS-END-UNREACHED', end.pointer, `Nothing leads to the end ${called(end.component)}.`, end.id),
    );
  }
  if (!ends.some((end) => reached.has(end.id)) && ends.some((end) => entered.has(end.id))) {
    const message = `No way leads from the start of the flow ${called(view.component)} to an end.`;
    problems.push(errorAt('OAS-NO-WAY-OUT', pointerTo(pointer, 'control_flow_connections'), message, view.id));
  }
  return problems;
}

function checkControlEdges(view: FlowView): Problem[] {
  const problems: Problem[] = [];
  const taken = new Map<string, string>();
  for (const edge of view.controlEdges) {
    const from = view.nodeById.get(edge.from);
    const to = view.nodeById.get(edge.to);
    const name = edge.name ? `“${edge.name}”` : 'A connection';
    if (from === undefined || to === undefined) {
      const side = from === undefined ? 'comes from' : 'leads to';
      problems.push(
        errorAt(
          'OAS-EDGE-STEP',
          edge.pointer,
          `The connection ${name} ${side} a step that is not in this flow.`,
          view.id,
        ),
      );
      continue;
    }
    if (from.type === 'EndNode') {
      const message = `Nothing may follow the end ${called(from.component)}, but a connection leads on to ${called(to.component)}.`;
      problems.push(errorAt('OAS-END-LEFT', edge.pointer, message, from.id));
      continue;
    }
    if (!from.branches.includes(edge.branch) && from.known) {
      const message = `${called(from.component)} has no branch “${edge.branch}” (it has ${from.branches.map((b) => `“${b}”`).join(', ')}).`;
      problems.push(errorAt('OAS-BRANCH-UNKNOWN', edge.pointer, message, from.id));
    }
    const key = `${edge.from}\u0000${edge.branch}`;
    if (taken.has(key)) {
      const what =
        edge.branch === nextBranch
          ? called(from.component)
          : `the branch “${edge.branch}” of ${called(from.component)}`;
      problems.push(errorAt('OAS-BRANCH-TWICE', edge.pointer, `Two connections leave ${what}; only one may.`, from.id));
    }
    taken.set(key, edge.to);
  }
  return problems;
}

function checkBranches(view: FlowView, reached: Set<string>): Problem[] {
  const used = new Set(view.controlEdges.map((edge) => `${edge.from}\u0000${edge.branch}`));
  const problems: Problem[] = [];
  for (const node of view.nodes) {
    const on = reached.has(node.id);
    if (!on && node.type !== 'EndNode') {
      problems.push(
        warningAt('OAS-ORPHAN', node.pointer, `No way leads from the start to ${called(node.component)}.`, node.id),
      );
    }
    if (!node.known) continue;
    for (const branch of node.branches) {
      if (used.has(`${node.id}\u0000${branch}`)) continue;
      const message =
        branch === nextBranch
          ? `${called(node.component)} has no step after it.`
          : `${called(node.component)} has no step after its branch “${branch}”.`;
      // A decision may cover every value that comes; then its default is never taken.
      const spare = node.type === 'BranchingNode' && branch === defaultBranch && node.branches.length > 1;
      const make = on && !spare ? errorAt : warningAt;
      problems.push(make('OAS-BRANCH-OPEN', node.pointer, message, node.id));
    }
  }
  return problems;
}

function checkNames(view: FlowView): Problem[] {
  const byName = new Map<string, NodeView>();
  const problems: Problem[] = [];
  for (const node of view.nodes) {
    if (node.name === '') continue;
    if (byName.has(node.name)) {
      const message = `Two steps of the flow ${called(view.component)} are called “${node.name}”.`;
      problems.push(warningAt('OAS-NAME-TWICE', node.pointer, message, node.id));
    }
    byName.set(node.name, node);
  }
  return problems;
}

function checkEndOutputs(view: FlowView): Problem[] {
  const ends = view.nodes.filter((node) => node.type === 'EndNode');
  const problems: Problem[] = [];
  const first = new Map<string, { node: NodeView; property: JsonObject }>();
  for (const node of ends) {
    for (const property of node.outputs) {
      const title = titleOf(property);
      const known = first.get(title);
      if (known === undefined) first.set(title, { node, property });
      else if (!sameType(known.property, property)) {
        const message = `${called(known.node.component)} and ${called(node.component)} both deliver “${title}”, but in different types.`;
        problems.push(errorAt('OAS-END-TYPES', node.pointer, message, node.id));
      }
    }
  }
  if (!Array.isArray(own(view.component, 'outputs'))) return problems;
  for (const [i, output] of view.outputs.entries()) {
    if (defaultOf(output) !== undefined) continue;
    const title = titleOf(output);
    for (const end of ends) {
      const delivered = propertyTitled(end.outputs, title);
      if (delivered !== undefined && sameType(delivered, output)) continue;
      const how = delivered === undefined ? 'does not deliver it' : 'delivers it in another type';
      const message = `The flow promises “${title}”, but the end ${called(end.component)} ${how}. Give “${title}” a default, or let the end deliver it.`;
      problems.push(errorAt('OAS-FLOW-OUTPUT', `${pointerTo(view.pointer, 'outputs')}/${i}`, message, end.id));
    }
  }
  return problems;
}
