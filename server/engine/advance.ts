import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { own, ownText } from '@rondo/shared/oas/json.ts';
import { idOf } from '@rondo/shared/oas/references.ts';
import type { RunError, RunEvent } from '@rondo/shared/runs/events.ts';
import { enter, type Frame, openFrame } from './frame.ts';
import { foldJournal, type RunRecord } from './journal.ts';
import { momentText } from './moment.ts';
import { nodeCodes } from './nodes/index.ts';
import { planOf } from './plan.ts';
import { Cancelled, type Segment, type SegmentEnd, StepError } from './ports.ts';
import { SecretValues } from './secretValues.ts';
import { MustWait, type StepResult } from './step.ts';
import { StepRun } from './stepRun.ts';
import { fitTo, flowOutputs } from './values/values.ts';

/** Events of steps that touch nothing are kept back no longer than this, so that a long loop holds no memory. */
const maxBuffered = 1000;

/** A run with more steps than this goes round in circles. */
export const maxSteps = 100_000;

/**
 * Advances a run: folds its journal, goes on where it stands until it must wait or has ended. What is in the journal
 * as finished is not run again (G1). All that happens goes through `append`; events of steps that touch nothing outside
 * ride with the next append.
 *
 * @returns how the segment ended, after that is in the journal
 * @throws what `append` throws, and the reason of an abort that is no cancel
 */
export async function advance(segment: Segment): Promise<SegmentEnd> {
  return new Interpreter(segment).run();
}

class Interpreter {
  readonly #segment: Segment;
  readonly #record: RunRecord;
  readonly #frames: Frame[] = [];
  readonly #secrets = new SecretValues();
  #buffer: RunEvent[];
  #lost: unknown;

  constructor(segment: Segment) {
    this.#segment = segment;
    this.#record = foldJournal([...segment.journal, ...segment.pending]);
    this.#buffer = [...segment.pending];
  }

  async run(): Promise<SegmentEnd> {
    try {
      return await this.#walk();
    } catch (error) {
      if (this.#lost !== undefined) throw this.#lost;
      if (error instanceof MustWait) {
        await this.#flush();
        return { state: 'waiting', waits: [error.wait] };
      }
      if (this.#segment.signal.aborted) return this.#aborted();
      return this.#failed(error);
    }
  }

  async #walk(): Promise<SegmentEnd> {
    const plan = planOf(this.#segment.document);
    const inputs = fitTo(plan.flow.inputs, this.#record.inputs, `the start of “${plan.flow.name}”`);
    this.#frames.push(openFrame(plan, '', inputs));
    for (let steps = 0; ; steps++) {
      this.#stopIfAborted();
      if (this.#buffer.length >= maxBuffered) await this.#flush();
      if (steps >= maxSteps)
        throw new StepError(
          'TOO_MANY_STEPS',
          `The run took ${maxSteps} steps without an end; it seems to go round in circles.`,
        );
      const frame = this.#top();
      const done = frame.node.type === 'EndNode' ? await this.#end(frame) : await this.#step(frame);
      if (done) return done;
    }
  }

  #top(): Frame {
    const frame = this.#frames.at(-1);
    if (!frame) throw new Error('No flow is open.');
    return frame;
  }

  /** Runs a node that is no end, and moves on. */
  async #step(frame: Frame): Promise<undefined> {
    const { node, path } = frame;
    const recorded = this.#record.steps.get(path)?.succeeded;
    if (recorded) {
      this.#leave(frame, { outputs: recorded.outputs, branch: recorded.branch });
      return;
    }
    if (node.type === 'FlowNode') {
      this.#openSubflow(frame);
      return;
    }
    const inputs = node.type === 'StartNode' ? frame.inputs : frame.values.inputsOf(frame.plan, node);
    const run = this.#stepRun(frame, inputs);
    // what flows on is what the journal says, so that a resumed run is the same run
    const result = this.#secrets.hide(await this.#result(frame, run, inputs));
    run.succeed(result);
    this.#leave(frame, result);
  }

  async #result(frame: Frame, run: StepRun, inputs: JsonObject): Promise<StepResult> {
    const { node } = frame;
    if (node.type === 'StartNode') return { outputs: inputs };
    const code = nodeCodes.get(node.type);
    if (!code)
      throw new StepError(
        'NODE_NOT_SUPPORTED',
        `“${node.name}” is a step of the kind “${node.type}”, which this version does not run.`,
      );
    return code(run.step);
  }

  #stepRun(frame: Frame, inputs: JsonObject): StepRun {
    frame.run ??= new StepRun({
      segment: this.#segment,
      node: frame.node,
      path: frame.path,
      inputs,
      record: this.#record.steps.get(frame.path),
      answers: this.#record.answers,
      emit: (event) => this.#buffer.push(this.#secrets.hide(event)),
      secrets: this.#secrets,
      flush: () => this.#flush(),
    });
    return frame.run;
  }

