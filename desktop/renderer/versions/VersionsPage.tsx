import { Button, Loader } from '@mantine/core';
import { useRead } from '../api/queries.ts';
import type { FlowRecord } from '../flow/flowApi.ts';
import { useOpenedDraft } from '../flow/useOpenedDraft.ts';
import { useT } from '../messages/useT.ts';
import { ErrorState } from '../parts/ErrorState.tsx';
import { Compare } from './Compare.tsx';
import '../flow/flow.css';
import './versions.css';

/** The versions of a flow and what was drawn since; any two of them compared on one canvas. */
export function VersionsPage({ flowId }: { flowId: string }) {
  const t = useT();
  const record = useRead('flow', 'state', { flowId });
  if (record.error && !record.data)
    return <ErrorState error={record.error} onAgain={() => void record.refetch()} whole />;
  if (!record.data) {
    return (
      <div className="flow-fallback" role="status">
        <Loader size="sm" /> {t('flow.loading')}
      </div>
    );
  }
  return <Opened record={record.data} />;
}

function Opened({ record }: { record: FlowRecord }) {
  const t = useT();
  const { editor, error, again } = useOpenedDraft(record.id, record.seq);
  if (error && error !== 'unreadable') return <ErrorState error={error} onAgain={again} whole />;
  if (error) {
    return (
      <div className="flow-fallback" role="alert">
        <p>{t('canvas.unreadable')}</p>
        <Button variant="default" component="a" href={`/flows/${record.id}`}>
          {t('versions.back')}
        </Button>
      </div>
    );
  }
  return editor ? <Compare record={record} editor={editor} /> : null;
}
