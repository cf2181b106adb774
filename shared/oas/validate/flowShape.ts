import { quoted } from '../../words/said.ts';
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
import { branchCalled, called } from './subject.ts';

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
  if (start === undefined) return [errorAt('OAS-START-NONE', nodes, { flow }, view.id)];
  const problems: Problem[] = [];
  for (const second of starts.slice(1)) {
    const values = { flow, starts: starts.map((node) => called(node.component)) };
    problems.push(errorAt('OAS-START-TWICE', second.pointer, values, second.id));
  }
  const named = idOf(tree, own(view.component, 'start_node'));
  if (named !== undefined && !starts.some((node) => node.id === named)) {
    const at = pointerTo(pointer, 'start_node');
    problems.push(errorAt('OAS-START-NODE', at, { flow }, view.id));
  }
  for (const edge of view.controlEdges) {
    if (!starts.some((node) => node.id === edge.to)) continue;
    problems.push(errorAt('OAS-START-ENTERED', edge.pointer, undefined, edge.to));
  }
  return problems;
}

function checkEnds(view: FlowView, pointer: string, reached: Set<string>): Problem[] {
  const ends = view.nodes.filter((node) => node.type === 'EndNode');
  if (ends.length === 0) {
    const values = { flow: called(view.component) };
    return [errorAt('OAS-END-NONE', pointerTo(pointer, 'nodes'), values, view.id)];
  }
  const problems: Problem[] = [];
  const entered = new Set(view.controlEdges.map((edge) => edge.to));
  for (const end of ends) {
    if (entered.has(end.id)) continue;
    problems.push(errorAt('OAS-END-UNREACHED', end.pointer, { end: called(end.component) }, end.id));
  }
  if (!ends.some((end) => reached.has(end.id)) && ends.some((end) => entered.has(end.id))) {
    const values = { flow: called(view.component) };
    problems.push(errorAt('OAS-NO-WAY-OUT', pointerTo(pointer, 'control_flow_connections'), values, view.id));
  }
  return problems;
}

function checkControlEdges(view: FlowView): Problem[] {
  const problems: Problem[] = [];
  const taken = new Map<string, string>();
  for (const edge of view.controlEdges) {
    const from = view.nodeById.get(edge.from);
    const to = view.nodeById.get(edge.to);
    if (from === undefined || to === undefined) {
      const text = from === undefined ? 'OAS-EDGE-STEP.from' : 'OAS-EDGE-STEP.to';
      problems.push(errorAt(text, edge.pointer, { edge: quoted(edge.name || edge.id) }, view.id));
      continue;
    }
    if (from.type === 'EndNode') {
      const values = { end: called(from.component), step: called(to.component) };
      problems.push(errorAt('OAS-END-LEFT', edge.pointer, values, from.id));
      continue;
    }
    if (!from.branches.includes(edge.branch) && from.known) {
      const values = {
        step: called(from.component),
        branch: branchCalled(edge.branch),
        branches: from.branches.map((one) => quoted(branchCalled(one))),
      };
      problems.push(errorAt('OAS-BRANCH-UNKNOWN', edge.pointer, values, from.id));
    }
    const key = `${edge.from}\u0000${edge.branch}`;
    if (taken.has(key)) {
      const text = edge.branch === nextBranch ? 'OAS-BRANCH-TWICE' : 'OAS-BRANCH-TWICE.branch';
      const values = { step: called(from.component), branch: branchCalled(edge.branch) };
      problems.push(errorAt(text, edge.pointer, values, from.id));
    }
    taken.set(key, edge.to);
  }
  return problems;
}

function checkBranches(view: FlowView, reached: Set<string>): Problem[] {
  // A connection to a step that is not there leads nowhere.
  const leading = view.controlEdges.filter((edge) => view.nodeById.has(edge.to));
  const used = new Set(leading.map((edge) => `${edge.from}\u0000${edge.branch}`));
  const problems: Problem[] = [];
  for (const node of view.nodes) {
    const on = reached.has(node.id);
    if (!on && node.type !== 'EndNode') {
      problems.push(warningAt('OAS-ORPHAN', node.pointer, { step: called(node.component) }, node.id));
    }
    if (!node.known) continue;
    for (const branch of node.branches) {
      if (used.has(`${node.id}\u0000${branch}`)) continue;
      const text = branch === nextBranch ? 'OAS-BRANCH-OPEN' : 'OAS-BRANCH-OPEN.branch';
      // A decision may cover every value that comes; then its default is never taken.
      const spare = node.type === 'BranchingNode' && branch === defaultBranch && node.branches.length > 1;
      const make = on && !spare ? errorAt : warningAt;
      problems.push(make(text, node.pointer, { step: called(node.component), branch: branchCalled(branch) }, node.id));
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
      const values = { flow: called(view.component), name: node.name };
      problems.push(warningAt('OAS-NAME-TWICE', node.pointer, values, node.id));
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
        const values = { one: called(known.node.component), other: called(node.component), title };
        problems.push(errorAt('OAS-END-TYPES', node.pointer, values, node.id));
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
      const text = delivered === undefined ? 'OAS-FLOW-OUTPUT.missing' : 'OAS-FLOW-OUTPUT.type';
      const values = { title, end: called(end.component) };
      problems.push(errorAt(text, `${pointerTo(view.pointer, 'outputs')}/${i}`, values, end.id));
    }
  }
  return problems;
}
