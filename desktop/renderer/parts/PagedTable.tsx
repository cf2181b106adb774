import { Button, Checkbox } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ApiError } from '../api/errors.ts';
import { type Inputs, type Outputs, useRead } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';
import { ErrorState } from './ErrorState.tsx';
import { TablePieceEnd } from './PieceEnd.tsx';
import { RowsSkeleton } from './Skeletons.tsx';
import type { Chosen } from './useChosen.ts';
import { useHeightOf, useOutOfSight } from './useOutOfSight.ts';
import { type Piece, usePieces } from './usePieces.ts';

export interface Column<R> {
  /** for the eye as well, unless `quiet` */
  label: string;
  quiet?: boolean;
  /** of the cells and the head */
  className?: string;
  /** of the cells alone: the tone and the kind of letters */
  tone?: string;
  cell: (row: R) => ReactNode;
}

/** What is listed here: each has an operation `list` that takes a filter, a cursor and a limit. */
type Listed = 'tool' | 'model' | 'secret' | 'person' | 'invite' | 'apikey' | 'group';
type Page<N extends Listed> = Outputs[N]['list'];

interface Props<N extends Listed, R> {
  noun: N;
  filter: Omit<Inputs[N]['list'], 'cursor' | 'limit'>;
  /** rows that are read at once */
  limit?: number;
  rowsOf: (page: Page<N>) => readonly R[];
  keyOf: (row: R) => string;
  nameOf: (row: R) => string;
  columns: readonly Column<R>[];
  /** pixels, for the skeleton */
  rowHeight?: number;
  /** absent where nothing can be chosen */
  chosen?: Chosen<R> | undefined;
  /** rows of which nothing can be done have no checkbox */
  selectable?: (row: R) => boolean;
  /** what can be done with the rows that are chosen, but for choosing none */
  bulk?: ReactNode;
  /** stands in place of the table where there is nothing in it */
  empty: ReactNode;
}

/**
 * A list of however many rows in a table: read piece by piece, pieces out of sight hold only their height. It knows its
 * skeleton, its error and its empty state; while another filter is asked for, the old rows stay.
 */
export function PagedTable<N extends Listed, R>(props: Props<N, R>) {
  const { noun, filter, rowsOf, empty, rowHeight = 52 } = props;
  const first = usePiece(props, undefined, true);
  if (first.error && !first.data) return <ErrorState error={first.error} onAgain={() => void first.refetch()} />;
  if (!first.data) return <RowsSkeleton rows={8} height={rowHeight} />;
  if (rowsOf(first.data).length === 0) return <>{empty}</>;
  return <Table key={`${noun} ${JSON.stringify(filter)}`} first={first} {...props} />;
}

type Answer<N extends Listed> = UseQueryResult<Page<N>, ApiError>;

/** One piece; the first keeps the last answer while another filter is asked for. */
function usePiece<N extends Listed, R>(
  { noun, filter, limit = 50 }: Pick<Props<N, R>, 'noun' | 'filter' | 'limit'>,
  cursor: string | undefined,
  enabled: boolean,
): Answer<N> {
  const input = { ...filter, limit, ...(cursor !== undefined && { cursor }) };
  return useRead<Listed, 'list'>(noun, 'list', input, { enabled, keep: cursor === undefined }) as Answer<N>;
}

interface TableProps<N extends Listed, R> extends Props<N, R> {
  first: Answer<N>;
}

