import type { RunEvent } from './events.ts';
import { isWithin, itemOf } from './paths.ts';

/**
 * What a run that tries another one again takes over of its journal, in order: for every step that need not be done
 * again its start, messages, waits, answers and end; of the flows and maps that `from` stands in only their start.
 *
 * A step need not be done again when it had succeeded before `from` first began, or when it stands in another item of
 * a map, or another branch side by side, than `from`. Cut-offs and pauses stay behind, and failures too, but for those
 * beside `from` that came before it: whoever goes on after a failure (an agent whose tool failed) knows of it.
 *
 * @param from path of the step to begin with; null = the start, and nothing is taken over
 */
export function takenOver(events: readonly RunEvent[], from: string | null): RunEvent[] {
  if (from === null) return [];
  const begun = events.findIndex((event) => event.kind === 'step_started' && event.path === from);
  const around = new Set(containersOf(from));
  const kept = new Set<string>();
  for (const [index, event] of events.entries()) {
    if (event.kind === 'step_failed' && event.retryAt === undefined && index < begun && isInFrame(event.path, from))
      kept.add(event.path);
    if (event.kind !== 'step_succeeded' || around.has(event.path) || isWithin(event.path, from)) continue;
    if (begun === -1 || index < begun || isBeside(event.path, from)) kept.add(event.path);
  }
  const lastStart = new Map<string, RunEvent>();
  for (const event of events) if (event.kind === 'step_started') lastStart.set(event.path, event);
  return events.filter((event) => {
    switch (event.kind) {
      case 'step_started':
        return (kept.has(event.path) || around.has(event.path)) && lastStart.get(event.path) === event;
      case 'step_failed':
        return kept.has(event.path) && event.retryAt === undefined;
      case 'step_succeeded':
      case 'message':
      case 'wait_started':
      case 'wait_answered':
        return kept.has(event.path);
      default:
        return false;
    }
  });
}

/**
 * The step that a run should begin with again: the innermost one that failed, or, in a run that was ended from outside,
 * the innermost one that was under way. Null = it had not come to any step.
 */
export function failedStep(events: readonly RunEvent[]): string | null {
  const open = new Set<string>();
  for (const event of events) {
    if (event.kind === 'step_started') open.add(event.path);
    else if (event.kind === 'step_succeeded') open.delete(event.path);
    else if (event.kind === 'run_failed' && event.error.step !== null && open.has(event.error.step))
      return event.error.step;
  }
  let deepest: string | null = null;
  for (const path of open) if (deepest === null || depthOf(path) > depthOf(deepest)) deepest = path;
  return deepest;
}

/** Paths of the steps whose flows a step stands in: `map[3]/call/a` → `map`, `map[3]/call`. */
function containersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(0, -1).map((_, index) => {
    const container = parts.slice(0, index + 1).join('/');
    return itemOf(container)?.step ?? container;
  });
}

/** Does a step stand in the same flow (or item, or agent) as the other one, or as something that this one stands in? */
function isInFrame(path: string, other: string): boolean {
  return !isWithin(other, path) && other.startsWith(path.slice(0, path.lastIndexOf('/') + 1));
}

/** Do two steps stand in different items of the same map, or branches of the same step? */
function isBeside(path: string, other: string): boolean {
  const one = path.split('/');
  const two = other.split('/');
  const at = one.findIndex((part, index) => part !== two[index]);
  const a = itemOf(one[at] ?? '');
  const b = itemOf(two[at] ?? '');
  return a !== undefined && b !== undefined && a.step === b.step;
}

function depthOf(path: string): number {
  return path.split('/').length;
}
