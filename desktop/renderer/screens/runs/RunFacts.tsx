import { runTriggers } from '@rondo/shared/runs/events.ts';
import type { RunView } from '@rondo/shared/runs/fold.ts';
import { isTerminal } from '@rondo/shared/runs/states.ts';
import type { Outputs } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { spanText } from '../../parts/times.ts';
import { When } from '../../parts/When.tsx';

interface RunFactsProps {
  run: Outputs['run']['get'];
  view: RunView;
  now: number;
  /** nodes of the flow; null when its document cannot be read */
  total: number | null;
  skipped: number;
}

/** When, by whom, how long, which version. */
export function RunFacts({ run, view, now, total, skipped }: RunFactsProps) {
  const t = useT();
  const began = run.startedAt ?? run.createdAt;
  const ended = view.finishedAt ?? run.finishedAt;
  const trigger = runTriggers.find((one) => one === run.trigger);
  const done = new Set(
    view.steps.filter((step) => step.state === 'done' && !step.path.includes('/')).map((step) => step.nodeId),
  ).size;
  const took = Math.max(0, (ended ? Date.parse(ended) : now) - Date.parse(began));
  const facts: [string, React.ReactNode][] = [
    [t('runs.started'), <When key="when" at={began} />],
    [isTerminal(view.state) ? t('runs.took') : t('runs.soFar'), spanText(took, t)],
    [t('runs.by'), run.actorName],
    [t('runs.from'), trigger ? t(`runs.trigger.${trigger}`) : run.trigger],
    [t('runs.version'), run.versionNumber ?? t('runs.draft')],
  ];
  if (total !== null) {
    facts.push([
      t('runs.steps'),
      skipped > 0 ? t('runs.stepsOfSkipped', { done, total, skipped }) : t('runs.stepsOf', { done, total }),
    ]);
  }
  if (run.deadlineAt && !isTerminal(view.state))
    facts.push([t('runs.deadline'), <When key="deadline" at={run.deadlineAt} />]);
  // runs that somebody waits for rank a little higher within their priority
  const priority = run.priority >= 10 ? 'high' : run.priority < 0 ? 'low' : null;
  if (priority) facts.push([t('runs.priority'), t(`flow.settings.priority.${priority}`)]);
  if (run.hold) facts.push([t('runs.held'), t('runs.heldWords')]);
  return (
    <dl className="run-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
