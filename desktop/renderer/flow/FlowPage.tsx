import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { EditorPage } from '../canvas/EditorContext.tsx';
import { createEditor } from '../canvas/editor.ts';
import { createMarks } from '../canvas/marks.ts';
import { pendingInSession } from '../canvas/pendingGestures.ts';
import { createCanvasUi } from '../canvas/ui.ts';
import { useT } from '../messages/useT.ts';
import { FlowEditor } from './FlowEditor.tsx';
import type { FlowRecord } from './flowApi.ts';
import { draftService, followChanges, getFlow, myPermissions } from './flowApi.ts';
import './flow.css';

/** The page of a flow: drawn, tested and published here. */
export default function FlowPage({ flowId }: { flowId: string }) {
  return <OpenFlow key={flowId} flowId={flowId} />;
}

function OpenFlow({ flowId }: { flowId: string }) {
  const t = useT();
  // the draft is read anew each time the page is opened; afterwards the editor keeps it up to date
  const record = useQuery({
    queryKey: ['canvas', 'open', flowId],
    queryFn: () => getFlow(flowId),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const { refetch: read } = record;
  const refetch = useCallback(() => void read(), [read]);
  const me = useQuery({ queryKey: ['me', 'get', {}], queryFn: myPermissions });
  if (record.isError || me.isError) {
    return (
      <div className="flow-fallback" role="alert">
        <h1>{t('flow.cannotOpen')}</h1>
        <p>{(record.error ?? me.error)?.message}</p>
        <Button
          variant="default"
          onClick={() => {
            void record.refetch();
            void me.refetch();
          }}
        >
          {t('flow.tryAgain')}
        </Button>
      </div>
    );
  }
  if (!record.data || !me.data) {
    return (
      <div className="flow-fallback" role="status">
        <Loader size="sm" /> {t('flow.loading')}
      </div>
    );
  }
  return (
    <Opened
      record={record.data}
      editable={me.data.permissions.includes('flow.edit')}
      permissions={me.data.permissions}
      refetch={refetch}
    />
  );
}

interface OpenedProps {
  record: FlowRecord;
  editable: boolean;
  permissions: readonly string[];
  refetch: () => void;
}

function Opened({ record, editable, permissions, refetch }: OpenedProps) {
  const t = useT();
  const [page, setPage] = useState<EditorPage | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  const [first] = useState(record);
  useEffect(() => {
    let opened: EditorPage;
    try {
      opened = {
        flowId: first.id,
        editor: createEditor(first, draftService(first.id), pendingInSession(first.id)),
        ui: createCanvasUi(),
        marks: createMarks(),
        editable,
      };
    } catch (error) {
      console.error(error);
      setUnreadable(true);
      return;
    }
    setPage(opened);
    const stop = followChanges((change) => {
      if (change.kind !== 'flow' || (change.id !== first.id && change.flowId !== first.id)) return;
      opened.editor.refresh().catch((error: unknown) => console.warn('The newest state could not be read.', error));
      refetch();
    });
    return () => {
      stop();
      opened.editor.close();
    };
  }, [first, editable, refetch]);
  if (unreadable) return <p className="flow-fallback">{t('canvas.unreadable')}</p>;
  if (!page) return null;
  return <FlowEditor page={page} record={record} permissions={permissions} onRecord={refetch} />;
}
