import { Checkbox, Tooltip } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import type { RunSummary } from '@rondo/server/operations/contract/run.ts';
import type { RunFilter } from '@rondo/server/operations/contract/runFilter.ts';
import { isTerminal } from '@rondo/shared/runs/states.ts';
import { IconPin, IconPlayerPause } from '@tabler/icons-react';
import { useCallback, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useRead } from '../../api/queries.ts';
import type { Words } from '../../messages/useT.ts';
import { useT } from '../../messages/useT.ts';
import { TablePieceEnd } from '../../parts/PieceEnd.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { spanText } from '../../parts/times.ts';
import { useNow } from '../../parts/useNow.ts';
import type { Piece } from '../../parts/usePieces.ts';
import { When } from '../../parts/When.tsx';
import type { Selection } from './selection.ts';
import { waitWords } from './waitWords.ts';

interface RowsProps {
  filter: RunFilter;
  piece: Piece;
  /** how high this piece was drawn before, in pixels */
  height: number | undefined;
  onHeight: (height: number) => void;
  /** ids of its runs, when they are known */
  onShown: (ids: string[]) => void;
  selection?: Selection;
  /** absent where nothing can be chosen */
  onSelect?: (id: string, on: boolean) => void;
}

/** One piece of the list; out of sight it holds only its height. The last one has the button for the next. */
export function RunRows({ filter, piece, height, onHeight, onShown, selection, onSelect }: RowsProps) {
  const { cursor, last } = piece;
  const body = useRef<HTMLTableSectionElement | null>(null);
  const { ref, entry } = useIntersection<HTMLTableSectionElement>({ rootMargin: '1200px' });
  const near = entry?.isIntersecting ?? (height === undefined || cursor === undefined);
  const hidden = !near && height !== undefined && !last;
  const page = useRead(
    'run',
    'list',
    { ...filter, limit: 50, ...(cursor !== undefined && { cursor }) },
    { enabled: !hidden },
  );
  const runs = page.data?.runs;
  useEffect(() => {
    if (runs) onShown(runs.map((run) => run.id));
  });
  useEffect(() => {
    if (runs && !hidden && body.current) onHeight(body.current.offsetHeight);
  });
  const columns = onSelect ? 7 : 6;
  // always the same: another one would be let go and attached again by every drawing
  const attach = useCallback(
    (element: HTMLTableSectionElement | null) => {
      body.current = element;
      ref(element);
    },
    [ref],
  );
  if (hidden) {
    return (
      <tbody ref={attach}>
        <tr style={{ height }}>
          <td colSpan={columns} />
        </tr>
      </tbody>
    );
  }
  return (
    <tbody ref={attach}>
      {runs?.map((run) => (
        <RunRow
          key={run.id}
          run={run}
          selected={selection?.all === true || selection?.ids.has(run.id) === true}
          {...(onSelect && { onSelect })}
        />
      ))}
      <TablePieceEnd piece={piece} page={page} columns={columns} height={height} />
    </tbody>
  );
}

interface RowProps {
  run: RunSummary;
  selected: boolean;
  onSelect?: (id: string, on: boolean) => void;
}

function RunRow({ run, selected, onSelect }: RowProps) {
  const t = useT();
  const now = useNow();
  const began = Date.parse(run.startedAt ?? run.createdAt);
  const ended = run.finishedAt ? Date.parse(run.finishedAt) : now.getTime();
  return (
    <tr data-selected={selected || undefined}>
      {onSelect && (
        <td className="check">
          <Checkbox
            aria-label={t('runs.selectRun', { flow: run.flowName, number: run.number })}
            checked={selected}
            onChange={(event) => onSelect(run.id, event.currentTarget.checked)}
          />
        </td>
      )}
      <td>
        <Link href={`/runs/${run.id}`}>{run.flowName}</Link> <span className="dim">{run.number}</span>
        {run.hold && (
          <Tooltip label={t('runs.held')}>
            <IconPin size={14} className="row-sign" aria-label={t('runs.held')} />
          </Tooltip>
        )}
      </td>
      <td className="nowrap">
        <StateBadge state={run.state} />
        {run.paused && !isTerminal(run.state) && (
          <Tooltip label={t('runs.isPaused')}>
            <IconPlayerPause size={14} className="row-sign" aria-label={t('runs.isPaused')} />
          </Tooltip>
        )}
      </td>
      <td className="dim clip run-far wide-only">{farWords(run, t)}</td>
      <td className="wide-only">{run.actorName}</td>
      <td className="dim nowrap">
        <When at={run.startedAt ?? run.createdAt} />
      </td>
      <td className="end dim nowrap wide-only">
        {isTerminal(run.state) || run.startedAt ? spanText(Math.max(0, ended - began), t) : null}
      </td>
    </tr>
  );
}

/** How far a run is: what it waits for, what keeps it back, else its steps. */
function farWords(run: RunSummary, t: Words): string {
  const wait = run.waits[0];
  if (!isTerminal(run.state) && run.paused) return t('runs.isPaused');
  if (run.state === 'queued' && run.gated) return t('runs.isGated');
  if (run.state === 'waiting' && wait) return t('runs.waitsFor', { title: waitWords(wait, t) });
  return t('runs.stepsDone', { count: run.stepsDone });
}
