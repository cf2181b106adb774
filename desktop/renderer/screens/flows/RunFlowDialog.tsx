import { Modal, Skeleton } from '@mantine/core';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useRead } from '../../api/queries.ts';
import { StartDialog } from '../../flow/StartDialog.tsx';
import { useT } from '../../messages/useT.ts';
import { ErrorState } from '../../parts/ErrorState.tsx';

interface Props {
  flowId: string;
  name: string;
  /** the published version */
  version: number;
  onClose: () => void;
}

/** Starts the published version of a flow from a form of its inputs, then opens the run. */
export default function RunFlowDialog({ flowId, name, version, onClose }: Props) {
  const t = useT();
  const [, navigate] = useLocation();
  const document = useRead('flow', 'version', { flowId, number: version });
  const inputs = useMemo(() => {
    const tree = document.data && readDocument(document.data.text).tree;
    return tree ? openFlow(tree).inputs : undefined;
  }, [document.data]);
  if (!inputs) {
    return (
      <Modal opened onClose={onClose} title={t('flows.run.title', { name })} size={520}>
        {document.error ? (
          <ErrorState error={document.error} onAgain={() => void document.refetch()} />
        ) : (
          <Skeleton height={120} />
        )}
      </Modal>
    );
  }
  return (
    <StartDialog
      title={t('flows.run.title', { name })}
      subtitle={t('flows.run.version', { version })}
      flowId={flowId}
      inputs={inputs}
      onStarted={(runId) => navigate(`/runs/${runId}`)}
      onClose={onClose}
    />
  );
}
