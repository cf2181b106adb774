import { type FlowView, rondoOf } from '../oas/flow.ts';
import { isObject, type Json, type JsonObject, own, ownList, ownObject, ownText } from '../oas/json.ts';
import type { Said } from '../words/said.ts';
import type { RunView } from './fold.ts';
import { type GivenStep, plainPath } from './partial.ts';
import type { RunState } from './states.ts';
import { diffValues, type ValueDifference } from './valueDiff.ts';

/**
 * A pinned test of a flow, in `metadata.__metadata_info__.rondo.tests` of the flow: it travels with the file and is part
 * of the version.
 */
export interface PinnedTest {
  id: string;
  name: string;
  inputs: { [name: string]: Json };
  /** steps that are not run, by path as they are drawn: answers of the outside, decisions of reviews */
  given: { [path: string]: GivenStep };
  expect: Expectation;
}

export interface Expectation {
  state: 'succeeded' | 'failed';
  /** the end that is reached; absent = any */
  branch?: string;
  /** outputs of the flow; those that are not named may be anything */
  outputs: { [name: string]: Json };
  /** branches that steps take, by path as they are drawn */
  branches: { [path: string]: string };
}

/** What a run did otherwise than its test expects. */
export type Miss =
  | { kind: 'state'; expected: RunState; actual: RunState; message?: string; said?: Said }
  | { kind: 'end'; expected: string; actual: string }
  | { kind: 'branch'; path: string; name: string; expected: string; actual: string | null }
  | ({ kind: 'output' } & ValueDifference);

export type Verdict = { state: 'running' } | { state: 'passed' } | { state: 'failed'; misses: Miss[] };

/** The pinned tests of a flow; what is no test is left out (it stays in the document). */
export function testsOf(flow: JsonObject): PinnedTest[] {
  return ownList(rondoOf(flow), 'tests').flatMap((item) => (isObject(item) ? (readTest(item) ?? []) : []));
}

function readTest(item: JsonObject): PinnedTest | undefined {
  const id = ownText(item, 'id');
  if (id === undefined) return undefined;
  const expect = ownObject(item, 'expect') ?? {};
  const branch = ownText(expect, 'branch');
  return {
    id,
    name: ownText(item, 'name') ?? id,
    inputs: ownObject(item, 'inputs') ?? {},
    given: givenIn(ownObject(item, 'given') ?? {}),
    expect: {
      state: ownText(expect, 'state') === 'failed' ? 'failed' : 'succeeded',
      ...(branch !== undefined && { branch }),
      outputs: ownObject(expect, 'outputs') ?? {},
      branches: Object.fromEntries(
        Object.entries(ownObject(expect, 'branches') ?? {}).flatMap(([path, taken]) =>
          typeof taken === 'string' ? [[path, taken]] : [],
        ),
      ),
    },
  };
}

function givenIn(steps: JsonObject): { [path: string]: GivenStep } {
  return Object.fromEntries(
    Object.entries(steps).flatMap(([path, step]) => {
      const outputs = isObject(step) ? ownObject(step, 'outputs') : undefined;
      const branch = isObject(step) ? ownText(step, 'branch') : undefined;
      return outputs ? [[path, { outputs, ...(branch !== undefined && { branch }) }]] : [];
    }),
  );
}

/** Bytes of JSON of a test; it stands in the document. */
export const mostTestBytes = 256 * 1024;

/** Is a test too large to stand in the document? */
export function isTestTooLarge(test: PinnedTest): boolean {
  return new TextEncoder().encode(JSON.stringify(test)).length > mostTestBytes;
}

/** Tests as they are written. */
export function testsJson(tests: readonly PinnedTest[]): Json {
  return structuredClone(tests) as unknown as Json;
}

/**
 * A test made of a run: its inputs, what the steps that reach outside gave, and what came out.
 * @param outside paths of the steps, as they are drawn, that the test is not to run
 */
export function testFromRun(
  run: RunView,
  view: FlowView,
  { id, name, outside }: { id: string; name: string; outside: ReadonlySet<string> },
): PinnedTest {
  const given: { [path: string]: GivenStep } = {};
  const branches: { [path: string]: string } = {};
  const visits = countVisits(run, outside);
  for (const step of run.steps) {
    if (step.state !== 'done' || !step.outputs) continue;
    const plain = plainPath(step.path);
    const branch = step.branch ?? 'next';
    if (outside.has(plain)) {
      // Several visits or items gave different values: each is kept under its own path.
      const path = (visits.get(plain) ?? 0) > 1 ? step.path : plain;
      given[path] = { outputs: step.outputs, ...(branch !== 'next' && { branch }) };
    } else if (step.type === 'BranchingNode' && !step.path.includes('/') && step.path === plain) {
      if (view.nodeById.has(step.nodeId)) branches[plain] = branch;
    }
  }
  const end = run.branch;
  return {
    id,
    name,
    inputs: run.inputs,
    given,
    expect: {
      state: run.state === 'failed' ? 'failed' : 'succeeded',
      ...(end !== null && run.state === 'succeeded' && { branch: end }),
      outputs: run.outputs ?? {},
      branches,
    },
  };
}

function countVisits(run: RunView, of: ReadonlySet<string>): Map<string, number> {
  const visits = new Map<string, number>();
  for (const step of run.steps) {
    const plain = plainPath(step.path);
    if (of.has(plain)) visits.set(plain, (visits.get(plain) ?? 0) + 1);
  }
  return visits;
}

/** Does a run do what its test expects? One that waits for somebody, or for an event, does not end by itself: it fails. */
export function judge(test: PinnedTest, run: RunView): Verdict {
  const { expect } = test;
  if (run.state === 'queued' || run.state === 'running' || goesOnByItself(run)) return { state: 'running' };
  const misses: Miss[] = [];
  if (run.state !== expect.state) {
    const message = run.error?.message ?? waitName(run);
    misses.push({
      kind: 'state',
      expected: expect.state,
      actual: run.state,
      ...(message !== undefined && { message }),
      ...(run.error?.said && { said: run.error.said }),
    });
  }
  if (expect.state === 'succeeded' && run.state === 'succeeded') {
    if (expect.branch !== undefined && expect.branch !== run.branch)
      misses.push({ kind: 'end', expected: expect.branch, actual: run.branch ?? '' });
    for (const [name, value] of Object.entries(expect.outputs)) {
      const actual = own((run.outputs ?? {}) as JsonObject, name);
      misses.push(...diffValues(value, actual).map((d) => ({ kind: 'output' as const, ...d, at: [name, ...d.at] })));
    }
  }
  for (const [path, expected] of Object.entries(expect.branches)) {
    const step = run.steps.find((one) => one.path === path);
    const actual = step?.state === 'done' ? (step.branch ?? 'next') : null;
    if (actual !== expected) misses.push({ kind: 'branch', path, name: step?.name ?? path, expected, actual });
  }
  return misses.length === 0 ? { state: 'passed' } : { state: 'failed', misses };
}

function goesOnByItself(run: RunView): boolean {
  return run.state === 'waiting' && run.waits.every((wait) => wait.for === 'timer' || wait.for === 'run');
}

function waitName(run: RunView): string | undefined {
  const wait = run.waits[0];
  if (!wait) return undefined;
  return run.steps.find((step) => step.path === wait.path)?.name;
}
