import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunError } from '@rondo/shared/runs/events.ts';
import type { FlowPlan } from './plan.ts';

/** A step, and with it the flow that it stands in, has failed; its events are written. */
export class Failed extends Error {
  readonly error: RunError;
  constructor(error: RunError) {
    super(error.message);
    this.error = error;
  }
}

/** The walk stopped before a step, because the segment is halted or what it belongs to has failed meanwhile. */
export class Halted extends Error {}

/** What a walk inside of another one is told. */
export interface Nesting {
  /** path of the step that runs this flow, with `/` */
  prefix: string;
  /** flows around this one */
  depth: number;
  /** an item of a map: its start and end are no steps that anybody looks for, and there may be ten thousand of them */
  quiet?: boolean;
  /** true: what it belongs to has failed, no step may begin */
  isOver?(): boolean;
}

/** What a flow came to. */
export interface FlowEnd {
  outputs: JsonObject;
  branch: string;
}

/** A step that runs flows, as its code sees it. */
export interface Nest {
  node: NodeView;
  inputs: JsonObject;
  /** @throws {StepError} FLOW_INVALID */
  planOf(reference: Json | undefined): FlowPlan;
  /** Walks one of its flows; `suffix` tells several apart in their paths. */
  walk(
    reference: Json | undefined,
    suffix: string,
    inputs: JsonObject,
    more?: Pick<Nesting, 'quiet' | 'isOver'>,
  ): Promise<FlowEnd>;
}
