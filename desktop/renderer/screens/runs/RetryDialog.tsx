import { Checkbox, Modal, Select, Stack, Text } from '@mantine/core';
import { inputsOf } from '@rondo/shared/oas/inference.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { componentsOf } from '@rondo/shared/oas/references.ts';
import type { RunView, StepView } from '@rondo/shared/runs/fold.ts';
import { useMemo, useState } from 'react';
import type { Outputs } from '../../api/queries.ts';
import { useWrite } from '../../api/queries.ts';
import { StartForm } from '../../flow/StartForm.tsx';
import { useT } from '../../messages/useT.ts';
import { WithHelp } from '../../parts/FieldHelp.tsx';
import { valuesAtHand } from './valuesAtHand.ts';

interface Props {
  run: Outputs['run']['get'];
  view: RunView;
  tree: JsonObject;
  /** the flow's inputs: JSON Schemas with titles */
  inputs: JsonObject[];
  /** path of the step to begin with, or `start` */
  from: string;
  onStarted: (runId: string) => void;
  onClose: () => void;
}

const mostSteps = 500;

const isFirst = (step: StepView) => step.type === 'StartNode' && !step.path.includes('/');

/** "Try again": from which step, and with which inputs. What was done before that step is taken over. */
export function RetryDialog({ run, view, tree, inputs, from: asked, onStarted, onClose }: Props) {
  const t = useT();
  // to begin with the first step is to begin with the start
  const first = view.steps.some((one) => one.path === asked && isFirst(one)) ? 'start' : asked;
  const [from, setFrom] = useState(first);
  const [changed, setChanged] = useState(false);
  const retry = useWrite('run', 'retry', ['run', 'home']);
  const steps = useMemo(
    () =>
      view.steps.filter(
        (one, index) => (index < mostSteps || one.path === asked || one.state === 'failed') && !isFirst(one),
      ),
    [view, asked],
  );
  const step = from === 'start' ? undefined : view.steps.find((one) => one.path === from);
  const fields = useMemo(() => {
    if (!step) return inputs;
    const node = componentsOf(tree).get(step.nodeId)?.component;
    return node ? inputsOf(tree, node) : [];
  }, [step, inputs, tree]);
  const send = (values: { [name: string]: Json }) =>
    retry.mutate(
      { runId: run.id, from, ...(changed && { inputs: values }) },
      { onSuccess: ({ runId }) => onStarted(runId) },
    );
  return (
    <Modal opened onClose={onClose} size={520} title={t('runs.retry.title', { number: run.number })}>
      <Stack gap="md">
        <WithHelp label={t('runs.retry.from')} help={{ words: 'fieldHelp.retry.from' }}>
          <Select
            label={t('runs.retry.from')}
            searchable
            allowDeselect={false}
            value={from}
            data={[
              { value: 'start', label: t('runs.retry.theStart') },
              ...steps.map((one) => ({
                value: one.path,
                label: one.path.includes('/') ? t('runs.retry.inner', { step: one.name, path: one.path }) : one.name,
              })),
            ]}
            onChange={(value) => value && setFrom(value)}
          />
        </WithHelp>
        <Text size="sm" c="dimmed">
          {t(step ? 'runs.retry.stepWords' : 'runs.retry.startWords', { step: step?.name ?? '' })}
        </Text>
        {fields.length > 0 && (
          <WithHelp label={t('runs.retry.change')} help={{ words: 'fieldHelp.retry.change' }}>
            <Checkbox
              label={t('runs.retry.change')}
              checked={changed}
              onChange={(event) => setChanged(event.currentTarget.checked)}
            />
          </WithHelp>
        )}
        <StartForm
          key={`${from} ${changed}`}
          inputs={changed ? fields : []}
          quiet
          initial={valuesAtHand(step ? step.inputs : run.inputs)}
          submitLabel={t('runs.retry.menu')}
          busy={retry.isPending}
          error={retry.error?.message ?? null}
          onCancel={onClose}
          onSubmit={send}
        />
      </Stack>
    </Modal>
  );
}
