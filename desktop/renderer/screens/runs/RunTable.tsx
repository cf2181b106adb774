import { Checkbox } from '@mantine/core';
import type { RunFilter } from '@rondo/server/operations/contract/runFilter.ts';
import { IconFilterOff, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useMe, useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { usePieces } from '../../parts/usePieces.ts';
import { BulkBar } from './BulkBar.tsx';
import { keepPlace, keptPlace, type ListPlace } from './listPlace.ts';
import { RunRows } from './RunRows.tsx';
import type { Selection } from './selection.ts';
import { noRuns, withRun, withRuns } from './selection.ts';

interface Props {
  filter: RunFilter;
  filtered: boolean;
  onClear: () => void;
  /** a bulk action was started */
  onStarted: (bulkId: string) => void;
}

const start: ListPlace = { cursors: [undefined], heights: [], top: 0 };

/** The runs, piece by piece; pieces out of sight hold only their height. */
export function RunTable({ filter, filtered, onClear, onStarted }: Props) {
  const t = useT();
  const [, navigate] = useLocation();
  const { may } = useMe();
  const list = JSON.stringify(filter);
  const [place] = useState<ListPlace>(() => keptPlace(list) ?? start);
  const { pieces, cursors } = usePieces(place.cursors);
  const heights = useRef(place.heights.slice());
  const shown = useRef<ReadonlyMap<number, readonly string[]>>(new Map());
  const [selection, setSelection] = useState<Selection>(noRuns);
  const first = useRead('run', 'list', { ...filter, limit: 50 });
  const table = useRef<HTMLTableElement>(null);
  useKeptScroll(list, table, place.top, cursors, heights, first.data !== undefined);
  if (first.error && !first.data) return <ErrorState error={first.error} onAgain={() => void first.refetch()} />;
  if (!first.data) {
    return (
      <div className="panel">
        <RowsSkeleton rows={8} />
      </div>
    );
  }
  if (first.data.runs.length === 0) {
    return (
      <div className="panel">
        {filtered ? (
          <EmptyState
            icon={IconFilterOff}
            title={t('runs.none.title')}
            action={{ label: t('runs.clear'), run: onClear }}
          />
        ) : (
          <EmptyState
            icon={IconPlayerPlay}
            title={t('runs.empty.title')}
            words={t('runs.empty.words')}
            action={{ label: t('runs.empty.action'), run: () => navigate('/flows') }}
          />
        )}
      </div>
    );
  }
  const selectable = may('run.cancel');
  const loaded = () => [...shown.current.values()].flat();
  return (
    <div className="panel">
      {selectable && (selection.all || selection.ids.size > 0) && (
        <BulkBar
          filter={filter}
          selection={selection}
          onAll={() => setSelection({ all: true, ids: new Set() })}
          onNone={() => setSelection(noRuns)}
          onStarted={(id) => {
            setSelection(noRuns);
            onStarted(id);
          }}
        />
      )}
      <div className="table-scroll">
        <table className="table runs-table" ref={table}>
          <thead>
            <tr>
              {selectable && (
                <th className="check">
                  <Checkbox
                    aria-label={t('runs.selectLoaded')}
                    checked={selection.all || selection.ids.size > 0}
                    indeterminate={!selection.all && selection.ids.size > 0 && selection.ids.size < loaded().length}
                    onChange={(event) =>
                      setSelection(event.currentTarget.checked ? withRuns(selection, loaded()) : noRuns)
                    }
                  />
                </th>
              )}
              <th>{t('runs.col.run')}</th>
              <th>{t('runs.col.state')}</th>
              <th className="wide-only">{t('runs.col.now')}</th>
              <th className="wide-only">{t('runs.col.by')}</th>
              <th>{t('runs.col.when')}</th>
              <th className="end wide-only">{t('runs.col.took')}</th>
            </tr>
          </thead>
          {pieces.map((piece, index) => (
            <RunRows
              key={piece.cursor ?? ''}
              filter={filter}
              piece={piece}
              height={heights.current[index]}
              onHeight={(height) => {
                heights.current[index] = height;
              }}
              onShown={(ids) => {
                shown.current = new Map(shown.current).set(index, ids);
              }}
              {...(selectable && {
                selection,
                onSelect: (id: string, on: boolean) => setSelection((old) => withRun(old, id, on, loaded())),
              })}
            />
          ))}
        </table>
      </div>
    </div>
  );
}

/** Goes back to where somebody was in this list, and keeps the place when they leave. */
function useKeptScroll(
  list: string,
  table: React.RefObject<HTMLTableElement | null>,
  top: number,
  cursors: ListPlace['cursors'],
  heights: React.RefObject<ListPlace['heights']>,
  ready: boolean,
): void {
  const now = useRef({ cursors, top });
  now.current.cursors = cursors;
  useEffect(() => {
    const scroller = table.current?.closest('main');
    if (!ready || !scroller) return;
    if (top > 0) scroller.scrollTop = top;
    const note = () => {
      now.current.top = scroller.scrollTop;
    };
    scroller.addEventListener('scroll', note, { passive: true });
    return () => scroller.removeEventListener('scroll', note);
  }, [ready, table, top]);
  useLayoutEffect(
    () => () => keepPlace(list, { cursors: now.current.cursors, heights: heights.current, top: now.current.top }),
    [list, heights],
  );
}