function Table<N extends Listed, R>({ first, ...props }: TableProps<N, R>) {
  const t = useT();
  const { columns, chosen, bulk, selectable = () => true } = props;
  const { pieces } = usePieces();
  const shown = useRef(new Map<number, readonly R[]>());
  const loaded = () => [...shown.current.values()].flat().filter(selectable);
  const count = chosen?.rows.length ?? 0;
  return (
    <>
      {chosen && count > 0 && (
        <section className="bulk-bar" aria-label={t('parts.chosen')}>
          <output>{t('parts.chosen.count', { count })}</output>
          <span className="grow" />
          {bulk}
          <Button variant="subtle" size="xs" onClick={chosen.clear}>
            {t('runs.bulk.none')}
          </Button>
        </section>
      )}
      <div className="table-scroll">
        <table className="table" aria-busy={first.isPlaceholderData}>
          <thead>
            <tr>
              {chosen && (
                <th className="check">
                  <Checkbox
                    aria-label={t('parts.chosen.loaded')}
                    checked={count > 0}
                    indeterminate={count > 0 && count < loaded().length}
                    onChange={(event) => (event.currentTarget.checked ? chosen.set(loaded(), true) : chosen.clear())}
                  />
                </th>
              )}
              {columns.map((column) => (
                <th key={column.label} scope="col" className={column.className}>
                  {column.quiet ? <span className="visually-hidden">{column.label}</span> : column.label}
                </th>
              ))}
            </tr>
          </thead>
          {pieces.map((piece, index) =>
            piece.cursor === undefined ? (
              <FirstRows key="" {...props} page={first} piece={piece} onShown={(rows) => shown.current.set(0, rows)} />
            ) : (
              <LaterRows
                key={piece.cursor}
                {...props}
                piece={piece}
                onShown={(rows) => shown.current.set(index, rows)}
              />
            ),
          )}
        </table>
      </div>
    </>
  );
}

type PieceProps<N extends Listed, R> = Props<N, R> & {
  piece: Piece;
  /** its rows, when they are known */
  onShown: (rows: readonly R[]) => void;
};

function FirstRows<N extends Listed, R>({ page, ...props }: PieceProps<N, R> & { page: Answer<N> }) {
  const { data } = page;
  const { rowsOf, onShown } = props;
  useEffect(() => {
    if (data) onShown(rowsOf(data));
  });
  return (
    <tbody>
      <Rows {...props} page={page} height={undefined} />
    </tbody>
  );
}

function LaterRows<N extends Listed, R>(props: PieceProps<N, R>) {
  const { piece, onShown, rowsOf, columns, chosen } = props;
  const sight = useOutOfSight(piece);
  const { ref, hidden } = sight;
  const page = usePiece(props, piece.cursor, !hidden);
  const { data } = page;
  useHeightOf(sight, data !== undefined);
  useEffect(() => {
    if (data) onShown(rowsOf(data));
  });
  return (
    <tbody ref={ref}>
      {hidden ? (
        <tr style={{ height: sight.height.current }}>
          <td colSpan={columns.length + (chosen ? 1 : 0)} />
        </tr>
      ) : (
        <Rows {...props} page={page} height={sight.height.current} />
      )}
    </tbody>
  );
}

function Rows<N extends Listed, R>({
  page,
  piece,
  height,
  rowsOf,
  keyOf,
  nameOf,
  columns,
  chosen,
  selectable = () => true,
}: PieceProps<N, R> & { page: Answer<N>; height: number | undefined }) {
  const t = useT();
  return (
    <>
      {page.data &&
        rowsOf(page.data).map((row) => {
          const key = keyOf(row);
          const on = chosen?.has(key) ?? false;
          return (
            <tr key={key} data-selected={on || undefined}>
              {chosen && (
                <td className="check">
                  {selectable(row) && (
                    <Checkbox
                      aria-label={t('parts.chosen.choose', { name: nameOf(row) })}
                      checked={on}
                      onChange={(event) => chosen.set([row], event.currentTarget.checked)}
                    />
                  )}
                </td>
              )}
              {columns.map((column) => (
                <td
                  key={column.label}
                  className={[column.className, column.tone].filter(Boolean).join(' ') || undefined}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          );
        })}
      <TablePieceEnd piece={piece} page={page} columns={columns.length + (chosen ? 1 : 0)} height={height} />
    </>
  );
}
