import type { Json } from '../oas/json.ts';
import type { Actor, RunError, RunEvent, RunTrigger, StepSucceeded, Wait } from './events.ts';
import type { PartialRun } from './partial.ts';
import { isWithin } from './paths.ts';
import type { RunState } from './states.ts';
import { isTerminal } from './states.ts';

export type StepState = 'queued' | 'running' | 'waiting' | 'done' | 'failed';

/** One visit of a step, as the journal tells it. */
export interface StepView {
  path: string;
  nodeId: string;
  /** type of the node */
  type: string;
  name: string;
  state: StepState;
  startedAt: string | null;
  finishedAt: string | null;
  /** the attempt under way, or the last one */
  attempt: number;
  /** how often it was cut off in the middle and made again */
  cutOffs: number;
  inputs: { [name: string]: Json };
  outputs: { [name: string]: Json } | null;
  branch: string | null;
  error: RunError | null;
  /** when a failed attempt is made again */
  retryAt: string | null;
  usage: StepSucceeded['usage'] | null;
  /** it was not run: a test took its end as given */
  given: boolean;
}

export interface MessageView {
  path: string;
  at: string;
  role: 'assistant' | 'user';
  text: string;
}

/** A way that the run took: from the step at this path, by this branch, to the step at that path. */
export interface TakenEdge {
  from: string;
  branch: string;
  to?: string;
}

/** A run, folded from its journal. Never changed in place. */
export interface RunView {
  state: RunState;
  /** events folded so far */
  count: number;
  trigger: RunTrigger | null;
  actor: Actor | null;
  startedAt: string | null;
  finishedAt: string | null;
  inputs: { [name: string]: Json };
  outputs: { [name: string]: Json } | null;
  /** branch name of the end that was reached */
  branch: string | null;
  error: RunError | null;
  /** in the order in which they began */
  steps: StepView[];
  messages: MessageView[];
  /** what it waits for now */
  waits: Wait[];
  takenEdges: TakenEdge[];
  /** who paused it; null = it goes on */
  pausedBy: Actor | null;
  /** the run that it tries again */
  retry: Extract<RunEvent, { kind: 'run_started' }>['retry'] | null;
  /** what of a draft it runs; null = all */
  partial: PartialRun | null;
}

const empty: RunView = {
  state: 'queued',
  count: 0,
  trigger: null,
  actor: null,
  startedAt: null,
  finishedAt: null,
  inputs: {},
  outputs: null,
  branch: null,
  error: null,
  steps: [],
  messages: [],
  waits: [],
  takenEdges: [],
  pausedBy: null,
  retry: null,
  partial: null,
};

/** A run from its journal, from the first event on. */
export function fold(events: readonly RunEvent[]): RunView {
  return foldMore(empty, events);
}

/** The view after more events. The given view stays as it is; steps that did not change are the same objects. */
export function foldMore(view: RunView, events: readonly RunEvent[]): RunView {
  if (events.length === 0) return view;
  const next: RunView = {
    ...view,
    steps: view.steps.slice(),
    messages: view.messages.slice(),
    takenEdges: view.takenEdges.slice(),
    count: view.count + events.length,
  };
  const places: Places = {
    steps: new Map(next.steps.map((step, i) => [step.path, i])),
    edges: new Map(next.takenEdges.map((edge, i) => [frameOf(edge.from), i])),
  };
  for (const event of events) foldOne(next, event, places);
  return next;
}

/** Where things stand in the lists of a view: a run may have many thousand steps. */
interface Places {
  /** path of a step → its place */
  steps: Map<string, number>;
  /** a flow that is walked → the place of the last way taken in it */
  edges: Map<string, number>;
}

