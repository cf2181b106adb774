import type { StepState, StepView } from '@rondo/shared/runs/fold.ts';
import { itemOf } from '@rondo/shared/runs/paths.ts';
import { stepState } from './stepState.ts';

export interface StepRow {
  kind: 'step';
  step: StepView;
  depth: number;
}

/** One item of a "for each", or one flow of those side by side: a heading over its steps. */
export interface ItemRow {
  kind: 'item';
  /** `map[3]` */
  path: string;
  /** from 0 */
  index: number;
  /** of a step that runs flows side by side */
  isBranch: boolean;
  state: StepState | 'cancelled';
  steps: number;
  startedAt: string | null;
  /** null while something in it is under way */
  finishedAt: string | null;
  open: boolean;
  depth: number;
}

export type Row = StepRow | ItemRow;

/** Items are folded where there are more of them than this. */
const openItems = 3;

interface Item {
  index: number;
  state: StepState | 'cancelled';
  steps: number;
  startedAt: string | null;
  finishedAt: string | null;
}

const rank = { done: 0, cancelled: 1, queued: 2, running: 3, waiting: 4, failed: 5 } as const;

/**
 * The steps of a run as a list: each in its place, steps of flows inside below the step that runs them, items under a
 * heading of their own.
 *
 * @param toggled items that somebody opened (true) or folded, by their path
 * @param shown path of a step that must be seen: the items that it stands in are open unless somebody folded them
 */
export function stepRows(
  steps: readonly StepView[],
  toggled: ReadonlyMap<string, boolean>,
  shown: string | null = null,
): Row[] {
  const around = new Set(shown === null ? [] : itemsAround(shown));
  const children = new Map<string, StepView[]>();
  const items = new Map<string, Map<string, Item>>();
  for (const step of steps) {
    const frame = step.path.slice(0, Math.max(0, step.path.lastIndexOf('/')));
    const list = children.get(frame);
    if (list) list.push(step);
    else children.set(frame, [step]);
    for (let slash = step.path.indexOf('/'); slash > 0; slash = step.path.indexOf('/', slash + 1)) {
      addToItem(items, step.path.slice(0, slash), step);
    }
  }
  const rows: Row[] = [];
  const emit = (frame: string, depth: number) => {
    for (const step of children.get(frame) ?? []) {
      rows.push({ kind: 'step', step, depth });
      if (children.has(step.path)) emit(step.path, depth + 1);
      const inside = [...(items.get(step.path) ?? [])].sort((a, b) => a[1].index - b[1].index);
      for (const [path, item] of inside) {
        const open = toggled.get(path) ?? (around.has(path) || inside.length <= openItems);
        rows.push({ kind: 'item', path, isBranch: step.type === 'ParallelFlowNode', ...item, open, depth: depth + 1 });
        if (open) emit(path, depth + 2);
      }
    }
  };
  emit('', 0);
  return rows;
}

function addToItem(items: Map<string, Map<string, Item>>, frame: string, step: StepView): void {
  const item = itemOf(frame);
  if (!item) return;
  const of = items.get(item.step) ?? new Map<string, Item>();
  items.set(item.step, of);
  const state = stepState(step);
  const old = of.get(frame);
  if (!old) {
    of.set(frame, { index: item.index, state, steps: 1, startedAt: step.startedAt, finishedAt: step.finishedAt });
    return;
  }
  old.steps += 1;
  if (rank[state] > rank[old.state]) old.state = state;
  if (old.finishedAt !== null && (step.finishedAt === null || step.finishedAt > old.finishedAt))
    old.finishedAt = step.finishedAt;
}

/** Paths of the items that a step stands in, the outermost first. */
function itemsAround(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(0, -1).flatMap((part, index) => (itemOf(part) ? [parts.slice(0, index + 1).join('/')] : []));
}
