import type { DataEdgeView, FlowView, NodeView } from '../flow.ts';
import type { JsonObject } from '../json.ts';
import { own } from '../json.ts';
import type { Problem } from '../problems.ts';
import { errorAt, warningAt } from '../problems.ts';
import { defaultOf, propertyTitled, titleOf, typesFit, typeWords } from '../properties.ts';
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
  const name = edge.name ? ` “${edge.name}”` : '';
  if (source === undefined || destination === undefined) {
    const side = source === undefined ? 'comes from' : 'goes to';
    return [
      errorAt('OAS-DATA-STEP', edge.pointer, `The value${name} ${side} a step that is not in this flow.`, view.id),
    ];
  }
  const output = propertyTitled(source.outputs, edge.output);
  const input = propertyTitled(destination.inputs, edge.input);
  const problems: Problem[] = [];
  if (output === undefined && source.known) {
    const message = `${called(destination.component)} takes “${edge.output}” from ${called(source.component)}, which does not deliver it.`;
    problems.push(errorAt('OAS-DATA-OUTPUT', edge.pointer, message, destination.id));
  }
  if (input === undefined && destination.known) {
    const message = `A value goes to “${edge.input}” of ${called(destination.component)}, which has no such input.`;
    problems.push(errorAt('OAS-DATA-INPUT', edge.pointer, message, destination.id));
  }
  if (output === undefined || input === undefined || typesFit(output, input)) return problems;
  const message = `“${edge.output}” of ${called(source.component)} is ${typeWords(output)}, but “${edge.input}” of ${called(destination.component)} must be ${typeWords(input)}.`;
  const make = edge.inferred ? warningAt : errorAt;
  return [make('OAS-DATA-TYPE', edge.pointer, message, destination.id)];
}

function checkInputs(view: FlowView): Problem[] {
  const reached = reachedSteps(view);
  const feeding = new Map<string, DataEdgeView[]>();
  for (const edge of view.dataEdges) {
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
        const message = `${called(node.component)} needs “${title}”, but nothing gives it a value.`;
        problems.push(errorAt('OAS-INPUT-UNFED', node.pointer, message, node.id));
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
  const names = ids.map((id) => called(view.nodeById.get(id)?.component ?? {})).join(' or ');
  const never = !ids.some((id) => reachedAvoiding(id, new Set(), next).has(node.id) && id !== node.id);
  if (never) {
    const message = `${called(node.component)} takes “${title}” from ${names}, which never runs before it.`;
    return errorAt('OAS-INPUT-LATE', node.pointer, message, node.id);
  }
  const message = `${called(node.component)} takes “${title}” from ${names}, but can be reached without it having run. Give “${title}” a default.`;
  return warningAt('OAS-INPUT-MAYBE', node.pointer, message, node.id);
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
