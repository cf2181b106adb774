import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { FlowPlan } from './plan.ts';
import type { StepRun } from './stepRun.ts';
import { FlowValues } from './values/values.ts';

/** A flow that is being walked: the run's own, or one that a FlowNode runs. Frames are a stack of our own, so that
 * nested flows need nothing of the host's. */
export interface Frame {
  plan: FlowPlan;
  /** path of the node that runs this flow, with `/`; empty for the run's own flow */
  prefix: string;
  inputs: JsonObject;
  values: FlowValues;
  visits: Map<string, number>;
  /** the node to run next */
  node: NodeView;
  path: string;
  /** the node under way */
  run: StepRun | undefined;
}

/** A frame at the start of its flow. */
export function openFrame(plan: FlowPlan, prefix: string, inputs: JsonObject): Frame {
  const frame: Frame = {
    plan,
    prefix,
    inputs,
    values: new FlowValues(),
    visits: new Map(),
    node: plan.start,
    path: '',
    run: undefined,
  };
  enter(frame, plan.start);
  return frame;
}

/** Moves a frame to a node: `#n` is added to the path on the n-th visit. */
export function enter(frame: Frame, node: NodeView): void {
  const visit = (frame.visits.get(node.id) ?? 0) + 1;
  frame.visits.set(node.id, visit);
  frame.run = undefined;
  frame.node = node;
  frame.path = frame.prefix + node.id + (visit > 1 ? `#${visit}` : '');
}
