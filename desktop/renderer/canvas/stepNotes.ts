import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunView, StepView } from '@rondo/shared/runs/fold.ts';
import { itemOf } from '@rondo/shared/runs/paths.ts';
import type { Words } from '../messages/useT.ts';
import { clockWords, exactTime, secondWords } from '../parts/times.ts';
import { carriedPolicy, triesOfSpec, triesOfStep } from './inspector/policy.ts';
import { rondoData } from './stepKinds.ts';

/** How often a step is tried at most, by what its document says. */
export function attemptsOf(tree: JsonObject, component: JsonObject): number {
  const carried = carriedPolicy(tree, component);
  return carried ? triesOfSpec(carried.policy).attempts : triesOfStep(rondoData(component).policy).attempts;
}

/** When the next try comes: to the second when that is soon. */
export function tryTime(at: string): string {
  const ahead = Date.parse(at) - Date.now();
  if (ahead < 120_000) return secondWords(at);
  return ahead < 12 * 3_600_000 ? clockWords(at) : exactTime(new Date(at));
}

/** "try 2 of 3 at 10:42": how it stands with the tries of a step; empty where there is nothing to say. */
function tryWords(step: StepView, attempts: number, t: Words): string {
  if (step.retryAt !== null) {
    const attempt = step.attempt + 1;
    return t('canvas.note.again', { attempt, total: Math.max(attempts, attempt), at: tryTime(step.retryAt) });
  }
  const underWay = step.state === 'running' || step.state === 'waiting';
  if (underWay && step.attempt > 1)
    return t('canvas.note.try', { attempt: step.attempt, total: Math.max(attempts, step.attempt) });
  return underWay && step.cutOffs > 0 ? t('canvas.note.cutOff', { count: step.cutOffs }) : '';
}

/** How many items a step goes through, by its inputs; undefined for a step that is no "for each". */
function itemCount(step: StepView): number | undefined {
  if (step.type !== 'MapNode' && step.type !== 'ParallelMapNode') return undefined;
  const lists = Object.entries(step.inputs).flatMap(([name, value]) =>
    name.startsWith('iterated_') && Array.isArray(value) ? [value.length] : [],
  );
  return lists.length > 0 ? Math.max(...lists) : undefined;
}

/** Paths of steps that go through items, and how far they are. */
export type ItemsDone = ReadonlyMap<string, { begun: number; done: number }>;

/** Items of each "for each" that have begun, and those of them in which nothing is under way any more. */
export function itemsDone(run: RunView): ItemsDone {
  const open = new Map<string, Map<string, boolean>>();
  for (const step of run.steps) {
    const slash = step.path.indexOf('/');
    const frame = step.path.slice(0, Math.max(0, slash));
    const item = itemOf(frame);
    if (!item) continue;
    const items = open.get(item.step) ?? new Map<string, boolean>();
    open.set(item.step, items);
    const underWay = step.state === 'running' || step.state === 'waiting' || step.state === 'queued';
    items.set(frame, (items.get(frame) ?? false) || underWay);
  }
  return new Map(
    [...open].map(([container, items]) => {
      const busy = [...items.values()].filter(Boolean).length;
      return [container, { begun: items.size, done: items.size - busy }];
    }),
  );
}

/** "37 of 100 items", or "37 items done" where the list is too long to be at hand; empty for other steps. */
function itemWords(step: StepView, items: { begun: number; done: number } | undefined, t: Words): string {
  const total = itemCount(step);
  if (total === undefined) return items ? t('canvas.note.itemsDone', { done: items.done }) : '';
  const done = step.state === 'done' ? total : Math.min(total, items?.done ?? 0);
  return t('canvas.note.items', { done, total });
}

/** All that is to be said beside a step of a run: "try 2 of 3, 37 of 100 items"; empty where there is nothing to say. */
export function stepNote(step: StepView, attempts: number, items: ItemsDone, t: Words): string {
  return [tryWords(step, attempts, t), itemWords(step, items.get(step.path), t)].filter(Boolean).join(', ');
}
