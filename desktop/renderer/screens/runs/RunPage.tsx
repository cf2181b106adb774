import './runs.css';
import { Button } from '@mantine/core';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { fold } from '@rondo/shared/runs/fold.ts';
import { isTerminal } from '@rondo/shared/runs/states.ts';
import { IconPlayerStop, IconRefresh, IconSitemap } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { type Outputs, useMe, useRead, useWrite } from '../../api/queries.ts';
import { viewOf } from '../../canvas/EditorContext.tsx';
import { parse } from '../../canvas/editor.ts';
import { RunCanvas } from '../../canvas/RunCanvas.tsx';
import { useT } from '../../messages/useT.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { usePageTitle } from '../../parts/Page.tsx';
import { PageSkeleton } from '../../parts/Skeletons.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { tell } from '../../parts/tell.ts';
import { useNow } from '../../parts/useNow.ts';
import { RunAgain } from './RunAgain.tsx';
import { RunFacts } from './RunFacts.tsx';
import { RunTabs } from './RunTabs.tsx';
import { Scrubber } from './Scrubber.tsx';
import { StepValues } from './StepValues.tsx';
import { stepSigns } from './stepSigns.ts';
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
  const [asking, setAsking] = useState<'cancel' | 'again' | null>(null);
  const cancel = useWrite('run', 'cancel', ['run', 'review', 'home']);
  usePageTitle(t('runs.number', { number: run.number }));
  const present = useMemo(() => fold(events), [events]);
  const seen = useMemo(() => (count === null ? events : events.slice(0, count)), [events, count]);
  const view = useMemo(() => (count === null ? present : fold(seen)), [present, seen, count]);
  const tree = useMemo<JsonObject | null>(() => parse(run.documentText) ?? null, [run.documentText]);
  const kindOf = useMemo(() => stepSigns(tree), [tree]);
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
  const failed = view.steps.findLast((step) => step.state === 'failed');
  const step = view.steps.find((one) => one.path === chosen) ?? failed ?? view.steps.at(-1);
  const review = run.reviews.find((one) => one.state === 'open');
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
        <div className="page-actions">
          {!over && may('run.cancel') && (
            <Button variant="default" leftSection={<IconPlayerStop size={16} />} onClick={() => setAsking('cancel')}>
              {t('runs.cancel')}
            </Button>
          )}
          {run.flowId && flow && may('run.start') && (
            <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={() => setAsking('again')}>
              {t('runs.again')}
            </Button>
          )}
          {run.flowId && (
            <Button
              component={Link}
              href={`/flows/${run.flowId}`}
              variant="default"
              leftSection={<IconSitemap size={16} />}
            >
              {t('runs.openFlow')}
            </Button>
          )}
        </div>
      </header>
      <RunFacts run={run} view={present} now={now} total={flow?.nodes.length ?? null} skipped={skipped.length} />
      {review && !over && (
        <Notice
          tone="wait"
          aside={
            <Button component={Link} href={`/inbox/${review.id}`} variant="default" size="xs">
              {t('runs.decide')}
            </Button>
          }
        >
          {t('runs.waiting', { title: review.title })}
        </Notice>
      )}
      {present.error && <Notice tone="bad">{t('runs.failed', { message: present.error.message })}</Notice>}
      <section className="run-canvas" aria-label={t('runs.canvas')}>
        <RunCanvas
          documentText={run.documentText}
          run={view}
          {...(at !== undefined && { time: at })}
          selected={step?.nodeId ?? null}
          onSelect={(nodeId) => setChosen(view.steps.findLast((one) => one.nodeId === nodeId)?.path ?? null)}
        />
      </section>
      <Scrubber times={events.map((event) => event.at)} count={count} onChange={setCount} />
      <div className="run-below">
        <RunTabs
          run={run}
          view={view}
          events={seen}
          now={now}
          kindOf={kindOf}
          skipped={skipped}
          selected={step?.path ?? null}
          onSelect={setChosen}
        />
        <section className="panel">
          {step ? (
            <StepValues key={step.path} step={step} kind={kindOf(step.nodeId, step.type)} />
          ) : (
            <p className="empty">{t('runs.noStep')}</p>
          )}
        </section>
      </div>
      {asking === 'cancel' && (
        <ConfirmDialog
          title={t('runs.cancelTitle', { number: run.number })}
          words={t('runs.cancelWords')}
          action={t('runs.cancel')}
          busy={cancel.isPending}
          error={cancel.error?.message}
          onClose={() => setAsking(null)}
          onYes={() =>
            cancel.mutate(
              { runId: run.id },
              {
                onSuccess: () => {
                  setAsking(null);
                  tell(t('runs.cancelled', { number: run.number }));
                },
              },
            )
          }
        />
      )}
      {asking === 'again' && flow && (
        <RunAgain
          run={run}
          inputs={flow.inputs}
          onClose={() => setAsking(null)}
          onStarted={(id) => navigate(`/runs/${id}`)}
        />
      )}
    </div>
  );
}
