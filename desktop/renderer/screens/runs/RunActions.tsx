import { ActionIcon, Button, Menu } from '@mantine/core';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { RunView } from '@rondo/shared/runs/fold.ts';
import {
  IconDots,
  IconGitCompare,
  IconPin,
  IconPinnedOff,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconSitemap,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Outputs, useMe, useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { tell, tellFailure } from '../../parts/tell.ts';
import { CompareWith } from './compare/CompareWith.tsx';
import { type Asked, TryAgain } from './TryAgain.tsx';

interface Props {
  run: Outputs['run']['get'];
  view: RunView;
  /** all that happened in the run */
  events: readonly RunEvent[];
  over: boolean;
  /** the flow's inputs; null when the document cannot be read */
  inputs: JsonObject[] | null;
  onAsk: (asked: Asked) => void;
  onStarted: (runId: string) => void;
}

/** What can be done with a run: pause it, let it go on, cancel it, try it again, keep it. */
export function RunActions({ run, view, events, over, inputs, onAsk, onStarted }: Props) {
  const t = useT();
  const { may } = useMe();
  const [cancelling, setCancelling] = useState(false);
  const [comparing, setComparing] = useState(false);
  const cancel = useWrite('run', 'cancel', ['run', 'review', 'home']);
  const pause = useWrite('run', 'pause', ['run', 'home']);
  const resume = useWrite('run', 'resume', ['run', 'home']);
  const hold = useWrite('run', 'hold', ['run']);
  const mayCancel = may('run.cancel');
  const toggle = run.paused ? resume : pause;
  return (
    <div className="page-actions">
      {!over && mayCancel && (
        <>
          <Button
            variant="default"
            loading={toggle.isPending}
            leftSection={run.paused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
            onClick={() =>
              toggle.mutate(
                { runId: run.id },
                {
                  onSuccess: () => tell(t(run.paused ? 'runs.goesOn' : 'runs.nowPaused', { number: run.number })),
                  onError: (error) => tellFailure(error, t('runs.notDone')),
                },
              )
            }
          >
            {t(run.paused ? 'runs.goOn' : 'runs.pause')}
          </Button>
          <Button variant="default" leftSection={<IconPlayerStop size={16} />} onClick={() => setCancelling(true)}>
            {t('runs.cancel')}
          </Button>
        </>
      )}
      {over && run.flowId && may('run.start') && (
        <TryAgain run={run} view={view} events={events} inputs={inputs} onAsk={onAsk} onStarted={onStarted} />
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
      {(run.flowId || mayCancel) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={32} aria-label={t('runs.more')}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {run.flowId && (
              <Menu.Item leftSection={<IconGitCompare size={16} />} onClick={() => setComparing(true)}>
                {t('testing.compare.with')}
              </Menu.Item>
            )}
            {!over && run.flowId && inputs && may('run.start') && (
              <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => onAsk({ kind: 'again' })}>
                {t('runs.again')}
              </Menu.Item>
            )}
            {mayCancel && (
              <Menu.Item
                leftSection={run.hold ? <IconPinnedOff size={16} /> : <IconPin size={16} />}
                onClick={() =>
                  hold.mutate(
                    { runId: run.id, hold: !run.hold },
                    {
                      onSuccess: () => tell(t(run.hold ? 'runs.letGo' : 'runs.kept', { number: run.number })),
                      onError: (error) => tellFailure(error, t('runs.notDone')),
                    },
                  )
                }
              >
                {t(run.hold ? 'runs.unhold' : 'runs.hold')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {comparing && <CompareWith run={run} onClose={() => setComparing(false)} />}
      {cancelling && (
        <ConfirmDialog
          title={t('runs.cancelTitle', { number: run.number })}
          words={t('runs.cancelWords')}
          action={t('runs.cancel')}
          busy={cancel.isPending}
          error={cancel.error?.message}
          onClose={() => setCancelling(false)}
          onYes={() =>
            cancel.mutate(
              { runId: run.id },
              {
                onSuccess: () => {
                  setCancelling(false);
                  tell(t('runs.cancelled', { number: run.number }));
                },
              },
            )
          }
        />
      )}
    </div>
  );
}
