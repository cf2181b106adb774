import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Outputs, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Page } from '../../parts/Page.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { tell, tellFailure } from '../../parts/tell.ts';
import { When } from '../../parts/When.tsx';

const askedEvery = 3_000;

/** What waits in the queue, by flow; the whole queue can be paused here. */
export function Queue() {
  const t = useT();
  const queue = useRead('queue', 'get', {}, { refetchInterval: askedEvery });
  const pause = useWrite('queue', 'pause', ['queue', 'run']);
  const resume = useWrite('queue', 'resume', ['queue', 'run']);
  const [asking, setAsking] = useState(false);
  const data = queue.data;
  return (
    <Page
      title={t('admin.queue.title')}
      subtitle={t('admin.queue.words')}
      actions={
        data &&
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
        ))
      }
    >
      {queue.error && !data ? (
        <ErrorState error={queue.error} onAgain={() => void queue.refetch()} />
      ) : data ? (
        <Numbers data={data} />
      ) : (
        <div className="panel">
          <RowsSkeleton rows={4} />
        </div>
      )}
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

function Numbers({ data }: { data: Outputs['queue']['get'] }) {
  const t = useT();
  const numbers = ['queued', 'gated', 'running', 'waiting'] as const;
  return (
    <>
      <dl className="queue-numbers">
        {numbers.map((name) => (
          <div key={name}>
            <dt>{t(`admin.queue.${name}`)}</dt>
            <dd>{data[name]}</dd>
          </div>
        ))}
        {data.oldestQueuedAt && (
          <div>
            <dt>{t('admin.queue.oldest')}</dt>
            <dd>
              <When at={data.oldestQueuedAt} />
            </dd>
          </div>
        )}
      </dl>
      <div className="panel">
        {data.flows.length === 0 ? (
          <EmptyState icon={IconStack2} title={t('admin.queue.empty')} />
        ) : (
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
        )}
      </div>
    </>
  );
}
