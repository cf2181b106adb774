import { Checkbox } from '@mantine/core';
import type { FlowListInput, FlowSummary } from '@rondo/server/operations/contract/flow.ts';
import { useRef, useState } from 'react';
import { type Outputs, useMe } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { usePieces } from '../../parts/usePieces.ts';
import { FlowBulkBar } from './FlowBulkBar.tsx';
import type { FlowView } from './FlowFilters.tsx';
import { FlowPiece } from './FlowPiece.tsx';

interface Props {
  filter: FlowListInput;
  view: FlowView;
  folders: Outputs['folder']['list'] | undefined;
  onRun: (flow: FlowSummary) => void;
}

/** What the server takes at once. */
const mostChosen = 200;

/** The flows that match, piece by piece, as a table or as cards; some of them chosen. */
export function FlowList({ filter, view, folders, onRun }: Props) {
  const t = useT();
  const { may } = useMe();
  const { pieces } = usePieces();
  const heights = useRef<number[]>([]);
  const shown = useRef(new Map<number, FlowSummary[]>());
  const [chosen, setChosen] = useState<ReadonlyMap<string, FlowSummary>>(new Map());
  const selectable = may('flow.edit');
  const loaded = () => [...shown.current.values()].flat();
  const select = (flow: FlowSummary, on: boolean) =>
    setChosen((old) => {
      const next = new Map(old);
      if (on && next.size < mostChosen) next.set(flow.id, flow);
      if (!on) next.delete(flow.id);
      return next;
    });
  const all = () =>
    new Map(
      loaded()
        .slice(0, mostChosen)
        .map((flow) => [flow.id, flow]),
    );
  const selected = new Set(chosen.keys());
  const body = pieces.map((piece, index) => (
    <FlowPiece
      key={piece.cursor ?? ''}
      filter={filter}
      piece={piece}
      view={view}
      height={heights.current[index]}
      onHeight={(height) => {
        heights.current[index] = height;
      }}
      onShown={(flows) => shown.current.set(index, flows)}
      selected={selected}
      onSelect={selectable ? select : undefined}
      onRun={onRun}
    />
  ));
  const bar = selectable && chosen.size > 0 && (
    <FlowBulkBar
      flows={[...chosen.values()]}
      show={filter.show ?? 'active'}
      folders={folders}
      onDone={() => setChosen(new Map())}
    />
  );
  if (view === 'cards') {
    return (
      <>
        {bar && <div className="panel flow-card-bar">{bar}</div>}
        {body}
      </>
    );
  }
  return (
    <div className="panel">
      {bar}
      <div className="table-scroll">
        <table className="table flows-table">
          <thead>
            <tr>
              {selectable && (
                <th className="check">
                  <Checkbox
                    aria-label={t('flows.selectLoaded')}
                    checked={chosen.size > 0}
                    indeterminate={chosen.size > 0 && chosen.size < loaded().length}
                    onChange={(event) => setChosen(event.currentTarget.checked ? all() : new Map())}
                  />
                </th>
              )}
              <th scope="col">{t('flows.column.name')}</th>
              <th scope="col">{t('flows.column.version')}</th>
              <th scope="col">{t('flows.column.lastRun')}</th>
              <th scope="col" className="wide-only">
                {t('flows.column.nextFire')}
              </th>
              <th scope="col" className="wide-only">
                {t('flows.column.owner')}
              </th>
              <th scope="col" className="wide-only">
                {t('flows.column.runners')}
              </th>
              <th scope="col" className="wide-only">
                {t('flows.column.changed')}
              </th>
              <th scope="col">
                <span className="visually-hidden">{t('flows.column.actions')}</span>
              </th>
            </tr>
          </thead>
          {body}
        </table>
      </div>
    </div>
  );
}
