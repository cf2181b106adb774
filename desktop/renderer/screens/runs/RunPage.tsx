import './runs.css';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { componentsOf } from '@rondo/shared/oas/references.ts';
import { fold } from '@rondo/shared/runs/fold.ts';
import { isTerminal } from '@rondo/shared/runs/states.ts';
import { useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { type Outputs, useMe, useRead } from '../../api/queries.ts';
import { viewOf } from '../../canvas/EditorContext.tsx';
import { parse } from '../../canvas/editor.ts';
import { RunCanvas } from '../../canvas/RunCanvas.tsx';
import { attemptsOf } from '../../canvas/stepNotes.ts';
import { useT } from '../../messages/useT.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { usePageTitle } from '../../parts/Page.tsx';
import { PageSkeleton } from '../../parts/Skeletons.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { useNow } from '../../parts/useNow.ts';
import { happeningWords } from './playing.ts';
import { RetryDialog } from './RetryDialog.tsx';
import { RunActions } from './RunActions.tsx';
import { RunAgain } from './RunAgain.tsx';
import { RunFacts } from './RunFacts.tsx';
import { RunLinks } from './RunLinks.tsx';
import { RunNotices } from './RunNotices.tsx';
import { RunTabs } from './RunTabs.tsx';
import { Scrubber } from './Scrubber.tsx';
import { StepValues } from './StepValues.tsx';
import { stepSigns } from './stepSigns.ts';
import type { Asked } from './TryAgain.tsx';
import { useRunEvents } from './useRunEvents.ts';

type Run = Outputs['run']['get'];

/** One run: what it did, step by step, on its flow and through time. */
export function RunPage({ runId }: { runId: string }) {
  const run = useRead('run', 'get', { runId });
  const journal = useRunEvents(runId, run.data?.state);
  const error = run.error ?? journal.error;
  if (run.data && journal.events) return <Opened run={run.data} events={journal.events} />;
  if (error) {
    return (
      <ErrorState
        whole
        error={error}
        onAgain={() => {
          void run.refetch();
          journal.retry();
        }}
      />
    );
  }
  return <PageSkeleton />;
}

function Opened({ run, events }: { run: Run; events: NonNullable<ReturnType<typeof useRunEvents>['events']> }) {
  const t = useT();
  const [, navigate] = useLocation();
  const { may } = useMe();
  const [count, setCount] = useState<number | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [asking, setAsking] = useState<Asked | null>(null);
  usePageTitle(t('runs.number', { number: run.number }));
  const present = useMemo(() => fold(events), [events]);
  const seen = useMemo(() => (count === null ? events : events.slice(0, count)), [events, count]);
  const view = useMemo(() => (count === null ? present : fold(seen)), [present, seen, count]);
  const times = useMemo(() => events.map((event) => event.at), [events]);
  const tree = useMemo<JsonObject | null>(() => parse(run.documentText) ?? null, [run.documentText]);
  const kindOf = useMemo(() => stepSigns(tree), [tree]);
  const triesOf = useMemo(() => {
    const components = tree ? componentsOf(tree) : new Map<string, { component: JsonObject }>();
    return (nodeId: string) => {
      const node = components.get(nodeId)?.component;
      return tree && node ? attemptsOf(tree, node) : 1;
    };
  }, [tree]);
  const flow = useMemo(() => (tree ? viewOf(tree, null) : null), [tree]);
  const clock = useNow().getTime();
  const at = count === null ? undefined : seen.at(-1)?.at;
  // the journal knows the end before the list of runs does
  const state = isTerminal(present.state) ? present.state : run.state;
  const over = isTerminal(state);
  const lastAt = events.at(-1)?.at;
  const now = at
    ? Date.parse(at)
    : over && lastAt
      ? Date.parse(lastAt)
      : Math.max(clock, lastAt ? Date.parse(lastAt) : 0);
  const skipped = useMemo(() => {
    if (!flow || !isTerminal(view.state)) return [];
    const visited = new Set(view.steps.map((step) => step.nodeId));
    return flow.nodes.filter((node) => !visited.has(node.id));
  }, [flow, view]);
  const mayRetry = over && run.flowId !== null && run.valuesRemovedAt === null && may('run.start');
  const failed = view.steps.findLast((step) => step.state === 'failed');
  const step = view.steps.find((one) => one.path === chosen) ?? failed ?? view.steps.at(-1);
  return (
    <div className="page">
      <nav className="crumbs">
        <Link href="/runs">{t('runs.title')}</Link>
        <span aria-hidden="true">/</span>
        {run.flowId ? <Link href={`/runs?flow=${run.flowId}`}>{run.flowName}</Link> : <span>{run.flowName}</span>}
      </nav>
      <header className="page-head">
        <div className="run-title">
          <h1>{t('runs.number', { number: run.number })}</h1>
          <StateBadge state={state} />
        </div>
        <RunActions
          run={run}
          view={present}
          events={events}
          over={over}
          inputs={flow?.inputs ?? null}
          onAsk={setAsking}
          onStarted={(id) => navigate(`/runs/${id}`)}
        />
      </header>
      <RunFacts run={run} view={present} now={now} total={flow?.nodes.length ?? null} skipped={skipped.length} />
      <RunNotices run={run} view={present} over={over} />
      <RunLinks run={run} />
      <section className="run-canvas" aria-label={t('runs.canvas')}>
        <RunCanvas
          documentText={run.documentText}
          run={view}
          {...(at !== undefined && { time: at })}
          selected={step?.nodeId ?? null}
          {...(mayRetry && {
            onAgain: (nodeId: string) => {
              const path = view.steps.findLast((one) => one.nodeId === nodeId)?.path;
              if (path !== undefined) setAsking({ kind: 'retry', from: path });
            },
          })}
          onSelect={(nodeId) => setChosen(view.steps.findLast((one) => one.nodeId === nodeId)?.path ?? null)}
        />
      </section>
      <Scrubber
        times={times}
        count={count}
        happening={count === null ? undefined : happeningWords(seen.at(-1), view, t)}
        onChange={setCount}
      />
      <div className="run-below">
        <RunTabs
          run={run}
          view={view}
          events={seen}
          now={now}
          kindOf={kindOf}
          attemptsOf={triesOf}
          skipped={skipped}
          selected={step?.path ?? null}
          shown={chosen ?? failed?.path ?? null}
          onSelect={setChosen}
        />
        <section className="panel">
          {step ? (
            <StepValues
              runId={run.id}
              key={step.path}
              step={step}
              kind={kindOf(step.nodeId, step.type)}
              {...(mayRetry && { onAgain: () => setAsking({ kind: 'retry', from: step.path }) })}
            />
          ) : (
            <p className="empty">{t('runs.noStep')}</p>
          )}
        </section>
      </div>
      {asking?.kind === 'again' && flow && (
        <RunAgain
          run={run}
          inputs={flow.inputs}
          onClose={() => setAsking(null)}
          onStarted={(id) => navigate(`/runs/${id}`)}
        />
      )}
      {asking?.kind === 'retry' && flow && tree && (
        <RetryDialog
          run={run}
          view={present}
          tree={tree}
          inputs={flow.inputs}
          from={asking.from}
          onClose={() => setAsking(null)}
          onStarted={(id) => navigate(`/runs/${id}`)}
        />
      )}
    </div>
  );
}
