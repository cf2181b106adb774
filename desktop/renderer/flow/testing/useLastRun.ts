import type { RunView } from '@rondo/shared/runs/fold.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { listRuns } from '../flowApi.ts';
import { useRunView } from '../useRunView.ts';
import type { LastRun } from './testPlan.ts';

/**
 * The run whose values are shown as the last ones: the one that is drawn, else the newest test run of the flow, also of
 * an earlier visit. Where that is a run of a part, the newest run of all of the draft says the rest.
 * @param shown the run that is drawn
 */
export function useLastRun(flowId: string, shown: string | null, view: RunView | null): LastRun | undefined {
  const list = useQuery({ queryKey: ['run', 'list', { flowId }], queryFn: () => listRuns(flowId) });
  const tests = list.data?.runs.filter((run) => run.trigger === 'test' || run.trigger === 'part');
  const newest = tests?.[0]?.id ?? null;
  const id = shown ?? newest;
  const other = useRunView(shown === null ? newest : null);
  const run = shown === null ? other : view;
  const isPart = run?.partial?.from !== undefined || run?.partial?.to !== undefined;
  const whole = isPart ? (tests?.find((one) => one.trigger === 'test' && one.id !== id)?.id ?? null) : null;
  const older = useRunView(whole);
  return useMemo(
    () =>
      id !== null && run
        ? { id, view: run, ...(older && whole !== null && { older: { id: whole, view: older } }) }
        : undefined,
    [id, run, older, whole],
  );
}

/** The last values of every step as one view: what the last run did not come to is as the older one left it. */
export function lastValuesOf(last: LastRun | undefined): RunView | null {
  if (!last) return null;
  const { view, older } = last;
  if (!older) return view;
  const newer = new Set(view.steps.map((step) => step.nodeId));
  return { ...view, steps: [...older.view.steps.filter((step) => !newer.has(step.nodeId)), ...view.steps] };
}
