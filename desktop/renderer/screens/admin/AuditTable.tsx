import { Button } from '@mantine/core';
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
import { RowsSkeleton } from '../../parts/Skeletons.tsx';
import { When } from '../../parts/When.tsx';
import { actionWords } from './actionWords.ts';

export type AuditFilter = Omit<Inputs['audit']['list'], 'cursor' | 'limit'>;

type Row = Outputs['audit']['list']['rows'][number];

/** The rows, the newest first; one opens to its details and its seal. */
export function AuditTable({ filter }: { filter: AuditFilter }) {
  const t = useT();
  const [cursors, setCursors] = useState<(string | undefined)[]>([undefined]);
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
          {cursors.map((cursor, index) => (
            <Rows
              key={cursor ?? ''}
              filter={filter}
              cursor={cursor}
              last={index === cursors.length - 1}
              onMore={(next) => setCursors((old) => [...old, next])}
            />
          ))}
        </table>
      </div>
    </div>
  );
}

interface RowsProps {
  filter: AuditFilter;
  cursor: string | undefined;
  last: boolean;
  onMore: (cursor: string) => void;
}

function Rows({ filter, cursor, last, onMore }: RowsProps) {
  const t = useT();
  const [open, setOpen] = useState<number | null>(null);
  const page = useRead('audit', 'list', { ...filter, limit: 50, ...(cursor !== undefined && { cursor }) });
  const next = page.data?.nextCursor;
  return (
    <tbody>
      {page.data?.rows.map((row) => (
        <Fragment key={row.seq}>
          <AuditRow row={row} open={open === row.seq} onToggle={() => setOpen(open === row.seq ? null : row.seq)} />
          {open === row.seq && <Details row={row} />}
        </Fragment>
      ))}
      {!page.data && (
        <tr>
          <td colSpan={5}>
            {page.error ? (
              <ErrorState error={page.error} onAgain={() => void page.refetch()} />
            ) : (
              <RowsSkeleton rows={3} />
            )}
          </td>
        </tr>
      )}
      {last && next && (
        <tr>
          <td colSpan={5}>
            <Button variant="subtle" onClick={() => onMore(next)}>
              {t('parts.more')}
            </Button>
          </td>
        </tr>
      )}
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
