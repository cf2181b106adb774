import { Button } from '@mantine/core';
import type { RunView } from '@rondo/shared/runs/fold.ts';
import { isTerminal } from '@rondo/shared/runs/states.ts';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { Values } from '../canvas/inspector/TestTab.tsx';
import { spanWords } from '../canvas/spanWords.ts';
import type { CanvasUiStore } from '../canvas/ui.ts';
import { useT } from '../messages/useT.ts';
import { cancelRun, getRun, listRuns } from './flowApi.ts';

/** The runs of this flow in the drawer; choosing one draws it on the canvas. */
export function TestRuns({
  flowId,
  ui,
  shown,
  view,
  onTest,
}: {
  flowId: string;
  ui: CanvasUiStore;
  shown: string | null;
  view: RunView | null;
  onTest: () => void;
}) {
  const t = useT();
  const list = useQuery({ queryKey: ['run', 'list', { flowId }], queryFn: () => listRuns(flowId) });
  const state = view?.state;
  const { refetch } = list;
  useEffect(() => {
    if (state) void refetch();
  }, [state, refetch]);
  const runs = (list.data?.runs ?? []).filter((run) => run.trigger === 'test' || run.versionNumber === null);
  return (
    <div className="test-runs">
      <div className="test-list">
        <Button size="compact-sm" variant="default" onClick={onTest}>
          {t('flow.testRun.new')}
        </Button>
        {list.isError && <p className="faint">{list.error.message}</p>}
        {list.isSuccess && runs.length === 0 && <p className="faint">{t('flow.testRun.none')}</p>}
        {runs.map((run) => (
          <button
            key={run.id}
            type="button"
            aria-pressed={shown === run.id}
            onClick={() => ui.setState({ run: shown === run.id ? null : run.id })}
          >
            <b>{t('flow.testRun.number', { number: run.number })}</b>
            <span className={`run-state state-${run.state}`}>{t(`flow.runState.${run.state}`)}</span>
            <span className="faint">{new Date(run.createdAt).toLocaleTimeString()}</span>
          </button>
        ))}
      </div>
      {shown && view && <Shown runId={shown} view={view} onHide={() => ui.setState({ run: null })} />}
    </div>
  );
}

function Shown({ runId, view, onHide }: { runId: string; view: RunView; onHide: () => void }) {
  const t = useT();
  const waiting = view.waits.length > 0;
  const details = useQuery({
    queryKey: ['run', 'get', { runId }, view.state, view.waits.length],
    queryFn: () => getRun(runId),
  });
  const reviews = details.data?.reviews.filter((review) => review.state === 'open') ?? [];
  const finished = isTerminal(view.state);
  return (
    <div className="test-shown">
      <header>
        <span className={`run-state state-${view.state}`}>{t(`flow.runState.${view.state}`)}</span>
        <Link href={`/runs/${runId}`}>{t('flow.testRun.open')}</Link>
        {!finished && (
          <Button size="compact-sm" variant="subtle" color="red" onClick={() => void cancelRun(runId)}>
            {t('flow.testRun.cancel')}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={onHide}>
          {t('flow.testRun.hide')}
        </Button>
      </header>
      {waiting &&
        reviews.map((review) => (
          <p key={review.id} className="test-waits">
            {t('flow.testRun.waits', { title: review.title })}{' '}
            <Link href={`/inbox/${review.id}`}>{t('flow.testRun.openReview')}</Link>
          </p>
        ))}
      {view.error && <p className="step-error">{view.error.message}</p>}
      <ol>
        {view.steps.map((step) => (
          <li key={step.path}>
            <b>{step.name}</b>
            <span className={`run-state state-${step.state}`}>{t(`canvas.mark.${step.state}`)}</span>
            <span className="faint">
              {step.startedAt && step.finishedAt
                ? spanWords(Date.parse(step.finishedAt) - Date.parse(step.startedAt), t)
                : ''}
            </span>
          </li>
        ))}
      </ol>
      {view.outputs && (
        <>
          <h4>{t('flow.testRun.outputs')}</h4>
          <Values values={view.outputs} />
        </>
      )}
    </div>
  );
}
