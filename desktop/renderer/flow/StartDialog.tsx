import { Modal } from '@mantine/core';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { PartialRun } from '@rondo/shared/runs/partial.ts';
import { type ReactNode, useState } from 'react';
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
  /** values to begin with where none were typed in this window; default: none */
  last?: { [name: string]: Json } | undefined;
  /** what of the draft is run */
  partial?: PartialRun;
  /** stands above the form */
  above?: ReactNode;
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
  last,
  partial,
  above,
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
      const run = await startRun({
        flowId,
        ...(version === undefined ? {} : { version }),
        ...(partial && { partial }),
        inputs: values,
      });
      remember(flowId, values);
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
      {above}
      <StartForm
        inputs={inputs}
        initial={lastInputs(flowId) ?? last}
        busy={busy}
        error={error}
        onSubmit={(values) => void start(values)}
        onCancel={onClose}
        {...(submitLabel ? { submitLabel } : {})}
      />
    </Modal>
  );
}

function remember(flowId: string, values: { [name: string]: Json }): void {
  try {
    sessionStorage.setItem(memoryKey(flowId), JSON.stringify(values));
  } catch {
    sessionStorage.removeItem(memoryKey(flowId)); // too much for the browser: the next form begins empty
  }
}

function lastInputs(flowId: string): { [name: string]: Json } | undefined {
  const text = sessionStorage.getItem(memoryKey(flowId));
  return text ? (JSON.parse(text) as { [name: string]: Json }) : undefined;
}
