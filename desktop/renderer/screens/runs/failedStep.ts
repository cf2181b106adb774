import type { RunView, StepView } from '@rondo/shared/runs/fold.ts';

/** The step that "try again" begins with: the innermost one that failed, or that was ended with the run. */
export function failedStepOf(view: RunView): StepView | undefined {
  const named = view.error?.step;
  const byName = named ? view.steps.find((step) => step.path === named && step.state === 'failed') : undefined;
  if (byName) return byName;
  let deepest: StepView | undefined;
  const depth = (step: StepView) => step.path.split('/').length;
  for (const step of view.steps)
    if (step.state === 'failed' && (!deepest || depth(step) > depth(deepest))) deepest = step;
  return deepest;
}
