import { Button } from '@mantine/core';
import type { ApiError } from '../api/errors.ts';
import { useT } from '../messages/useT.ts';
import { ErrorState } from './ErrorState.tsx';
import { RowsSkeleton } from './Skeletons.tsx';
import type { Piece } from './usePieces.ts';

interface EndProps {
  piece: Piece;
  /** the answer that the piece shows */
  page: {
    data: { nextCursor: string | null } | undefined;
    error: ApiError | null;
    refetch: () => unknown;
  };
}

/** What stands below one piece of a list: that it is on its way or could not be had, or the button for the next. */
export function PieceEnd({ piece, page }: EndProps) {
  return (
    <>
      {!page.data && <Missing page={page} />}
      {offers(piece, page) && (
        <div className="table-more">
          <MoreButton piece={piece} page={page} />
        </div>
      )}
    </>
  );
}

interface TableProps extends EndProps {
  columns: number;
  /** what is said in a list without rows; nothing where there are some */
  empty?: string | false;
  /** pixels to keep while the rows are on their way */
  height?: number | undefined;
}

/** The same as rows of a table, for its tbody. */
export function TablePieceEnd({ piece, page, columns, empty, height }: TableProps) {
  return (
    <>
      {!page.data && (
        <tr style={{ height }}>
          <td colSpan={columns}>
            <Missing page={page} />
          </td>
        </tr>
      )}
      {empty && piece.cursor === undefined && (
        <tr>
          <td colSpan={columns} className="dim">
            {empty}
          </td>
        </tr>
      )}
      {offers(piece, page) && (
        <tr>
          <td colSpan={columns} className="table-more">
            <MoreButton piece={piece} page={page} />
          </td>
        </tr>
      )}
    </>
  );
}

const offers = ({ last }: Piece, { data }: EndProps['page']): boolean => last && !!data?.nextCursor;

function Missing({ page }: Pick<EndProps, 'page'>) {
  if (page.error) return <ErrorState error={page.error} onAgain={() => void page.refetch()} />;
  return <RowsSkeleton rows={3} />;
}

function MoreButton({ piece, page }: EndProps) {
  const t = useT();
  const next = page.data?.nextCursor;
  return (
    <Button variant="subtle" onClick={() => next && piece.onMore(next)}>
      {t('parts.more')}
    </Button>
  );
}
