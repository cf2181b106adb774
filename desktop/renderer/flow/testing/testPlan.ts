import type { FlowView, NodeView } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunView, StepView } from '@rondo/shared/runs/fold.ts';
import { largeValueOf } from '@rondo/shared/runs/largeValue.ts';
import { type Outside, outsideOf } from '@rondo/shared/runs/outside.ts';
import type { GivenStep, PartialRun } from '@rondo/shared/runs/partial.ts';
import { givenBySamples, sampleOf, stepsBefore, stepsFrom } from '@rondo/shared/runs/samples.ts';
import type { TestKind } from '../../canvas/ui.ts';

/** What a test of a part of a flow would do, before it is started. */
export interface TestPlan {
  /** steps that may run */
  runs: NodeView[];
  /** what they reach outside, those with a sample left out where samples are used */
  outside: Outside[];
  /** steps that would run and have a sample */
  sampled: NodeView[];
  /** what is asked for: the flow's inputs, or those of the step */
  fields: JsonObject[];
  /** values that are known, by the names of the fields */
  known: { [name: string]: Json };
}

interface Asked {
  kind: TestKind;
  node: NodeView;
}

/** The last run of the flow that is drawn, with its id. */
export interface LastRun {
  id: string;
  view: RunView;
  /** where that is a run of a part: a run of all of the flow before it */
  older?: { id: string; view: RunView };
}

/**
 * Plans a test of a part.
 * @param last undefined = it has not been run yet
 */
export function planTest(
  { tree, view, last }: { tree: JsonObject; view: FlowView; last: LastRun | undefined },
  asked: Asked,
): TestPlan {
  const ids = stepsOf(view, asked);
  const runs = view.nodes.filter((node) => ids.has(node.id));
  // a step that is tried by itself is meant to run
  const sampled = runs.filter((node) => node.id !== asked.node.id && sampleOf(node.component));
  const start = asked.kind === 'to' || asked.node.id === view.startId;
  const fields = start ? view.inputs : asked.node.inputs;
  const known = start ? startValues(view, last) : valuesFor(view, asked.node, last);
  return { runs, outside: outsideOf(tree, view, ids), sampled, fields, known };
}

function stepsOf(view: FlowView, { kind, node }: Asked): Set<string> {
  if (kind === 'step') return new Set([node.id]);
  if (kind === 'from') return new Set(stepsFrom(view, node.id));
  return new Set([...stepsBefore(view, node.id), node.id]);
}

/** What the flow that is drawn was started with last. */
function startValues(view: FlowView, last: LastRun | undefined): { [name: string]: Json } {
  const steps = new Map([...lastSteps(view, last?.older?.view), ...lastSteps(view, last?.view)]);
  return steps.get(view.startId)?.outputs ?? last?.view.inputs ?? {};
}

/** What would flow to a step: from the samples of others, from their ends in the last run, from its own sample. */
function valuesFor(view: FlowView, node: NodeView, last: LastRun | undefined): { [name: string]: Json } {
  const values: { [name: string]: Json } = { ...sampleOf(node.component)?.inputs };
  const steps = new Map([...lastSteps(view, last?.older?.view), ...lastSteps(view, last?.view)]);
  Object.assign(values, steps.get(node.id)?.inputs);
  for (const edge of view.dataEdges) {
    if (edge.destination !== node.id) continue;
    const source = view.nodeById.get(edge.source);
    const given = (source && sampleOf(source.component)?.outputs) ?? steps.get(edge.source)?.outputs;
    if (given && Object.hasOwn(given, edge.output)) values[edge.input] = given[edge.output] ?? null;
  }
  return values;
}

/** The last visit of each step of the flow that is drawn. */
function lastSteps(view: FlowView, run: RunView | undefined): Map<string, StepView> {
  return new Map(
    (run?.steps ?? []).filter((step) => view.nodeById.has(step.nodeId)).map((step) => [step.nodeId, step]),
  );
}

/** What is sent to start the test. */
export interface TestStart {
  inputs: { [name: string]: Json };
  partial: PartialRun & { taken?: { runId: string; steps: string[] } };
}

/**
 * A planned test with what was typed.
 * @param useSamples steps with a sample are taken as given instead of being run
 */
export function startOf(
  { view, root, last }: { view: FlowView; root: boolean; last: LastRun | undefined },
  { kind, node }: Asked,
  values: { [name: string]: Json },
  useSamples: boolean,
): TestStart {
  const samples = givenBySamples(view);
  const flow = root ? {} : { flow: view.id };
  const to = kind === 'from' || node.type === 'EndNode' ? {} : { to: node.id };
  if (kind === 'to' || node.id === view.startId) {
    const given = useSamples ? without(samples, new Set([node.id])) : {};
    return { inputs: values, partial: { ...flow, ...to, ...(isEmpty(given) ? {} : { given }) } };
  }
  const runs = new Set(kind === 'step' ? allBut(view, stepsBefore(view, node.id)) : stepsFrom(view, node.id));
  const before = without({ ...olderEnds(view, last), ...samples }, runs);
  const taken =
    last &&
    [...lastSteps(view, last.view)].flatMap(([id, step]) =>
      step.state === 'done' && !runs.has(id) && !Object.hasOwn(before, id) ? [id] : [],
    );
  const given = useSamples ? without(samples, new Set([...Object.keys(before), node.id])) : {};
  return {
    inputs: last?.view.inputs ?? {},
    partial: {
      ...flow,
      from: node.id,
      ...to,
      inputs: values,
      ...(isEmpty(before) ? {} : { before }),
      ...(isEmpty(given) ? {} : { given }),
      ...(taken && taken.length > 0 ? { taken: { runId: last.id, steps: taken } } : {}),
    },
  };
}

/** What steps gave in the older run that the last one did not come to, as far as it can be sent. */
function olderEnds(view: FlowView, last: LastRun | undefined): { [node: string]: GivenStep } {
  const newer = lastSteps(view, last?.view);
  return Object.fromEntries(
    [...lastSteps(view, last?.older?.view)].flatMap(([id, { state, outputs, branch }]): [string, GivenStep][] => {
      if (newer.has(id) || state !== 'done' || !outputs) return [];
      if (Object.values(outputs).some((value) => largeValueOf(value))) return [];
      return [[id, { outputs, ...(branch !== null && branch !== 'next' && { branch }) }]];
    }),
  );
}

/** A step by itself needs nothing of those that do not lead to it. */
function allBut(view: FlowView, ids: readonly string[]): string[] {
  return view.nodes.map((node) => node.id).filter((id) => !ids.includes(id));
}

function without(steps: { [node: string]: GivenStep }, ids: ReadonlySet<string>): { [node: string]: GivenStep } {
  return Object.fromEntries(Object.entries(steps).filter(([id]) => !ids.has(id)));
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}
