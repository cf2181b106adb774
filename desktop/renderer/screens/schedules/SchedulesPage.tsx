import './schedules.css';
import { ActionIcon, Button, Menu, Switch } from '@mantine/core';
import {
  IconCalendarClock,
  IconDots,
  IconHeartbeat,
  IconList,
  IconPencil,
  IconPlayerPlay,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { type Outputs, useMe, useRead, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { Page } from '../../parts/Page.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { tell, tellFailure } from '../../parts/tell.ts';
import { When } from '../../parts/When.tsx';
import { LedgerDialog } from './LedgerDialog.tsx';
import { ScheduleDialog } from './ScheduleDialog.tsx';

type Schedule = Outputs['schedule']['list']['schedules'][number];
type Asking = { what: 'new' } | { what: 'edit' | 'ledger' | 'remove'; schedule: Schedule };

/** What runs by the clock: when it does next, what came of it last. */
export function SchedulesPage() {
  const t = useT();
  const [, navigate] = useLocation();
  const { may } = useMe();
  const list = useRead('schedule', 'list', {}, { refetchInterval: 60_000 });
  const flows = useRead('flow', 'list', {});
  const [asking, setAsking] = useState<Asking | null>(null);
  const remove = useWrite('schedule', 'remove', ['schedule', 'flow', 'home']);
  const editable = may('schedule.edit');
  const anyPublished = (flows.data?.flows ?? []).some((flow) => flow.publishedNumber !== null);
  const close = () => setAsking(null);
  return (
    <Page
      title={t('schedules.title')}
      subtitle={t('schedules.subtitle')}
      actions={
        <>
          <Button component={Link} href="/schedules/health" variant="default" leftSection={<IconHeartbeat size={16} />}>
            {t('schedules.health')}
          </Button>
          {editable && anyPublished ? (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setAsking({ what: 'new' })}>
              {t('schedules.new')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="panel">
        {list.error && !list.data ? (
          <ErrorState error={list.error} onAgain={() => void list.refetch()} />
        ) : !list.data ? (
          <RowsSkeleton />
        ) : list.data.schedules.length === 0 ? (
          <EmptyState
            icon={IconCalendarClock}
            title={t('schedules.empty.title')}
            words={anyPublished ? t('schedules.empty.words') : t('schedules.empty.noFlows')}
            action={
              !editable
                ? undefined
                : anyPublished
                  ? { label: t('schedules.new'), run: () => setAsking({ what: 'new' }) }
                  : { label: t('runs.empty.action'), run: () => navigate('/flows') }
            }
          />
        ) : (
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  <th>{t('schedules.col.flow')}</th>
                  <th>{t('schedules.col.when')}</th>
                  <th>{t('schedules.col.next')}</th>
                  <th>{t('schedules.col.last')}</th>
                  <th>{t('schedules.col.on')}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {list.data.schedules.map((schedule) => (
                  <Row key={schedule.id} schedule={schedule} editable={editable} onAsk={setAsking} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
      {asking?.what === 'new' && <ScheduleDialog onClose={close} />}
      {asking?.what === 'edit' && <ScheduleDialog schedule={asking.schedule} onClose={close} />}
      {asking?.what === 'ledger' && <LedgerDialog schedule={asking.schedule} onClose={close} />}
      {asking?.what === 'remove' && (
        <ConfirmDialog
          title={t('schedules.removeTitle', { flow: asking.schedule.flowName })}
          words={t('schedules.removeWords')}
          action={t('schedules.do.remove')}
          busy={remove.isPending}
          error={remove.error?.message}
          onClose={close}
          onYes={() =>
            remove.mutate(
              { scheduleId: asking.schedule.id },
              {
                onSuccess: () => {
                  tell(t('schedules.removed'));
                  close();
                },
              },
            )
          }
        />
      )}
    </Page>
  );
}

function Row({
  schedule,
  editable,
  onAsk,
}: {
  schedule: Schedule;
  editable: boolean;
  onAsk: (asking: Asking) => void;
}) {
  const t = useT();
  const update = useWrite('schedule', 'update', ['schedule', 'flow', 'home']);
  const runNow = useWrite('schedule', 'fire', ['schedule', 'run', 'home']);
  const next = schedule.nextFires[0];
  const name = schedule.name || schedule.flowName;
  return (
    <tr>
      <td>
        <Link href={`/flows/${schedule.flowId}`}>{schedule.flowName}</Link>
        {schedule.name && schedule.name !== schedule.flowName && <div className="dim small">{schedule.name}</div>}
      </td>
      <td>
        {schedule.words}
        {!schedule.words.includes(schedule.timeZone) && <div className="dim small">{schedule.timeZone}</div>}
      </td>
      <td className="nowrap">
        {schedule.enabled ? next && <When at={next} /> : <span className="dim">{t('schedules.paused')}</span>}
      </td>
      <td className="nowrap">
        {schedule.lastFire ? (
          <>
            <When at={schedule.lastFire.dueAt} />
            <div className="small">
              {schedule.lastFire.runId ? (
                <Link href={`/runs/${schedule.lastFire.runId}`}>
                  {t(`schedules.outcome.${schedule.lastFire.outcome}`)}
                </Link>
              ) : (
                <span className="dim" title={schedule.lastFire.reason ?? undefined}>
                  {t(`schedules.outcome.${schedule.lastFire.outcome}`)}
                </span>
              )}
            </div>
          </>
        ) : (
          <span className="dim">{t('schedules.never')}</span>
        )}
      </td>
      <td>
        <Switch
          aria-label={t('schedules.turnOn', { name })}
          checked={schedule.enabled}
          disabled={!editable || update.isPending}
          onChange={(event) =>
            update.mutate(
              { scheduleId: schedule.id, enabled: event.currentTarget.checked },
              { onError: (error) => tellFailure(error, t('parts.error.title')) },
            )
          }
        />
      </td>
      <td className="end">
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" aria-label={t('schedules.actions', { name })}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconList size={16} />} onClick={() => onAsk({ what: 'ledger', schedule })}>
              {t('schedules.do.ledger')}
            </Menu.Item>
            {editable && (
              <>
                <Menu.Item
                  leftSection={<IconPlayerPlay size={16} />}
                  onClick={() =>
                    runNow.mutate(
                      { scheduleId: schedule.id },
                      {
                        onSuccess: () => tell(t('schedules.ranNow')),
                        onError: (error) => tellFailure(error, t('parts.error.title')),
                      },
                    )
                  }
                >
                  {t('schedules.do.run')}
                </Menu.Item>
                <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onAsk({ what: 'edit', schedule })}>
                  {t('schedules.do.edit')}
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconTrash size={16} />}
                  color="red"
                  onClick={() => onAsk({ what: 'remove', schedule })}
                >
                  {t('schedules.do.remove')}
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </td>
    </tr>
  );
}
