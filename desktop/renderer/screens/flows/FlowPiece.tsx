import { useIntersection } from '@mantine/hooks';
import type { FlowListInput, FlowSummary } from '@rondo/server/operations/contract/flow.ts';
import { useCallback, useEffect, useRef } from 'react';
import { useRead } from '../../api/queries.ts';
import { PieceEnd, TablePieceEnd } from '../../parts/PieceEnd.tsx';
import type { Piece } from '../../parts/usePieces.ts';
import type { FlowView } from './FlowFilters.tsx';
import { FlowCard, FlowRow } from './FlowRow.tsx';

export const pieceSize = 50;

interface Props {
  filter: FlowListInput;
  piece: Piece;
  view: FlowView;
  /** how high this piece was drawn before, in pixels */
  height: number | undefined;
  onHeight: (height: number) => void;
  /** its flows, when they are known */
  onShown: (flows: FlowSummary[]) => void;
  selected: ReadonlySet<string>;
  /** absent where nothing can be chosen */
  onSelect?: ((flow: FlowSummary, on: boolean) => void) | undefined;
  onRun: (flow: FlowSummary) => void;
}

/** One piece of the list of flows; out of sight it holds only its height. The last one has the button for the next. */
export function FlowPiece({ filter, piece, view, height, onHeight, onShown, selected, onSelect, onRun }: Props) {
  const { cursor, last } = piece;
  const box = useRef<HTMLElement | null>(null);
  const { ref, entry } = useIntersection<HTMLElement>({ rootMargin: '1200px' });
  const near = entry?.isIntersecting ?? (height === undefined || cursor === undefined);
  const hidden = !near && height !== undefined && !last;
  const page = useRead(
    'flow',
    'list',
    { ...filter, limit: pieceSize, ...(cursor !== undefined && { cursor }) },
    { enabled: !hidden },
  );
  const flows = page.data?.flows;
  useEffect(() => {
    if (flows) onShown(flows);
  });
  useEffect(() => {
    if (flows && !hidden && box.current) onHeight(box.current.offsetHeight);
  });
  // always the same: another one would be let go and attached again by every drawing
  const attach = useCallback(
    (element: HTMLElement | null) => {
      box.current = element;
      ref(element);
    },
    [ref],
  );
  const items = (flows ?? []).map((flow) => ({
    flow,
    selected: selected.has(flow.id),
    onSelect: onSelect && ((on: boolean) => onSelect(flow, on)),
    onRun: () => onRun(flow),
  }));
  if (view === 'cards') {
    return (
      <div ref={attach} style={hidden ? { height } : undefined}>
        {!hidden && (
          <>
            <div className="flow-cards">
              {items.map((item) => (
                <FlowCard key={item.flow.id} {...item} />
              ))}
            </div>
            <PieceEnd piece={piece} page={page} />
          </>
        )}
      </div>
    );
  }
  const columns = onSelect ? 9 : 8;
  return (
    <tbody ref={attach}>
      {hidden ? (
        <tr style={{ height }}>
          <td colSpan={columns} />
        </tr>
      ) : (
        <>
          {items.map((item) => (
            <FlowRow key={item.flow.id} {...item} />
          ))}
          <TablePieceEnd piece={piece} page={page} columns={columns} height={height} />
        </>
      )}
    </tbody>
  );
}
