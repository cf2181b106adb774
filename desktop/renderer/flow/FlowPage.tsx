import { Button, Loader } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useMe, useRead } from '../api/queries.ts';
import type { EditorPage } from '../canvas/EditorContext.tsx';
import { createEditor, parse } from '../canvas/editor.ts';
import { createMarks } from '../canvas/marks.ts';
import { pendingInSession } from '../canvas/pendingGestures.ts';
import { createCanvasUi } from '../canvas/ui.ts';
import { useT } from '../messages/useT.ts';
import { FlowEditor } from './FlowEditor.tsx';
import type { FlowRecord } from './flowApi.ts';
import { draftService } from './flowApi.ts';
import './flow.css';

/** The page of a flow: drawn, tested and published here. */
export default function FlowPage({ flowId }: { flowId: string }) {
  const t = useT();
  // read again whenever the workspace says that a flow changed: edits of others come in this way
  const record = useRead('flow', 'get', { flowId });
  const { me } = useMe();
  const { refetch } = record;
  const again = useCallback(() => void refetch(), [refetch]);
  if (record.isError && !record.data) {
    return (
      <div className="flow-fallback" role="alert">
        <h1>{t('flow.cannotOpen')}</h1>
        <p>{record.error.message}</p>
        <Button variant="default" onClick={again}>
          {t('flow.tryAgain')}
        </Button>
      </div>
    );
  }
  if (!record.data || !me) {
    return (
      <div className="flow-fallback" role="status">
        <Loader size="sm" /> {t('flow.loading')}
      </div>
    );
  }
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
  const [first] = useState(record);
  const [page, setPage] = useState<EditorPage | 'unreadable' | null>(null);
  useEffect(() => {
    const tree = parse(first.text);
    if (!tree) {
      setPage('unreadable');
      return;
    }
    const opened: EditorPage = {
      flowId: first.id,
      editor: createEditor(first, draftService(first.id), pendingInSession(first.id), tree),
      ui: createCanvasUi(),
      marks: createMarks(),
      editable,
    };
    setPage(opened);
    return () => opened.editor.close();
  }, [first, editable]);
  useEffect(() => {
    if (page && page !== 'unreadable') void page.editor.offer(record);
  }, [page, record]);
  if (page === 'unreadable') return <p className="flow-fallback">{t('canvas.unreadable')}</p>;
  if (!page) return null;
  return <FlowEditor page={page} record={record} permissions={permissions} onRecord={onRecord} />;
}
