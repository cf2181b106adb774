import { Button, Checkbox } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import { type Inputs, type Outputs, useMe, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { FilterChoice, ListFilters } from '../../parts/ListFilters.tsx';
import { NoMatch } from '../../parts/NoMatch.tsx';
import { Page } from '../../parts/Page.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { tell, tellFailure } from '../../parts/tell.ts';
import { useChosen } from '../../parts/useChosen.ts';
import { useEach } from '../../parts/useEach.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { When } from '../../parts/When.tsx';

const askedEvery = 2_000;

type Worker = Outputs['worker']['list']['workers'][number];

const filterNames = ['search', 'state'] as const;
const states = ['working', 'draining', 'silent', 'stopped'] as const;

/** The processes that run flows: what each is at, and some can be drained before they are taken away. */
export function Workers() {
  const t = useT();
  const filters = useFilters(filterNames);
  const search = filters.value('search');
  const state = states.find((one) => one === filters.value('state'));
  const filter: Inputs['worker']['list'] = { ...(search && { search }), ...(state && { state }) };
  const list = useRead('worker', 'list', filter, { refetchInterval: askedEvery, keep: true });
  const workers = list.data?.workers;
  return (
    <Page title={t('admin.workers.title')} subtitle={t('admin.workers.words')}>
      <ListFilters filters={filters} search={t('admin.workers.search')}>
        <FilterChoice
          filters={filters}
          name="state"
          label={t('admin.workers.state')}
          any={t('admin.workers.anyState')}
          data={states.map((value) => ({ value, label: t(`admin.workers.state.${value}`) }))}
        />
      </ListFilters>
      <div className="panel">
        {list.error && !workers ? (
          <ErrorState error={list.error} onAgain={() => void list.refetch()} />
        ) : !workers ? (
          <RowsSkeleton rows={3} height={47} />
        ) : workers.length === 0 && filters.count > 0 ? (
          <NoMatch title={t('admin.workers.noMatch')} filters={filters} />
        ) : workers.length === 0 ? (
          <EmptyState icon={IconCpu} title={t('admin.workers.empty')} />
        ) : (
          <>
            <WorkersTable list={JSON.stringify(filter)} workers={workers} version={list.data?.version ?? ''} />
            {list.data?.more && <p className="panel-empty">{t('admin.workers.more', { count: workers.length })}</p>}
          </>
        )}
      </div>
    </Page>
  );
}

function WorkersTable({ list, workers, version }: { list: string; workers: Worker[]; version: string }) {
  const t = useT();
  const { may } = useMe();
  const chosen = useChosen<Worker>(list, (worker) => worker.id);
  const drain = useWrite('worker', 'drain', ['worker']);
  const { busy, run } = useEach((worker: Worker) => drain.mutateAsync({ workerId: worker.id, draining: true }));
  const undrain = useEach((worker: Worker) => drain.mutateAsync({ workerId: worker.id, draining: false }));
  const open = may('workers.manage') ? workers.filter((worker) => worker.state !== 'stopped') : [];
  // what was chosen and is gone by now cannot be drained any more
  const meant = chosen.rows.filter((row) => open.some((worker) => worker.id === row.id));
  return (
    <div className="table-scroll">
      {meant.length > 0 && (
        <section className="bulk-bar" aria-label={t('parts.chosen')}>
          <output>{t('parts.chosen.count', { count: meant.length })}</output>
          <span className="grow" />
          <Button
            variant="default"
            size="xs"
            disabled={busy || undrain.busy}
            onClick={() => void run(meant, (count) => t('admin.workers.drainedMany', { count }))}
          >
            {t('admin.workers.drain')}
          </Button>
          <Button
            variant="default"
            size="xs"
            disabled={busy || undrain.busy}
            onClick={() => void undrain.run(meant, (count) => t('admin.workers.undrainedMany', { count }))}
          >
            {t('admin.workers.undrain')}
          </Button>
          <Button variant="subtle" size="xs" onClick={chosen.clear}>
            {t('runs.bulk.none')}
          </Button>
        </section>
      )}
      <table className="table">
        <thead>
          <tr>
            {open.length > 0 && (
              <th className="check">
                <Checkbox
                  aria-label={t('parts.chosen.loaded')}
                  checked={meant.length > 0}
                  indeterminate={meant.length > 0 && meant.length < open.length}
                  onChange={(event) => (event.currentTarget.checked ? chosen.set(open, true) : chosen.clear())}
                />
              </th>
            )}
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
            <WorkerRow
              key={worker.id}
              worker={worker}
              version={version}
              {...(open.length > 0 && {
                selected: chosen.has(worker.id),
                onSelect: (on: boolean) => chosen.set([worker], on),
              })}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  worker: Worker;
  version: string;
  selected?: boolean;
  /** absent where nothing can be chosen */
  onSelect?: (on: boolean) => void;
}

function WorkerRow({ worker, version, selected = false, onSelect }: RowProps) {
  const t = useT();
  const { may } = useMe();
  const drain = useWrite('worker', 'drain', ['worker']);
  const gone = worker.state === 'stopped';
  const draining = worker.state === 'draining';
  const name = t(`admin.workers.${worker.kind}`, { host: worker.host, pid: String(worker.pid) });
  return (
    <tr data-selected={(selected && !gone) || undefined}>
      {onSelect && (
        <td className="check">
          {!gone && (
            <Checkbox
              aria-label={t('parts.chosen.choose', { name })}
              checked={selected}
              onChange={(event) => onSelect(event.currentTarget.checked)}
            />
          )}
        </td>
      )}
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
