import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { type JsonObject, own, ownText } from '@rondo/shared/oas/json.ts';
import { idOf } from '@rondo/shared/oas/references.ts';
import type { RunError, RunEvent } from '@rondo/shared/runs/events.ts';
import { givenFor, type PartialRun } from '@rondo/shared/runs/partial.ts';
import { runError } from '@rondo/shared/runs/runError.ts';
import { quoted, said } from '@rondo/shared/words/said.ts';
import { failureContext } from './failureContext.ts';
import type { RunRecord } from './journal.ts';
import { Failed, type FlowEnd, Halted, type Nest, type Nesting } from './nest.ts';
import { runAgent } from './nodes/agent.ts';
import { nodeCodes } from './nodes/index.ts';
import { catchException, mapItems, sideBySide } from './nodes/nests.ts';
import { type FlowPlan, planOf } from './plan.ts';
import { policyOf } from './policy.ts';
import { Outage, type Segment, StepError } from './ports.ts';
import type { SecretValues } from './secretValues.ts';
import { MustWait, type NodeCode, type Part, type StepResult } from './step.ts';
import { StepRun } from './stepRun.ts';
import { FlowValues, fitTo, flowOutputs } from './values/values.ts';

/** A flow that runs itself has no end; no flow that somebody drew is nested like this. */
const deepest = 1000;

/** What all walks of a run share. */
export interface RunContext {
  readonly segment: Segment;
  readonly record: RunRecord;
  readonly secrets: SecretValues;
  emit(event: RunEvent): void;
  flush(): Promise<void>;
  /** @param taken steps that the walk has taken so far */
  beforeStep(taken: number): Promise<unknown> | undefined;
  now(): string;
  /** the journal is not ours any more, or cannot be written */
  isLost(): boolean;
  errorOf(error: unknown, step: string | null): RunError;
}

/** A flow that is being walked, from its start to an end: the run's own, or one that a step of it runs. */
export class Walk {
  readonly #context: RunContext;
  readonly #plan: FlowPlan;
  readonly #nesting: Nesting;
  readonly #inputs: JsonObject;
  readonly #values = new FlowValues();
  readonly #visits = new Map<string, number>();
  #node: NodeView;
  #path = '';
  #taken = 0;
  /** the step after which a part of a flow ends */
  #to: string | undefined;

  constructor(context: RunContext, plan: FlowPlan, inputs: JsonObject, nesting: Nesting = { prefix: '', depth: 0 }) {
    this.#context = context;
    this.#plan = plan;
    this.#inputs = inputs;
    this.#nesting = nesting;
    this.#node = plan.start;
    this.#enter(plan.start);
  }

