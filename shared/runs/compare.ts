import { sameJson } from '../oas/json.ts';
import type { RunView, StepView } from './fold.ts';
import { diffValues, type ValueDifference } from './valueDiff.ts';

/** In what two visits of a step differ. `missing`: only one run came to it. */
export type StepAspect = 'missing' | 'state' | 'branch' | 'inputs' | 'outputs' | 'error' | 'duration';

/** A step of two runs, by its path. */
export interface ComparedStep {
  path: string;
  name: string;
  type: string;
  nodeId: string;
  a: StepView | undefined;
  b: StepView | undefined;
  /** in what they differ; a duration alone is no difference in what was done */
  differs: StepAspect[];
}

export interface RunComparison {
  steps: ComparedStep[];
  /** index of the first step that did something else; null = they did the same */
  first: number | null;
  /** how the runs as a whole differ */
  inputs: ValueDifference[];
  outputs: ValueDifference[];
  sameState: boolean;
}

/** Durations differ when one is this many times the other, and it matters to a person. */
const slower = 1.5;
const shortestMs = 250;

/** Two runs step by step, aligned by path, in the order in which they ran (that of `a` first). */
export function compareRuns(a: RunView, b: RunView): RunComparison {
  const inA = new Map(a.steps.map((step) => [step.path, step]));
  const inB = new Map(b.steps.map((step) => [step.path, step]));
  const steps = alignedPaths(a.steps, b.steps).map((path): ComparedStep => {
    const left = inA.get(path);
    const right = inB.get(path);
    const either = left ?? right;
    const { name = path, type = '', nodeId = path } = either ?? {};
    return { path, name, type, nodeId, a: left, b: right, differs: differences(left, right) };
  });
  const first = steps.findIndex((step) => step.differs.some((aspect) => aspect !== 'duration'));
  return {
    steps,
    first: first === -1 ? null : first,
    inputs: diffValues(a.inputs, b.inputs),
    outputs: diffValues(a.outputs ?? undefined, b.outputs ?? undefined),
    sameState: a.state === b.state,
  };
}

/** How long a visit took; undefined while it is under way. */
export function durationOf(step: StepView | undefined): number | undefined {
  if (!step?.startedAt || !step.finishedAt) return undefined;
  return Math.max(0, Date.parse(step.finishedAt) - Date.parse(step.startedAt));
}

function differences(a: StepView | undefined, b: StepView | undefined): StepAspect[] {
  if (!a || !b) return ['missing'];
  const found: StepAspect[] = [];
  if (a.state !== b.state) found.push('state');
  if ((a.branch ?? 'next') !== (b.branch ?? 'next') && a.branch !== null && b.branch !== null) found.push('branch');
  if (!sameJson(a.inputs, b.inputs)) found.push('inputs');
  if (a.outputs && b.outputs && !sameJson(a.outputs, b.outputs)) found.push('outputs');
  if ((a.error?.code ?? '') !== (b.error?.code ?? '') || (a.error?.message ?? '') !== (b.error?.message ?? ''))
    found.push('error');
  const left = durationOf(a);
  const right = durationOf(b);
  if (left !== undefined && right !== undefined && Math.abs(left - right) >= shortestMs)
    if (Math.max(left, right) >= slower * Math.min(left, right)) found.push('duration');
  return found;
}

/** Both orders in one: what only `b` has stands behind what stood before it there. */
function alignedPaths(a: readonly StepView[], b: readonly StepView[]): string[] {
  const inA = new Set(a.map((step) => step.path));
  const behind = new Map<string, string[]>();
  let last = '';
  for (const { path } of b) {
    if (inA.has(path)) last = path;
    else behind.set(last, [...(behind.get(last) ?? []), path]);
  }
  return [...(behind.get('') ?? []), ...a.flatMap(({ path }) => [path, ...(behind.get(path) ?? [])])];
}
