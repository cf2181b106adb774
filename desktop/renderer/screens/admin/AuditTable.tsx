import { isObject, type Json } from '@rondo/shared/oas/json.ts';
import { IconChevronDown, IconChevronRight, IconListSearch } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { type Inputs, type Outputs, useRead } from '../../api/queries.ts';
import { useT } from '../../messages/useT.ts';
import { Avatar } from '../../parts/Avatar.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorState } from '../../parts/ErrorState.tsx';
import { JsonView } from '../../parts/JsonView.tsx';
import { Pairs } from '../../parts/Pairs.tsx';
import { TablePieceEnd } from '../../parts/PieceEnd.tsx';
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { useHeightOf, useOutOfSight } from '../../parts/useOutOfSight.ts';
import { type Piece, usePieces } from '../../parts/usePieces.ts';
import { When } from '../../parts/When.tsx';
import { actionWords } from './actionWords.ts';

export type AuditFilter = Omit<Inputs['audit']['list'], 'cursor' | 'limit'>;

type Row = Outputs['audit']['list']['rows'][number];

/** The rows, the newest first; one opens to its details and its seal. */
export function AuditTable({ filter }: { filter: AuditFilter }) {
  const t = useT();
  const { pieces } = usePieces();
  const first = useRead('audit', 'list', { ...filter, limit: 50 });
  if (first.error && !first.data) return <ErrorState error={first.error} onAgain={() => void first.refetch()} />;
  if (!first.data) {
    return (
      <div className="panel">
        <RowsSkeleton rows={8} />
      </div>
    );
  }
  if (first.data.rows.length === 0) {
    return (
      <div className="panel">
        <EmptyState icon={IconListSearch} title={t('admin.audit.empty')} />
      </div>
    );
  }
  return (
    <div className="panel">
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th>{t('admin.audit.col.time')}</th>
              <th>{t('admin.audit.col.who')}</th>
              <th>{t('admin.audit.col.what')}</th>
              <th>{t('admin.audit.col.on')}</th>
              <th>{t('admin.audit.col.result')}</th>
            </tr>
          </thead>
          {pieces.map((piece) => (
            <Rows key={piece.cursor ?? ''} filter={filter} piece={piece} />
          ))}
        </table>
      </div>
    </div>
  );
}

/** One piece of the list; out of sight it holds only its height. */
function Rows({ filter, piece }: { filter: AuditFilter; piece: Piece }) {
  const { cursor } = piece;
  const [open, setOpen] = useState<number | null>(null);
  const sight = useOutOfSight(piece);
  const { ref, hidden } = sight;
  const page = useRead(
    'audit',
    'list',
    { ...filter, limit: 50, ...(cursor !== undefined && { cursor }) },
    { enabled: !hidden },
  );
  useHeightOf(sight, page.data !== undefined);
  if (hidden)
    return (
      <tbody ref={ref}>
        <tr style={{ height: sight.height.current }}>
          <td colSpan={5} />
        </tr>
      </tbody>
    );
  return (
    <tbody ref={ref}>
      {page.data?.rows.map((row) => (
        <Fragment key={row.seq}>
          <AuditRow row={row} open={open === row.seq} onToggle={() => setOpen(open === row.seq ? null : row.seq)} />
          {open === row.seq && <Details row={row} />}
        </Fragment>
      ))}
      <TablePieceEnd piece={piece} page={page} columns={5} height={sight.height.current} />
    </tbody>
  );
}

function AuditRow({ row, open, onToggle }: { row: Row; open: boolean; onToggle: () => void }) {
  const t = useT();
  const Chevron = open ? IconChevronDown : IconChevronRight;
  const refused = row.outcome === 'refused';
  return (
    <tr className={open ? 'audit-shown' : undefined}>
      <td className="nowrap">
        <button
          type="button"
          className="plain-button audit-toggle"
          aria-expanded={open}
          aria-label={t('admin.audit.open', { seq: row.seq })}
          onClick={onToggle}
        >
          <Chevron size={16} />
        </button>{' '}
        <When at={row.at} className="dim" />
      </td>
      <td>
        <span className="person-cell">
          <Avatar name={row.actorName} kind={row.actorKind} small />
          {row.actorName}
        </span>
      </td>
      <td className="strong">{actionWords(row.action, t)}</td>
      <td className="dim">{row.targetName}</td>
      <td className="nowrap">
        <span className="state-dot">
          <span className={refused ? 'dot tone-bad' : 'dot tone-ok'} aria-hidden="true" />
          {refused ? t('admin.audit.refused') : t('admin.audit.done')}
        </span>
      </td>
    </tr>
  );
}

function Details({ row }: { row: Row }) {
  const t = useT();
  const details: Json = row.details;
  const seal = {
    [t('admin.audit.row')]: String(row.seq),
    [t('admin.audit.operation')]: row.action,
    [t('admin.audit.id')]: row.targetId,
  };
  return (
    <tr className="audit-details">
      <td colSpan={5}>
        <div className="audit-open">
          <div>
            <h3>{t('admin.audit.details')}</h3>
            {isObject(details) ? <Pairs values={details} /> : <JsonView value={details} />}
          </div>
          <div>
            <h3>{t('admin.audit.seal')}</h3>
            <Pairs values={seal} />
            <p className="hash">{row.hash}</p>
          </div>
        </div>
      </td>
    </tr>
  );
}
