import { Modal } from '@mantine/core';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { type Outputs, useWrite } from '../../api/queries.ts';
import { StartForm } from '../../flow/StartForm.tsx';
import { useT } from '../../messages/useT.ts';
import { valuesAtHand } from './valuesAtHand.ts';

interface RunAgainProps {
  run: Outputs['run']['get'];
  /** the flow's inputs: JSON Schemas with titles */
  inputs: JsonObject[];
  onStarted: (runId: string) => void;
  onClose: () => void;
}

/** Starts the same version once more, with this run's inputs to begin with. */
export function RunAgain({ run, inputs, onStarted, onClose }: RunAgainProps) {
  const t = useT();
  const start = useWrite('run', 'start', ['run', 'flow', 'home']);
  return (
    <Modal opened onClose={onClose} size={520} title={t('runs.againTitle', { flow: run.flowName })}>
      <StartForm
        inputs={inputs}
        initial={valuesAtHand(run.inputs)}
        busy={start.isPending}
        error={start.error?.message ?? null}
        onCancel={onClose}
        onSubmit={(values) => {
          if (run.flowId === null) return;
          start.mutate(
            { flowId: run.flowId, version: run.versionNumber ?? 'draft', inputs: values },
            { onSuccess: ({ runId }) => onStarted(runId) },
          );
        }}
      />
    </Modal>
  );
}