function foldOne(view: RunView, event: RunEvent, places: Places): void {
  // A terminal state never changes (G3).
  if (isTerminal(view.state)) return;
  switch (event.kind) {
    case 'run_started':
      Object.assign(view, { state: 'running', startedAt: event.at, inputs: event.inputs });
      Object.assign(view, { actor: event.actor, trigger: event.trigger, retry: event.retry ?? null });
      view.partial = event.partial ?? null;
      for (const text of event.messages ?? []) view.messages.push({ path: '', at: event.at, role: 'user', text });
      return;
    case 'run_resumed':
      // An answer may have come for one of several waits: the others are not said again.
      view.state = view.waits.length === 0 ? 'running' : 'waiting';
      view.pausedBy = null;
      return;
    case 'run_paused':
      view.pausedBy = event.actor;
      return;
    case 'run_unpaused':
      view.pausedBy = null;
      return;
    case 'step_started':
      startStep(view, event, places);
      return;
    case 'step_cut_off':
      change(view, places, event.path, (step) => ({ ...step, cutOffs: step.cutOffs + 1 }));
      return;
    case 'step_succeeded':
      change(view, places, event.path, (step) => ({
        ...step,
        state: 'done',
        finishedAt: event.at,
        outputs: event.outputs,
        branch: event.branch,
        error: null,
        retryAt: null,
        usage: event.usage ?? null,
        given: event.given ?? false,
      }));
      places.edges.set(frameOf(event.path), view.takenEdges.length);
      view.takenEdges.push({ from: event.path, branch: event.branch });
      return;
    case 'step_failed': {
      const again = event.retryAt !== undefined;
      change(view, places, event.path, (step) => ({
        ...step,
        state: again ? 'running' : 'failed',
        attempt: event.attempt,
        finishedAt: again ? null : event.at,
        error: event.error,
        retryAt: event.retryAt ?? null,
      }));
      if (!again) dropWaits(view, event.path, event.at);
      return;
    }
    case 'message':
      view.messages.push({ path: event.path, at: event.at, role: event.role, text: event.text });
      return;
    case 'wait_started':
      view.waits = [...view.waits.filter((wait) => wait.id !== event.wait.id), event.wait];
      view.state = 'waiting';
      change(view, places, event.path, (step) => ({ ...step, state: 'waiting' }));
      return;
    case 'wait_answered':
      view.waits = view.waits.filter((wait) => wait.id !== event.waitId);
      if (view.waits.length === 0) view.state = 'running';
      if (!view.waits.some((wait) => wait.path === event.path)) {
        change(view, places, event.path, (step) => (step.state === 'waiting' ? { ...step, state: 'running' } : step));
      }
      return;
    case 'run_succeeded':
      finish(view, 'succeeded', event.at);
      Object.assign(view, { outputs: event.outputs, branch: event.branch });
      return;
    case 'run_failed':
      finish(view, 'failed', event.at);
      view.error = event.error;
      return;
    case 'run_cancelled':
      finish(view, 'cancelled', event.at);
      return;
  }
}

function startStep(view: RunView, event: Extract<RunEvent, { kind: 'step_started' }>, places: Places): void {
  const place = places.steps.get(event.path);
  const old = place === undefined ? undefined : view.steps[place];
  const step: StepView = {
    path: event.path,
    nodeId: event.nodeId,
    type: event.nodeType,
    name: event.name,
    state: 'running',
    startedAt: old?.startedAt ?? event.at,
    finishedAt: null,
    attempt: event.attempt,
    cutOffs: old?.cutOffs ?? 0,
    inputs: event.inputs,
    outputs: null,
    branch: null,
    error: null,
    retryAt: null,
    usage: null,
    given: false,
  };
  if (place !== undefined) {
    view.steps[place] = step;
    return;
  }
  // The last way taken in the same flow that leads nowhere yet leads here.
  const edge = places.edges.get(frameOf(event.path));
  const taken = edge === undefined ? undefined : view.takenEdges[edge];
  if (edge !== undefined && taken !== undefined && taken.to === undefined)
    view.takenEdges[edge] = { ...taken, to: event.path };
  places.steps.set(event.path, view.steps.length);
  view.steps.push(step);
}

/** The flow (and item, and visit) that a step stands in: its path without the last part. */
function frameOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** What steps inside of a failed one waited for is not wanted any more; they, and the flows that they stand in, are over. */
function dropWaits(view: RunView, path: string, at: string): void {
  const left = view.waits.filter((wait) => !isWithin(wait.path, path));
  if (left.length === view.waits.length) return;
  view.waits = left;
  if (left.length === 0) view.state = 'running';
  endSteps(view, at, (step) => isWithin(step.path, path));
}

function change(view: RunView, places: Places, path: string, make: (step: StepView) => StepView): void {
  const place = places.steps.get(path);
  const step = place === undefined ? undefined : view.steps[place];
  if (place !== undefined && step !== undefined) view.steps[place] = make(step);
}

function finish(view: RunView, state: RunState, at: string): void {
  view.state = state;
  view.finishedAt = at;
  view.waits = [];
  endSteps(view, at, () => true);
}

/** Steps that were under way are over: they did not fail by themselves, and they will not go on. */
function endSteps(view: RunView, at: string, which: (step: StepView) => boolean): void {
  for (const [i, step] of view.steps.entries()) {
    if ((step.state === 'running' || step.state === 'waiting' || step.state === 'queued') && which(step))
      view.steps[i] = { ...step, state: 'failed', finishedAt: at };
  }
}
