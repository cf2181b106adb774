import { Button, Menu } from '@mantine/core';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { RunView } from '@rondo/shared/runs/fold.ts';
import { failedStep } from '@rondo/shared/runs/retry.ts';
import { IconChevronDown, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import type { Outputs } from '../../api/queries.ts';
import { useWrite } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { tellFailure } from '../../parts/tell.ts';

export type Asked = { kind: 'again' } | { kind: 'retry'; from: string };

interface Props {
  run: Outputs['run']['get'];
  view: RunView;
  /** all that happened in the run */
  events: readonly RunEvent[];
  /** the flow's inputs; null when the document cannot be read */
  inputs: JsonObject[] | null;
  onAsk: (asked: Asked) => void;
  onStarted: (runId: string) => void;
}

/** "Try again": from the step that failed, from the start, or with a question first. */
export function TryAgain({ run, view, events, inputs, onAsk, onStarted }: Props) {
  const t = useT();
  const retry = useWrite('run', 'retry', ['run', 'home']);
  const failedPath = failedStep(events);
  const failed = view.steps.find((step) => step.path === failedPath);
  const gone = run.valuesRemovedAt !== null;
  const from = (path: string) =>
    retry.mutate(
      { runId: run.id, from: path },
      {
        onSuccess: ({ runId }) => onStarted(runId),
        onError: (error) => tellFailure(error, t('runs.retry.failed')),
      },
    );
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button
          variant="default"
          loading={retry.isPending}
          leftSection={<IconRefresh size={16} />}
          rightSection={<IconChevronDown size={14} />}
        >
          {t('runs.retry.menu')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {gone && <Menu.Label>{t('runs.retry.gone')}</Menu.Label>}
        {failed && (
          <Menu.Item disabled={gone} onClick={() => from('failed')}>
            {t('runs.retry.fromFailed', { step: failed.name })}
          </Menu.Item>
        )}
        <Menu.Item disabled={gone} onClick={() => from('start')}>
          {t('runs.retry.fromStart')}
        </Menu.Item>
        <Menu.Item disabled={gone} onClick={() => onAsk({ kind: 'retry', from: failed?.path ?? 'start' })}>
          {t('runs.retry.ask')}
        </Menu.Item>
        {inputs && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => onAsk({ kind: 'again' })}>
              {t('runs.again')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
