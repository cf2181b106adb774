import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconRefreshAlert, IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { type Outputs, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { FilterChoice, ListFilters } from '../../parts/ListFilters.tsx';
import { NoMatch } from '../../parts/NoMatch.tsx';
import { Page } from '../../parts/Page.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { tell, tellFailure } from '../../parts/tell.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { When } from '../../parts/When.tsx';

const askedEvery = 3_000;
const numbers = ['queued', 'gated', 'running', 'waiting'] as const;
const filterNames = ['search', 'state'] as const;

type Queue = Outputs['queue']['get'];

/** What waits in the queue, by flow; the whole queue can be paused here. Failed runs are treated where runs are listed. */
export function Queue() {
  const t = useT();
  const [, navigate] = useLocation();
  const filters = useFilters(filterNames);
  const search = filters.value('search');
  const having = numbers.find((one) => one === filters.value('state'));
  const filter = { ...(search && { search }), ...(having && { having }) };
  const queue = useRead('queue', 'get', filter, { refetchInterval: askedEvery, keep: true });
  const pause = useWrite('queue', 'pause', ['queue', 'run']);
  const resume = useWrite('queue', 'resume', ['queue', 'run']);
  const [asking, setAsking] = useState(false);
  const data = queue.data;
  return (
    <Page
      title={t('admin.queue.title')}
      subtitle={t('admin.queue.words')}
      actions={
        <>
          <Button
            component={Link}
            href="/runs?state=failed"
            variant="default"
            leftSection={<IconRefreshAlert size={16} />}
          >
            {t('admin.queue.failed')}
          </Button>
          {data &&
            (data.paused ? (
              <Button
                leftSection={<IconPlayerPlay size={16} />}
                loading={resume.isPending}
                onClick={() =>
                  resume.mutate(
                    {},
                    {
                      onSuccess: () => tell(t('admin.queue.goesOn')),
                      onError: (error) => tellFailure(error, t('admin.queue.notDone')),
                    },
                  )
                }
              >
                {t('admin.queue.resume')}
              </Button>
            ) : (
              <Button variant="default" leftSection={<IconPlayerPause size={16} />} onClick={() => setAsking(true)}>
                {t('admin.queue.pause')}
              </Button>
            ))}
        </>
      }
    >
      <Numbers data={data} />
      <ListFilters filters={filters} search={t('admin.queue.search')}>
        <FilterChoice
          filters={filters}
          name="state"
          label={t('admin.queue.having')}
          any={t('admin.queue.having')}
          data={numbers.map((value) => ({ value, label: t(`admin.queue.${value}`) }))}
          width={190}
        />
      </ListFilters>
      <div className="panel">
        {queue.error && !data ? (
          <ErrorState error={queue.error} onAgain={() => void queue.refetch()} />
        ) : !data ? (
          <RowsSkeleton rows={4} />
        ) : data.flows.length === 0 && filters.count > 0 ? (
          <NoMatch title={t('admin.queue.noMatch')} filters={filters} />
        ) : data.flows.length === 0 ? (
          <EmptyState
            icon={IconStack2}
            title={t('admin.queue.empty')}
            action={{ label: t('runs.empty.action'), run: () => navigate('/flows') }}
          />
        ) : (
          <FlowsTable data={data} />
        )}
      </div>
      {asking && (
        <ConfirmDialog
          title={t('admin.queue.pauseTitle')}
          words={t('admin.queue.pauseWords')}
          action={t('admin.queue.pause')}
          busy={pause.isPending}
          error={pause.error?.message}
          onClose={() => setAsking(false)}
          onYes={() => pause.mutate({}, { onSuccess: () => setAsking(false) })}
        />
      )}
    </Page>
  );
}

/** How many runs are where; before they are known their places are kept. */
function Numbers({ data }: { data: Queue | undefined }) {
  const t = useT();
  return (
    <dl className="queue-numbers">
      {numbers.map((name) => (
        <div key={name}>
          <dt>{t(`admin.queue.${name}`)}</dt>
          <dd>{data ? data[name] : '–'}</dd>
        </div>
      ))}
      {data?.oldestQueuedAt && (
        <div>
          <dt>{t('admin.queue.oldest')}</dt>
          <dd>
            <When at={data.oldestQueuedAt} />
          </dd>
        </div>
      )}
    </dl>
  );
}

function FlowsTable({ data }: { data: Queue }) {
  const t = useT();
  return (
    <>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th>{t('admin.queue.flow')}</th>
              {numbers.map((name) => (
                <th key={name} className="end">
                  {t(`admin.queue.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.flows.map((flow) => (
              <tr key={flow.flowId ?? ''}>
                <td>
                  {flow.flowId ? (
                    <Link href={`/runs?flow=${flow.flowId}`}>{flow.flowName}</Link>
                  ) : (
                    t('admin.queue.noFlow')
                  )}
                  {flow.paused && <span className="dim"> {t('admin.queue.flowPaused')}</span>}
                </td>
                {numbers.map((name) => (
                  <td key={name} className="end">
                    {flow[name]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {data.more > 0 && <p className="panel-empty">{t('admin.queue.more', { count: data.more })}</p>}
    </>
  );
}