  /**
   * Walks only a part of the flow: what the steps before gave is taken as given, and said so in the journal.
   * @throws {StepError} STEP_MISSING
   */
  cutTo({ from, to, before = {} }: PartialRun): void {
    const { nodeById } = this.#plan.flow;
    for (const id of [from, to])
      if (id !== undefined && !nodeById.has(id)) throw new StepError('STEP_MISSING', said('failure.testedStep'));
    this.#to = to;
    if (from === undefined) return;
    for (const [id, given] of Object.entries(before)) {
      const node = nodeById.get(id);
      if (!node) continue;
      this.#values.give(id, given.outputs);
      if (this.#context.record.steps.get(id)?.succeeded) continue;
      this.#stepRun(node, id, {}).succeed({ ...given, given: true });
    }
    const first = nodeById.get(from);
    if (!first) return;
    this.#visits.clear();
    // Where the flow comes back to one of them, that is another visit: then it runs.
    for (const id of Object.keys(before)) if (id !== from) this.#visits.set(id, 1);
    this.#enter(first);
  }

  /** @throws {Failed}, {MustWait}, {Halted}, the reason of an abort, and what an append throws */
  async run(): Promise<FlowEnd> {
    for (;;) {
      const ready = this.#guarded(() => this.#context.beforeStep(this.#taken++));
      if (ready) await ready;
      if (this.#nesting.isOver?.()) throw new Halted();
      if (this.#node.type === 'EndNode') return this.#guarded(() => this.#end());
      const recorded = this.#context.record.steps.get(this.#path);
      const last = this.#node.id === this.#to;
      const result = recorded?.succeeded ?? (await this.#step(last));
      if (last) return { outputs: result.outputs, branch: result.branch ?? 'next' };
      if (recorded?.succeeded) this.#leave(result);
    }
  }

  /** Runs a node that is no end, and moves on unless it is the last one. */
  async #step(last: boolean): Promise<StepResult> {
    const node = this.#node;
    const path = this.#path;
    let run: StepRun | undefined;
    const failed = this.#context.record.steps.get(path)?.failed;
    // It failed for good before, and somebody around it went on: it does not run again.
    if (failed && failed.retryAt === undefined) throw this.#failedBefore(node, path);
    const given = node.type === 'StartNode' ? undefined : givenFor(this.#context.record.partial, path);
    try {
      const inputs = given ? this.#inputsAtHand(node, path) : this.#inputsOf(node, path);
      if (node.type === 'StartNode' && this.#nesting.quiet) {
        this.#leave({ outputs: inputs });
        return { outputs: inputs };
      }
      run = this.#stepRun(node, path, inputs);
      // What flows on is what the journal says, so that a resumed run is the same run.
      const result = given
        ? { ...given, given: true as const }
        : this.#context.secrets.hide(await this.#result(run, node, inputs));
      run.succeed(result);
      if (!last) this.#leave(result);
      return result;
    } catch (error) {
      throw this.#told(error, node, path, run);
    }
  }

  #inputsOf(node: NodeView, path: string): JsonObject {
    if (node.type === 'StartNode') return this.#inputs;
    const { given, partial } = this.#context.record;
    if (given?.path === path) return fitTo(node.inputs, given.inputs, quoted(node.name));
    if (partial?.inputs && partial.from === path) {
      const flown = this.#values.inputsOf(this.#plan, node, true);
      return fitTo(node.inputs, { ...flown, ...partial.inputs }, quoted(node.name));
    }
    return this.#values.inputsOf(this.#plan, node);
  }

  /** Of a step that is not run: what would flow to it, as far as that is known. */
  #inputsAtHand(node: NodeView, path: string): JsonObject {
    try {
      return this.#inputsOf(node, path);
    } catch (error) {
      if (error instanceof StepError) return {};
      throw error;
    }
  }

  /** Writes the failure of a step, where it is one. @returns what is to be thrown */
  #told(error: unknown, node: Part, path: string, run: StepRun | undefined): unknown {
    const { segment } = this.#context;
    if (error instanceof MustWait || error instanceof Halted || error instanceof Outage) return error;
    if (segment.signal.aborted || this.#context.isLost()) return error;
    const failure = error instanceof Failed ? error.error : this.#context.errorOf(error, path);
    const step = run ?? this.#stepRun(node, path, {});
    step.fail(failure);
    return error instanceof Failed ? error : new Failed(failure, step.context);
  }

  /** The failure of a step that an earlier segment has on record. */
  #failedBefore(node: Part, path: string): Failed {
    const record = this.#context.record.steps.get(path);
    const error = record?.failed?.error ?? runError('INTERNAL', path, said('failure.untold'));
    // What holds others tells of the one inside of it that failed.
    const inner = error.step === null ? undefined : this.#context.record.steps.get(error.step);
    const started = inner?.started ?? record?.started;
    const tries = (inner ?? record)?.tries ?? [];
    const of = started ? { name: started.name, type: started.nodeType } : node;
    const { inputs } = this.#context.secrets.hide({ inputs: started?.inputs ?? {} });
    return new Failed(error, failureContext(of, inputs, tries));
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#told(error, this.#node, this.#path, undefined);
    }
  }

  #stepRun(node: Part, path: string, inputs: JsonObject): StepRun {
    const { segment, record, secrets, flush } = this.#context;
    return new StepRun({
      segment,
      node,
      path,
      inputs,
      policy: policyOf(node.component),
      record: record.steps.get(path),
      answers: record.answers,
      emit: (event) => this.#context.emit(secrets.hide(event)),
      errorOf: (error, step) => this.#context.errorOf(error, step),
      secrets,
      flush: flush.bind(this.#context),
    });
  }

