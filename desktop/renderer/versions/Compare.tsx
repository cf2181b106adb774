import { useSearch } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { useStore } from 'zustand';
import { toApiError } from '../api/errors.ts';
import { useMe } from '../api/queries.ts';
import type { Editor } from '../canvas/editor.ts';
import type { FlowRecord } from '../flow/flowApi.ts';
import { useT } from '../messages/useT.ts';
import { ErrorState } from '../parts/ErrorState.tsx';
import { usePageTitle } from '../parts/Page.tsx';
import { CompareBar } from './CompareBar.tsx';
import { Compared } from './Compared.tsx';
import { HeldDialog } from './HeldDialog.tsx';
import { History } from './History.tsx';
import type { Moment } from './moments.ts';
import { momentOf } from './moments.ts';
import { RestoreDialog } from './RestoreDialog.tsx';
import { useHistory } from './useHistory.ts';
import { useMomentTree } from './useMomentTree.ts';
import { useVersionActions } from './useVersionActions.ts';

/** Two moments of a flow side by side: history, one canvas, the list of changes. */
export function Compare({ record, editor }: { record: FlowRecord; editor: Editor }) {
  const t = useT();
  const { may } = useMe();
  const search = new URLSearchParams(useSearch());
  const published = record.publishedNumber;
  const from = momentOf(search.get('from')) ?? (published === null ? 'nothing' : (`v${published}` as const));
  const to = momentOf(search.get('to')) ?? 'draft';
  const draft = useStore(editor.store, (state) => state.tree);
  const history = useHistory(record.id, record.seq);
  const before = useMomentTree(record.id, from, draft);
  const after = useMomentTree(record.id, to, draft);
  const actions = useVersionActions(record, editor);
  usePageTitle(t('versions.title', { name: record.name }));
  const compare = (one: Moment, other: Moment) =>
    navigate(`/flows/${record.id}/versions?from=${one}&to=${other}`, { replace: true });
  const failed = [before, after].find((side) => side.error !== null);
  return (
    <div className="versions-page">
      <h1 className="visually-hidden">{t('versions.title', { name: record.name })}</h1>
      <CompareBar
        record={record}
        versions={history.versions}
        gestures={history.gestures}
        from={from}
        to={to}
        onCompare={compare}
      />
      <div className="versions-main">
        <History
          {...history}
          flowId={record.id}
          publishedNumber={published}
          from={from}
          to={to}
          onCompare={compare}
          onRestore={may('flow.edit') ? (number) => void actions.restore(number) : undefined}
          onCopy={may('flow.edit') ? (number) => void actions.copy(number) : undefined}
          onDownload={(number) => void actions.download(number)}
        />
        {failed?.error ? (
          <div className="versions-fill">
            <ErrorState error={toApiError(failed.error)} onAgain={failed.again} />
          </div>
        ) : before.ready && after.ready ? (
          <Compared key={`${from} ${to}`} before={before.tree} after={after.tree} />
        ) : (
          <p className="versions-fill faint" role="status">
            {t('versions.loading')}
          </p>
        )}
      </div>
      <HeldDialog editor={editor} />
      {actions.asked && (
        <RestoreDialog
          number={actions.asked.number}
          changes={actions.asked.changes}
          onYes={actions.restoreNow}
          onClose={actions.forget}
        />
      )}
    </div>
  );
}
