import type { FlowView } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunView, StepView } from '@rondo/shared/runs/fold.ts';
import { plainPath } from '@rondo/shared/runs/partial.ts';
import type { Words } from '../messages/useT.ts';
import { spanText } from '../parts/times.ts';
import type { StepMark, StepMarkState } from './marks.ts';
import { attemptsOf, itemsDone, stepNote } from './stepNotes.ts';

/**
 * What a run says about each step of a flow: of the run's own, or of one inside that is opened (then of all its visits
 * and items). Steps of other flows are not drawn here.
 *
 * @param now the moment that is looked at: waiting and running times are counted to it
 */
export function runMarks(
  view: FlowView,
  run: RunView,
  now: number,
  { tree, t }: { tree: JsonObject; t: Words },
): Map<string, StepMark> {
  const byNode = new Map<string, StepView[]>();
  for (const step of run.steps) {
    if (!view.nodeById.has(step.nodeId)) continue;
    const list = byNode.get(step.nodeId);
    if (list) list.push(step);
    else byNode.set(step.nodeId, [step]);
  }
  const taken = new Map<string, Set<string>>();
  for (const edge of run.takenEdges) {
    const id = plainPath(edge.from).split('/').at(-1) ?? '';
    const set = taken.get(id) ?? new Set();
    taken.set(id, set.add(edge.branch));
  }
  const items = itemsDone(run);
  const over = run.state === 'succeeded' || run.state === 'failed' || run.state === 'cancelled';
  const underWay = [...byNode.keys()].filter((id) => isUnderWay(byNode.get(id)));
  const reachable = reachableFrom(view, underWay);
  const marks = new Map<string, StepMark>();
  for (const node of view.nodes) {
    const visits = byNode.get(node.id) ?? [];
    const last = visits.at(-1);
    if (!last) {
      // passed by: the run is over, or went another way from which this step cannot be reached any more
      const skipped = over || (underWay.length > 0 && !reachable.has(node.id));
      marks.set(node.id, { state: skipped ? 'skipped' : 'unreached', time: '', branches: [], visits: 0 });
      continue;
    }
    const began = last.startedAt ? Date.parse(last.startedAt) : now;
    const ended = last.finishedAt ? Date.parse(last.finishedAt) : now;
    // a step without an error of its own was ended with its run: it did not fail
    const state: StepMarkState = last.state === 'failed' && last.error === null ? 'skipped' : last.state;
    const ms = Math.max(0, ended - began);
    const note = last.given ? t('testing.givenMark') : stepNote(last, attemptsOf(tree, node.component), items, t);
    marks.set(node.id, {
      state,
      time: state === 'queued' || (state === 'done' && ms < 10) ? '' : spanText(ms, t),
      branches: [...(taken.get(node.id) ?? [])],
      visits: visits.length,
      ...(note && { note }),
    });
  }
  return marks;
}

function isUnderWay(visits: StepView[] | undefined): boolean {
  const state = visits?.at(-1)?.state;
  return state === 'queued' || state === 'running' || state === 'waiting';
}

/** Every step that can still be reached from the steps that are under way. */
function reachableFrom(view: FlowView, starts: string[]): Set<string> {
  const seen = new Set<string>();
  let ring = starts;
  while (ring.length > 0) {
    const next: string[] = [];
    for (const edge of view.controlEdges) {
      if (ring.includes(edge.from) && !seen.has(edge.to)) {
        seen.add(edge.to);
        next.push(edge.to);
      }
    }
    ring = next;
  }
  return seen;
}
