import { Button } from '@mantine/core';
import { IconAlertCircleFilled, IconChevronRight, IconCircleCheckFilled, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { type Outputs, useMe } from '../../api/queries.ts';
import { errorWords } from '../../messages/journalWords.ts';
import { withTexts } from '../../messages/language.ts';
import { useT, type Words } from '../../messages/useT.ts';
import { Avatar } from '../../parts/Avatar.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { StateBadge, StateDot } from '../../parts/StateBadge.tsx';
import { StepSigns } from '../../parts/StepSigns.tsx';
import { dayWords, spanText } from '../../parts/times.ts';
import { useNow } from '../../parts/useNow.ts';
import { When } from '../../parts/When.tsx';
import { FlowMenu } from '../flows/FlowMenu.tsx';
import { ImportButton } from '../flows/ImportButton.tsx';
import { ImportFailureDialog } from '../flows/ImportFailureDialog.tsx';
import { NewFlowDialog } from '../flows/NewFlowDialog.tsx';
import { useImportFlow } from '../flows/useImportFlow.ts';
import { useTimetableWords } from '../schedules/useTimetableWords.ts';
import { FireTime } from './FireTime.tsx';
import { dayPart, firstName } from './greeting.ts';
import { LastRuns } from './LastRuns.tsx';
import { oftenWords } from './oftenWords.ts';

const RunFlowDialog = lazy(() => withTexts(['said'], import('../flows/RunFlowDialog.tsx')));

type Home = Outputs['home']['get'];
type FlowSummary = Home['recentFlows'][number];

/** Home of a team at work: what waits, what runs, what failed, what comes next, what one worked on. */
export function TeamHome({ home }: { home: Home }) {
  const t = useT();
  const wordsOf = useTimetableWords();
  const now = useNow();
  const { me, may } = useMe();
  const [making, setMaking] = useState(false);
  const [starting, setStarting] = useState<FlowSummary | null>(null);
  const flowImport = useImportFlow();
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1 className="title-1">
            {t(`home.greeting.${dayPart(now.getHours())}`, { name: firstName(me?.user.name ?? '') })}
          </h1>
          <p className="dim page-sub">
            {dayWords(now)}. {t('home.reviewsWait', { count: home.inboxOpen })}
          </p>
        </div>
        {may('flow.edit') && (
          <div className="page-actions">
            <ImportButton flowImport={flowImport} />
            <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
              {t('shell.do.newFlow')}
            </Button>
          </div>
        )}
      </div>
      <div className="home-grid">
        <div className="home-column">
          <Panel
            title={t('home.waiting')}
            count={home.inboxOpen}
            aside={
              <Link href="/inbox" className="link">
                {t('home.openInbox')}
              </Link>
            }
          >
            {home.waiting.length === 0 && (
              <p className="panel-empty row">
                <IconCircleCheckFilled size={18} color="var(--s-ok-dot)" aria-hidden="true" />
                {t('home.nothingWaits')}
              </p>
            )}
            {home.waiting.map((review) => (
              <Link key={review.id} href={`/inbox/${review.id}`} className="link-row">
                <Avatar name={review.flowName} />
                <span className="grow">
                  <strong>{review.title}</strong>
                  <small>{t('home.askedIn', { flow: review.flowName, number: review.runNumber })}</small>
                </span>
                <When at={review.createdAt} className="small dim nowrap" />
                <IconChevronRight size={16} aria-hidden="true" color="var(--r-faint)" />
              </Link>
            ))}
          </Panel>
          <Panel
            title={t('home.running')}
            count={home.running.length}
            aside={
              <Link href="/runs" className="link">
                {t('home.allRuns')}
              </Link>
            }
          >
            {home.running.length === 0 && <p className="panel-empty">{t('home.nothingRuns')}</p>}
            {home.running.map((run) => (
              <Link key={run.id} href={`/runs/${run.id}`} className="link-row">
                <StateBadge state={run.state} />
                <span className="grow">
                  <strong>{run.flowName}</strong>
                </span>
                <span className="small dim clip home-run-words">{run.waits[0]?.title ?? stepsWords(run, t)}</span>
                {run.steps !== null && run.stepsDone <= run.steps && (
                  // its words stand before it
                  <span className="home-progress" aria-hidden="true">
                    <span style={{ width: `${(100 * run.stepsDone) / Math.max(1, run.steps)}%` }} />
                  </span>
                )}
                <span className="small dim nowrap">{spanText(now.getTime() - Date.parse(run.createdAt), t)}</span>
              </Link>
            ))}
          </Panel>
        </div>
        <div className="home-column">
          <Panel title={t('home.failing')} count={home.failing.length}>
            {home.failing.length === 0 && (
              <p className="panel-empty row">
                <IconCircleCheckFilled size={18} color="var(--s-ok-dot)" aria-hidden="true" />
                {t('home.nothingFails')}
              </p>
            )}
            {home.failing.map((flow) => (
              <Link key={flow.runId} href={`/runs/${flow.runId}`} className="link-row home-failing">
                <IconAlertCircleFilled size={18} color="var(--s-bad-dot)" aria-hidden="true" />
                <span className="grow">
                  <strong>{flow.flowName}</strong>
                  <small>{errorWords(flow, t)}</small>
                  <span className="link">{t('home.seeRun')}</span>
                </span>
                <span className="small nowrap home-bad">
                  {t('home.failedOf', { failed: flow.failed, runs: flow.runs })}
                </span>
              </Link>
            ))}
          </Panel>
          <Panel
            title={t('home.nextFires')}
            aside={
              <Link href="/schedules" className="link">
                {t('shell.place.schedules')}
              </Link>
            }
          >
            {home.nextFires.length === 0 && <p className="panel-empty">{t('home.nothingFires')}</p>}
            {home.nextFires.map((fire) => (
              <Link key={`${fire.scheduleId} ${fire.at}`} href="/schedules" className="link-row">
                <FireTime at={fire.at} />
                <span className="grow">
                  <strong>{fire.flowName}</strong>
                </span>
                <span className="small dim clip home-fire-words" title={wordsOf(fire)}>
                  {oftenWords({ ...fire, words: wordsOf(fire) }, t)}
                </span>
              </Link>
            ))}
          </Panel>
        </div>
      </div>
      <div className="home-flows-head">
        <h2 className="title-3">{t('home.recentFlows')}</h2>
        <Link href="/flows" className="link">
          {t('home.allFlows')}
        </Link>
      </div>
      <div className="home-flows">
        {home.recentFlows.map((flow) => (
          <section key={flow.id} className="panel home-flow" aria-label={flow.name}>
            <div className="home-flow-top">
              <StepSigns signs={flow.signs} />
              <span className="grow" />
              <FlowMenu flow={flow} onRun={() => setStarting(flow)} />
            </div>
            <Link href={`/flows/${flow.id}`} className="home-flow-name clip">
              {flow.name}
            </Link>
            <div className="home-flow-line">
              {flow.lastRun ? (
                <span className="row nowrap" style={{ gap: 6 }}>
                  <StateDot state={flow.lastRun.state} /> <When at={flow.lastRun.at} />
                </span>
              ) : (
                <span>{t('home.notRunYet')}</span>
              )}
              <span className="nowrap">
                {flow.folder?.name ??
                  (flow.publishedNumber === null
                    ? t('flows.draft')
                    : t('flows.version', { number: flow.publishedNumber }))}
              </span>
            </div>
            <LastRuns runs={home.recentRuns.find((one) => one.flowId === flow.id)} />
          </section>
        ))}
      </div>
      <ImportFailureDialog flowImport={flowImport} />
      {making && <NewFlowDialog onClose={() => setMaking(false)} />}
      {starting?.publishedNumber != null && (
        <Suspense fallback={null}>
          <RunFlowDialog
            flowId={starting.id}
            name={starting.name}
            version={starting.publishedNumber}
            onClose={() => setStarting(null)}
          />
        </Suspense>
      )}
    </div>
  );
}

/** How far a run is: of how many steps, as long as none is gone through more than once. */
function stepsWords({ stepsDone, steps }: Home['running'][number], t: Words): string {
  return steps !== null && stepsDone <= steps
    ? t('home.stepsOf', { done: stepsDone, total: steps })
    : t('home.stepsDone', { count: stepsDone });
}
