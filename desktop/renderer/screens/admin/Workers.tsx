import { Button } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import { type Outputs, useMe, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Page } from '../../parts/Page.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { tell, tellFailure } from '../../parts/tell.ts';
import { When } from '../../parts/When.tsx';

const askedEvery = 2_000;

type Worker = Outputs['worker']['list']['workers'][number];

/** The processes that run flows: what each is at, and one can be drained before it is taken away. */
export function Workers() {
  const t = useT();
  const list = useRead('worker', 'list', {}, { refetchInterval: askedEvery });
  const workers = list.data?.workers;
  return (
    <Page title={t('admin.workers.title')} subtitle={t('admin.workers.words')}>
      {list.error && !workers ? (
        <ErrorState error={list.error} onAgain={() => void list.refetch()} />
      ) : !workers ? (
        <div className="panel">
          <RowsSkeleton rows={3} />
        </div>
      ) : (
        <div className="panel">
          {workers.length === 0 ? (
            <EmptyState icon={IconCpu} title={t('admin.workers.empty')} />
          ) : (
            <WorkersTable workers={workers} version={list.data?.version ?? ''} />
          )}
        </div>
      )}
    </Page>
  );
}

function WorkersTable({ workers, version }: { workers: Worker[]; version: string }) {
  const t = useT();
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th>{t('admin.workers.process')}</th>
            <th>{t('admin.workers.state')}</th>
            <th className="end">{t('admin.workers.runs')}</th>
            <th className="end">{t('admin.workers.memory')}</th>
            <th className="end">{t('admin.workers.cpu')}</th>
            <th>{t('admin.workers.version')}</th>
            <th>{t('admin.workers.since')}</th>
            <th>
              <span className="visually-hidden">{t('admin.workers.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {workers.map((worker) => (
            <WorkerRow key={worker.id} worker={worker} version={version} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function WorkerRow({ worker, version }: { worker: Worker; version: string }) {
  const t = useT();
  const { may } = useMe();
  const drain = useWrite('worker', 'drain', ['worker']);
  const gone = worker.state === 'stopped';
  const draining = worker.state === 'draining';
  const name = t(`admin.workers.${worker.kind}`, { host: worker.host, pid: String(worker.pid) });
  return (
    <tr>
      <td>{name}</td>
      <td>
        {t(`admin.workers.state.${worker.state}`)}
        {worker.version !== version && <span className="dim"> {t('admin.workers.otherVersion')}</span>}
      </td>
      <td className="end">
        {worker.room
          ? t('admin.workers.of', { runs: worker.runs, room: worker.room.own || worker.room.handed })
          : worker.runs}
      </td>
      <td className="end">{worker.memoryMb === null || gone ? '' : t('admin.workers.mb', { n: worker.memoryMb })}</td>
      <td className="end">{worker.cpu === null || gone ? '' : t('admin.workers.percent', { n: worker.cpu })}</td>
      <td>{worker.version}</td>
      <td>
        <When at={worker.stoppedAt ?? worker.startedAt} />
      </td>
      <td className="end">
        {!gone && may('workers.manage') && (
          <Button
            size="compact-sm"
            variant="default"
            loading={drain.isPending}
            aria-label={t(draining ? 'admin.workers.undrainOne' : 'admin.workers.drainOne', { name })}
            onClick={() =>
              drain.mutate(
                { workerId: worker.id, draining: !draining },
                {
                  onSuccess: () => tell(t(draining ? 'admin.workers.undrained' : 'admin.workers.drained')),
                  onError: (error) => tellFailure(error, t('admin.workers.notDone')),
                },
              )
            }
          >
            {t(draining ? 'admin.workers.undrain' : 'admin.workers.drain')}
          </Button>
        )}
      </td>
    </tr>
  );
}