  /** Gives a node's outputs to the flow and goes to the next node. */
  #leave(frame: Frame, result: StepResult): void {
    const { node } = frame;
    frame.values.give(node.id, result.outputs);
    const branch = result.branch ?? 'next';
    const to = frame.plan.next.get(node.id)?.get(branch);
    const next = to === undefined ? undefined : frame.plan.flow.nodeById.get(to);
    if (!next)
      throw new StepError(
        'BRANCH_OPEN',
        branch === 'next'
          ? `No step follows “${node.name}”.`
          : `No step follows the branch “${branch}” of “${node.name}”.`,
      );
    enter(frame, next);
  }

  #openSubflow(frame: Frame): void {
    const { node } = frame;
    const tree = this.#segment.document;
    const flowId = idOf(tree, own(node.component, 'subflow'));
    if (flowId === undefined) throw new StepError('FLOW_INVALID', `“${node.name}” names no flow.`);
    const plan = planOf(tree, flowId);
    const inputs = frame.values.inputsOf(frame.plan, node);
    const run = this.#stepRun(frame, inputs);
    run.begin();
    const fitted = fitTo(plan.flow.inputs, inputs, `“${node.name}”`);
    this.#frames.push(openFrame(plan, `${frame.path}/`, fitted));
  }

  /** An end of the run, or of a flow that a FlowNode runs: its outputs and its branch become that node's. */
  async #end(frame: Frame): Promise<SegmentEnd | undefined> {
    const { node, plan } = frame;
    const given = frame.values.inputsOf(plan, node, true);
    const outputs = flowOutputs(plan, given);
    const branch = ownText(node.component, 'branch_name') ?? 'next';
    if (!this.#record.steps.get(frame.path)?.succeeded) this.#stepRun(frame, given).succeed({ outputs: given, branch });
    if (this.#frames.length === 1) {
      this.#buffer.push({ kind: 'run_succeeded', at: this.#now(), outputs, branch });
      await this.#flush();
      return { state: 'succeeded', outputs, branch };
    }
    this.#frames.pop();
    const owner = this.#top();
    const result = { outputs: fitTo(owner.node.outputs, outputs, `“${owner.node.name}”`, 'OUTPUT_MISSING'), branch };
    this.#stepRun(owner, {}).succeed(result);
    this.#leave(owner, result);
    return undefined;
  }

  async #flush(): Promise<void> {
    if (this.#buffer.length === 0) return;
    const events = this.#buffer;
    this.#buffer = [];
    try {
      await this.#segment.append(events);
    } catch (error) {
      this.#lost = error;
      throw error;
    }
  }

  #stopIfAborted(): void {
    if (this.#segment.signal.aborted) throw this.#segment.signal.reason;
  }

  async #aborted(): Promise<SegmentEnd> {
    const reason: unknown = this.#segment.signal.reason;
    if (!(reason instanceof Cancelled)) throw reason;
    this.#buffer.push({ kind: 'run_cancelled', at: this.#now(), actor: reason.actor });
    await this.#flush();
    return { state: 'cancelled' };
  }

  async #failed(error: unknown): Promise<SegmentEnd> {
    const failure = this.#secrets.hide(this.#errorOf(error));
    // the step that failed, and the steps whose flows it stands in
    for (const frame of [...this.#frames].reverse()) this.#stepRun(frame, {}).fail(failure);
    this.#buffer.push({ kind: 'run_failed', at: this.#now(), error: failure });
    await this.#flush();
    return { state: 'failed', error: failure };
  }

  #errorOf(error: unknown): RunError {
    const step = this.#frames.at(-1)?.path ?? null;
    if (!(error instanceof StepError))
      return {
        code: 'INTERNAL',
        step,
        message: `Something unexpected went wrong (${error instanceof Error ? error.name : 'unknown'}).`,
      };
    return {
      code: error.code,
      step,
      message: error.message,
      ...(error.retryable && { retryable: true }),
      ...(error.details !== undefined && { details: error.details }),
    };
  }

  #now(): string {
    return momentText(this.#segment.ports.now());
  }
}
