import type { FlowView } from '@rondo/shared/oas/flow.ts';
import { rondoOf } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject, ownList, ownObject } from '@rondo/shared/oas/json.ts';
import { type GroupNode, type NoteNode, shownFrames } from '../canvas/frames/frameNodes.ts';
import type { Point } from '../canvas/geometry.ts';
import type { DrawnDiff } from './drawnDiff.ts';

/**
 * The notes and groups of two states of a flow, behind its steps: those of the one after, and those that went where they
 * stood.
 * @param known ids before of steps that have another id after
 */
export function drawnFrames(
  drawn: DrawnDiff,
  before: FlowView | undefined,
  after: FlowView | undefined,
  known: ReadonlyMap<string, string>,
  positions: ReadonlyMap<string, Point>,
): (NoteNode | GroupNode)[] {
  const of = (component: JsonObject | undefined) =>
    component ? shownFrames({ ...drawn.view, component }, positions) : [];
  const now = of(after && withKnownSteps(after.component, known));
  const there = new Set(now.map(({ id }) => id));
  return [...of(before?.component).filter(({ id }) => !there.has(id)), ...now];
}

/** A flow whose groups name their steps by the ids before. */
function withKnownSteps(component: JsonObject, known: ReadonlyMap<string, string>): JsonObject {
  const rondo = rondoOf(component);
  const groups = ownObject(rondo, 'groups');
  if (!groups || known.size === 0) return component;
  const renamed = Object.entries(groups).map(([id, group]) => {
    const steps = isObject(group) ? ownList(group, 'steps') : [];
    const same = steps.map((step) => (typeof step === 'string' ? (known.get(step) ?? step) : step));
    return [id, isObject(group) ? { ...group, steps: same } : group];
  });
  return {
    ...component,
    metadata: { __metadata_info__: { rondo: { ...rondo, groups: Object.fromEntries(renamed) } } },
  };
}
