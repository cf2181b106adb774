import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { FailureContext, RunError } from '@rondo/shared/runs/events.ts';
import type { FlowPlan } from './plan.ts';
import type { NodeCode, Part, StepResult } from './step.ts';

/** A step, and with it the flow that it stands in, has failed; its events are written. */
export class Failed extends Error {
  readonly error: RunError;
  /** how the innermost step came to it */
  readonly context: FailureContext | undefined;
  constructor(error: RunError, context?: FailureContext) {
    super(error.message);
    this.error = error;
    this.context = context;
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

/** A step that is made of steps, as its code sees it: of flows, or of parts of its own. */
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
  /**
   * A part of the step as a step of its own, `path/id`: journaled, and not done again when it has an end on record.
   * @param inputs not asked for where the part has begun already: then they are what they were
   * @throws {Failed}, {MustWait}, {Halted}, what an append throws, and the reason of an abort
   */
  part(part: Part, inputs: () => JsonObject, code: NodeCode): Promise<StepResult>;
  /** The inputs with which a part began, where it has begun. */
  begun(id: string): JsonObject | undefined;
  /** What was said in the run before the step, by the flow and by the user. */
  conversation(): readonly Said[];
}

/** One text of a run's conversation. */
export interface Said {
  role: 'assistant' | 'user';
  text: string;
}