  #result(run: StepRun, node: NodeView, inputs: JsonObject): StepResult | Promise<StepResult> {
    switch (node.type) {
      case 'StartNode':
        return { outputs: inputs };
      case 'FlowNode':
        run.begin();
        return this.#subflow(node, inputs);
      case 'MapNode':
      case 'ParallelMapNode':
        run.begin();
        return mapItems(this.#nest(node, inputs));
      case 'ParallelFlowNode':
        run.begin();
        return sideBySide(this.#nest(node, inputs));
      case 'CatchExceptionNode':
        run.begin();
        return catchException(this.#nest(node, inputs));
      case 'AgentNode':
        run.begin();
        return runAgent(this.#nest(node, inputs), run.step);
      default: {
        const code = nodeCodes.get(node.type);
        if (code) return run.run(code);
        throw new StepError('NODE_NOT_SUPPORTED', said('failure.stepKind', { step: node.name, kind: node.type }));
      }
    }
  }

  async #subflow(node: NodeView, inputs: JsonObject): Promise<StepResult> {
    const end = await this.#nest(node, inputs).walk(own(node.component, 'subflow'), '', inputs);
    return {
      outputs: fitTo(node.outputs, end.outputs, quoted(node.name), 'OUTPUT_MISSING'),
      branch: end.branch,
    };
  }

  #nest(node: NodeView, inputs: JsonObject): Nest {
    const context = this.#context;
    const path = this.#path;
    const around = this.#nesting;
    return {
      node,
      inputs,
      planOf: (reference) => {
        const flowId = idOf(context.segment.document, reference);
        if (flowId === undefined) throw new StepError('FLOW_INVALID', said('failure.namesNoFlow', { step: node.name }));
        return planOf(context.segment.document, flowId);
      },
      async walk(reference, suffix, given, more = {}) {
        // Gives up the host's stack, so that flows inside flows have no limit of its.
        await null;
        const depth = around.depth + 1;
        if (depth > deepest) throw new StepError('FLOW_TOO_DEEP', said('failure.tooDeep', { levels: deepest }));
        const plan = this.planOf(reference);
        const fitted = fitTo(plan.flow.inputs, given, quoted(node.name));
        return new Walk(context, plan, fitted, {
          prefix: `${path}${suffix}/`,
          depth,
          quiet: more.quiet || around.quiet,
          ...bothOver(more.isOver, around.isOver),
        }).run();
      },
      part: (part, given, code) => this.#part(part, `${path}/${part.id}`, given, code),
      begun: (id) => context.record.steps.get(`${path}/${id}`)?.started?.inputs,
      conversation: () => context.record.conversation,
    };
  }

  async #part(part: Part, path: string, given: () => JsonObject, code: NodeCode): Promise<StepResult> {
    const recorded = this.#context.record.steps.get(path);
    if (recorded?.succeeded) return recorded.succeeded;
    if (recorded?.failed && recorded.failed.retryAt === undefined) throw this.#failedBefore(part, path);
    const ready = this.#context.beforeStep(this.#taken);
    if (ready) await ready;
    if (this.#nesting.isOver?.()) throw new Halted();
    let run: StepRun | undefined;
    try {
      run = this.#stepRun(part, path, recorded?.started?.inputs ?? given());
      const result = this.#context.secrets.hide(await run.run(code));
      run.succeed(result);
      return result;
    } catch (error) {
      throw this.#told(error, part, path, run);
    }
  }

  /** Gives a node's outputs to the flow and goes to the next node. */
  #leave(result: StepResult): void {
    const node = this.#node;
    this.#values.give(node.id, result.outputs);
    const branch = result.branch ?? 'next';
    const to = this.#plan.next.get(node.id)?.get(branch);
    const next = to === undefined ? undefined : this.#plan.flow.nodeById.get(to);
    if (!next)
      throw new StepError(
        'BRANCH_OPEN',
        branch === 'next'
          ? said('failure.openEnd', { step: node.name })
          : said('failure.openBranch', { branch, step: node.name }),
      );
    this.#enter(next);
  }

  /** Moves to a node: `#n` is added to the path on the n-th visit. */
  #enter(node: NodeView): void {
    const visit = (this.#visits.get(node.id) ?? 0) + 1;
    this.#visits.set(node.id, visit);
    this.#node = node;
    this.#path = this.#nesting.prefix + node.id + (visit > 1 ? `#${visit}` : '');
  }

  #end(): FlowEnd {
    const node = this.#node;
    const given = this.#values.inputsOf(this.#plan, node, true);
    const outputs = flowOutputs(this.#plan, given);
    const branch = ownText(node.component, 'branch_name') ?? 'next';
    if (!this.#nesting.quiet && !this.#context.record.steps.get(this.#path)?.succeeded)
      this.#stepRun(node, this.#path, given).succeed({ outputs: given, branch });
    return { outputs, branch };
  }
}

/** Of two that tell whether it is over, either; one is handed on as it is, so that depth costs nothing. */
function bothOver(inner: Nesting['isOver'], outer: Nesting['isOver']): Pick<Nesting, 'isOver'> {
  if (inner && outer) return { isOver: () => inner() || outer() };
  const one = inner ?? outer;
  return one ? { isOver: one } : {};
}
