import { Button } from '@mantine/core';
import type { RunView } from '@rondo/shared/runs/fold.ts';
import { isTerminal } from '@rondo/shared/runs/states.ts';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { Values } from '../canvas/inspector/TestTab.tsx';
import type { CanvasUiStore } from '../canvas/ui.ts';
import { errorWords } from '../messages/journalWords.ts';
import { useT } from '../messages/useT.ts';
import { secondWords, spanText } from '../parts/times.ts';
import { cancelRun, getRun, listRuns } from './flowApi.ts';
import { KeepAsTest } from './testing/KeepAsTest.tsx';
import { partWords } from './testing/partWords.ts';

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
  // runs of pinned tests stand with their tests
  const runs = (list.data?.runs ?? []).filter(
    (run) => run.versionNumber === null && (run.trigger !== 'check' || run.id === shown),
  );
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
            <span className="faint">{secondWords(run.createdAt)}</span>
          </button>
        ))}
      </div>
      {shown && view && (
        <Shown
          runId={shown}
          number={runs.find((run) => run.id === shown)?.number ?? 0}
          view={view}
          onHide={() => ui.setState({ run: null })}
        />
      )}
    </div>
  );
}

interface ShownProps {
  runId: string;
  number: number;
  view: RunView;
  onHide: () => void;
}

function Shown({ runId, number, view, onHide }: ShownProps) {
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
        <output className={`run-state state-${view.state}`}>{t(`flow.runState.${view.state}`)}</output>
        <Link href={`/runs/${runId}`}>{t('flow.testRun.open')}</Link>
        <KeepAsTest runId={runId} number={number} run={view} />
        {!finished && (
          <Button size="compact-sm" variant="subtle" color="red" onClick={() => void cancelRun(runId)}>
            {t('flow.testRun.cancel')}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={onHide}>
          {t('flow.testRun.hide')}
        </Button>
      </header>
      {view.partial && <p className="faint">{partWords(view, t)}</p>}
      {waiting &&
        reviews.map((review) => (
          <p key={review.id} className="test-waits">
            {t('flow.testRun.waits', { title: review.title })}{' '}
            <Link href={`/inbox/${review.id}`}>{t('flow.testRun.openReview')}</Link>
          </p>
        ))}
      {view.error && <p className="step-error">{errorWords(view.error, t)}</p>}
      <ol>
        {view.steps.map((step) => (
          <li key={step.path}>
            <b>{step.name}</b>
            <span className={step.given ? 'run-state' : `run-state state-${step.state}`}>
              {step.given ? t('testing.givenShort') : t(`canvas.mark.${step.state}`)}
            </span>
            <span className="faint">
              {step.startedAt && step.finishedAt && !step.given
                ? spanText(Date.parse(step.finishedAt) - Date.parse(step.startedAt), t)
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
