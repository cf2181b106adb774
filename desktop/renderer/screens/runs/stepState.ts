import type { StepState, StepView } from '@rondo/shared/runs/fold.ts';

/** A step's state as people see it: one that ended without an error of its own was ended with its run. */
export function stepState(step: StepView): StepState | 'cancelled' {
  return step.state === 'failed' && step.error === null ? 'cancelled' : step.state;
}
