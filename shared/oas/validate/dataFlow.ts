import { oneOrOther, quoted } from '../../words/said.ts';
import type { DataEdgeView, FlowView, NodeView } from '../flow.ts';
import type { JsonObject } from '../json.ts';
import { own } from '../json.ts';
import type { Problem } from '../problems.ts';
import { errorAt, warningAt } from '../problems.ts';
import { defaultOf, propertyTitled, titleOf, typeSaid, typesFit } from '../properties.ts';
import { reachedSteps, viewOfFlow } from './flowShape.ts';
import { called } from './subject.ts';

/** Do values go from outputs that exist to inputs that exist, in types that fit, and does every input get one in time? */
export function checkDataFlow(tree: JsonObject, flow: JsonObject): Problem[] {
  if (!Array.isArray(own(flow, 'nodes'))) return [];
  const view = viewOfFlow(tree, flow);
  return [...view.dataEdges.flatMap((edge) => checkDataEdge(view, edge)), ...checkInputs(view)];
}

function checkDataEdge(view: FlowView, edge: DataEdgeView): Problem[] {
  const source = view.nodeById.get(edge.source);
  const destination = view.nodeById.get(edge.destination);
  if (source === undefined || destination === undefined) {
    const text = source === undefined ? 'OAS-DATA-STEP.from' : 'OAS-DATA-STEP.to';
    return [errorAt(text, edge.pointer, { edge: quoted(edge.name || edge.output) }, view.id)];
  }
  const output = propertyTitled(source.outputs, edge.output);
  const input = propertyTitled(destination.inputs, edge.input);
  const problems: Problem[] = [];
  if (output === undefined && source.known) {
    const values = { step: called(destination.component), title: edge.output, source: called(source.component) };
    problems.push(errorAt('OAS-DATA-OUTPUT', edge.pointer, values, destination.id));
  }
  if (input === undefined && destination.known) {
    const values = { title: edge.input, step: called(destination.component) };
    problems.push(errorAt('OAS-DATA-INPUT', edge.pointer, values, destination.id));
  }
  if (output === undefined || input === undefined || typesFit(output, input)) return problems;
  const values = {
    output: edge.output,
    source: called(source.component),
    given: typeSaid(output),
    input: edge.input,
    step: called(destination.component),
    wanted: typeSaid(input),
  };
  const make = edge.inferred ? warningAt : errorAt;
  return [make('OAS-DATA-TYPE', edge.pointer, values, destination.id)];
}

function checkInputs(view: FlowView): Problem[] {
  const reached = reachedSteps(view);
  const feeding = new Map<string, DataEdgeView[]>();
  for (const edge of view.dataEdges) {
    const source = view.nodeById.get(edge.source);
    // What comes from a step or an output that does not exist feeds nothing.
    if (source === undefined || (source.known && propertyTitled(source.outputs, edge.output) === undefined)) continue;
    const key = `${edge.destination}\u0000${edge.input}`;
    const known = feeding.get(key);
    if (known) known.push(edge);
    else feeding.set(key, [edge]);
  }
  const next = new Map<string, string[]>();
  for (const edge of view.controlEdges) {
    const known = next.get(edge.from);
    if (known) known.push(edge.to);
    else next.set(edge.from, [edge.to]);
  }
  const ways = new Map<string, Set<string>>();
  const problems: Problem[] = [];
  for (const node of view.nodes) {
    if (node.type === 'StartNode' || !reached.has(node.id)) continue;
    for (const input of node.inputs) {
      if (defaultOf(input) !== undefined) continue;
      const title = titleOf(input);
      const sources = feeding.get(`${node.id}\u0000${title}`) ?? [];
      if (sources.length === 0) {
        const values = { step: called(node.component), title };
        problems.push(errorAt('OAS-INPUT-UNFED', node.pointer, values, node.id));
        continue;
      }
      const late = checkTime(view, node, title, sources, next, ways);
      if (late !== undefined) problems.push(late);
    }
  }
  return problems;
}

/** Is a source sure to have run before the step? An output with a default has a value even when it did not. */
function checkTime(
  view: FlowView,
  node: NodeView,
  title: string,
  sources: DataEdgeView[],
  next: Map<string, string[]>,
  ways: Map<string, Set<string>>,
): Problem | undefined {
  const hasDefault = sources.some((edge) => {
    const output = propertyTitled(view.nodeById.get(edge.source)?.outputs ?? [], edge.output);
    return output !== undefined && defaultOf(output) !== undefined;
  });
  if (hasDefault) return undefined;
  const ids = [...new Set(sources.map((edge) => edge.source))].sort();
  if (ids.includes(view.startId)) return undefined;
  const key = ids.join('\u0000');
  const without = ways.get(key) ?? reachedAvoiding(view.startId, new Set(ids), next);
  ways.set(key, without);
  if (!without.has(node.id)) return undefined;
  const never = !ids.some((id) => reachedAvoiding(id, new Set(), next).has(node.id) && id !== node.id);
  const names = oneOrOther(ids.map((id) => called(view.nodeById.get(id)?.component ?? {})));
  const values = { step: called(node.component), title, sources: names };
  return never
    ? errorAt('OAS-INPUT-LATE', node.pointer, values, node.id)
    : warningAt('OAS-INPUT-MAYBE', node.pointer, values, node.id);
}

/** Steps that can be reached from one without passing through others (which are themselves not left). */
function reachedAvoiding(from: string, avoid: ReadonlySet<string>, next: Map<string, string[]>): Set<string> {
  const seen = new Set<string>([from]);
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (avoid.has(id)) continue;
    for (const to of next.get(id) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  for (const id of avoid) if (id !== from) seen.delete(id);
  return seen;
}
