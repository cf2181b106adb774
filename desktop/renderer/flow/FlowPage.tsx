import { Button, Loader } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useMe, useRead } from '../api/queries.ts';
import type { EditorPage } from '../canvas/EditorContext.tsx';
import { createMarks } from '../canvas/marks.ts';
import { createCanvasUi } from '../canvas/ui.ts';
import { useT } from '../messages/useT.ts';
import { FlowEditor } from './FlowEditor.tsx';
import type { FlowRecord } from './flowApi.ts';
import { useOpenedDraft } from './useOpenedDraft.ts';
import './flow.css';

/** The page of a flow: drawn, tested and published here. */
export function FlowPage({ flowId }: { flowId: string }) {
  // read again whenever the workspace says that a flow changed: edits of others come in this way
  const record = useRead('flow', 'state', { flowId });
  const { me } = useMe();
  const { refetch } = record;
  const again = useCallback(() => void refetch(), [refetch]);
  if (record.isError && !record.data) return <CannotOpen words={record.error.message} onAgain={again} />;
  if (!record.data || !me) return <Opening />;
  return <Opened key={flowId} record={record.data} permissions={me.permissions} onRecord={again} />;
}

interface OpenedProps {
  record: FlowRecord;
  permissions: readonly string[];
  onRecord: () => void;
}

function Opened({ record, permissions, onRecord }: OpenedProps) {
  const t = useT();
  const editable = permissions.includes('flow.edit');
  const flowId = record.id;
  const { editor, error, again } = useOpenedDraft(flowId, record.seq);
  const page = useMemo<EditorPage | null>(
    () => (editor ? { flowId, editor, ui: createCanvasUi(), marks: createMarks(), editable } : null),
    [editor, flowId, editable],
  );
  if (error === 'unreadable') return <p className="flow-fallback">{t('canvas.unreadable')}</p>;
  if (error) return <CannotOpen words={error.message} onAgain={again} />;
  if (!page) return <Opening />;
  return <FlowEditor page={page} record={record} permissions={permissions} onRecord={onRecord} />;
}

function Opening() {
  const t = useT();
  return (
    <div className="flow-fallback" role="status">
      <Loader size="sm" /> {t('flow.loading')}
    </div>
  );
}

function CannotOpen({ words, onAgain }: { words: string; onAgain: () => void }) {
  const t = useT();
  return (
    <div className="flow-fallback" role="alert">
      <h1>{t('flow.cannotOpen')}</h1>
      <p>{words}</p>
      <Button variant="default" onClick={onAgain}>
        {t('flow.tryAgain')}
      </Button>
    </div>
  );
}
