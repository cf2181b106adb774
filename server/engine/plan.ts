import { type FlowView, type NodeView, openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { said } from '@rondo/shared/words/said.ts';
import { StepError } from './ports.ts';

/** Where an input's value may come from; several sources: the one that was executed last wins. */
export interface Source {
  node: string;
  output: string;
}

/** A flow as the interpreter walks it: looked up once per document, not per step. */
export interface FlowPlan {
  flow: FlowView;
  start: NodeView;
  /** node id → branch → id of the next node */
  next: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** node id → input title → sources */
  sources: ReadonlyMap<string, ReadonlyMap<string, readonly Source[]>>;
}

const plans = new WeakMap<FlowView, FlowPlan>();

/**
 * The plan of a flow of a document (default: its root flow).
 * @throws {StepError} FLOW_INVALID when there is no such flow or it has no start
 */
export function planOf(tree: JsonObject, flowId?: string): FlowPlan {
  let flow: FlowView;
  try {
    flow = openFlow(tree, flowId);
  } catch (cause) {
    const words = flowId === undefined ? said('failure.noFlow') : said('failure.flowUnknown', { flow: flowId });
    throw new StepError('FLOW_INVALID', words, { cause });
  }
  const known = plans.get(flow);
  if (known) return known;
  const start = flow.nodes.find((node) => node.id === flow.startId);
  if (!start) throw new StepError('FLOW_INVALID', said('failure.noStart', { flow: flow.name }));
  const next = new Map<string, Map<string, string>>();
  for (const edge of flow.controlEdges) {
    const branches = next.get(edge.from) ?? new Map<string, string>();
    next.set(edge.from, branches.set(edge.branch, edge.to));
  }
  const sources = new Map<string, Map<string, Source[]>>();
  for (const edge of flow.dataEdges) {
    const inputs = sources.get(edge.destination) ?? new Map<string, Source[]>();
    sources.set(edge.destination, inputs);
    inputs.set(edge.input, [...(inputs.get(edge.input) ?? []), { node: edge.source, output: edge.output }]);
  }
  const plan = { flow, start, next, sources };
  plans.set(flow, plan);
  return plan;
}
