import { Modal } from '@mantine/core';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { useState } from 'react';
import { useT } from '../messages/useT.ts';
import { startRun } from './flowApi.ts';
import { StartForm } from './StartForm.tsx';

interface Props {
  title: string;
  subtitle?: string;
  flowId: string;
  /** absent = the published version; 'draft' = what is drawn now */
  version?: number | 'draft';
  inputs: JsonObject[];
  submitLabel?: string;
  /** called before the run is started; throws when that is not possible now */
  before?: () => Promise<unknown>;
  onStarted: (runId: string) => void;
  onClose: () => void;
}

const memoryKey = (flowId: string) => `rondo.lastInputs.${flowId}`;

/** Starts a flow from a form made of its inputs, filled with the last ones. */
export function StartDialog({
  title,
  subtitle,
  flowId,
  version,
  inputs,
  submitLabel,
  before,
  onStarted,
  onClose,
}: Props) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const start = async (values: { [name: string]: Json }) => {
    setBusy(true);
    setError(null);
    try {
      await before?.();
      const run = await startRun({ flowId, ...(version === undefined ? {} : { version }), inputs: values });
      sessionStorage.setItem(memoryKey(flowId), JSON.stringify(values));
      onStarted(run.runId);
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : t('flow.start.failed'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={520}
      title={
        <div>
          <div className="dialog-title">{title}</div>
          {subtitle && <div className="dialog-subtitle">{subtitle}</div>}
        </div>
      }
    >
      <StartForm
        inputs={inputs}
        initial={lastInputs(flowId)}
        busy={busy}
        error={error}
        onSubmit={(values) => void start(values)}
        onCancel={onClose}
        {...(submitLabel ? { submitLabel } : {})}
      />
    </Modal>
  );
}

function lastInputs(flowId: string): { [name: string]: Json } | undefined {
  const text = sessionStorage.getItem(memoryKey(flowId));
  return text ? (JSON.parse(text) as { [name: string]: Json }) : undefined;
}
