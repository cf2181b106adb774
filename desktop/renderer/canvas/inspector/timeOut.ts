import { newNode } from '@rondo/shared/oas/create.ts';
import { feed } from '../dataGestures.ts';
import { addStep, connectSteps, edgeKey } from '../drawing.ts';
import type { Point } from '../geometry.ts';
import type { GestureDraft } from '../gesture.ts';
import { besides } from '../useAddStep.ts';

/** What a wait with a time-out tells, and the branches that follow it. */
export const outcomes = ['received', 'timed_out'] as const;

/**
 * Puts a step “Decide” after a wait: what came after the wait follows `received` (and `default`, which every
 * decision has); the branch `timed_out` is free.
 *
 * @returns the id of the new step
 */
export function branchOnTimeOut(
  draft: GestureDraft,
  waitId: string,
  name: string,
  positions: ReadonlyMap<string, Point>,
): string {
  const before = draft.view().controlEdges.find((edge) => edge.from === waitId);
  const decide = {
    ...newNode('decide', { name }),
    inputs: [{ title: 'outcome', type: 'string' }],
    branches: ['default', ...outcomes],
    mapping: Object.fromEntries(outcomes.map((outcome) => [outcome, outcome])),
  };
  const after = { node: waitId, branch: before?.branch ?? 'next' };
  const id = addStep(draft, decide, { at: besides(waitId, positions, 0), after, positions });
  const view = draft.view();
  for (const edge of view.controlEdges) {
    if (edge.from === id) draft.run({ type: 'disconnect', flow: view.id, edge: edgeKey(edge) });
  }
  if (before) for (const branch of ['received', 'default']) connectSteps(draft, id, branch, before.to);
  feed(draft, id, 'outcome', { node: waitId, output: 'outcome' });
  return id;
}
