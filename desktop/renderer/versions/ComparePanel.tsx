import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { isTyping } from '../canvas/commands/pressed.ts';
import { useT } from '../messages/useT.ts';
import { WindowedRows } from '../parts/WindowedRows.tsx';
import { ChangeDetails } from './ChangeDetails.tsx';
import type { ChangeRow } from './changeRows.ts';
import type { Changes } from './changes.ts';
import { DiffSign } from './DiffCard.tsx';

interface Props {
  changes: Changes;
  rows: readonly ChangeRow[];
  chosen: string | null;
  onChoose: (row: ChangeRow) => void;
}

/** The list of what changed, in words; below it, what the chosen change was before and is after. */
export function ComparePanel({ changes, rows, chosen, onChoose }: Props) {
  const t = useT();
  const at = useMemo(() => rows.findIndex((row) => row.id === chosen), [rows, chosen]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const by = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
      const row = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
      if (by === 0 || !row) return;
      event.preventDefault();
      onChoose(row);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [rows, at, onChoose]);
  const go = (to: number) => {
    const row = rows[to];
    if (row) onChoose(row);
  };
  const row = rows[at];
  return (
    <aside className="compare-panel" aria-label={t('versions.list')}>
      <header>
        <h2>{t('versions.list')}</h2>
        <span className="faint" role="status">
          {changes.groups.length > 0
            ? t('versions.count', { count: changes.groups.length })
            : t(changes.moved.length + changes.movedNotes.length > 0 ? 'versions.sameMoved' : 'versions.same')}
        </span>
        {rows.length > 0 && (
          <span className="compare-walk">
            <Tooltip label={t('versions.previous')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('versions.previous')}
                disabled={at <= 0}
                onClick={() => go(at - 1)}
              >
                <IconArrowUp size={17} stroke={1.75} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('versions.next')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('versions.next')}
                disabled={at >= rows.length - 1}
                onClick={() => go(at + 1)}
              >
                <IconArrowDown size={17} stroke={1.75} />
              </ActionIcon>
            </Tooltip>
          </span>
        )}
      </header>
      <div className="compare-rows">
        <WindowedRows
          count={rows.length}
          rowHeight={32}
          reveal={at}
          render={(index, onKeyDown) => {
            const shown = rows[index];
            if (!shown) return null;
            return (
              <button
                type="button"
                className="compare-row"
                data-depth={shown.depth}
                aria-current={shown.id === chosen || undefined}
                title={shown.words}
                onKeyDown={onKeyDown}
                onClick={() => onChoose(shown)}
              >
                <DiffSign state={shown.sign} size={12} />
                <span className="visually-hidden">{t(`versions.state.${shown.sign}`)} </span>
                <span className="compare-words">{shown.words}</span>
              </button>
            );
          }}
        />
      </div>
      {row && <ChangeDetails key={row.id} row={row} changes={changes} />}
    </aside>
  );
}
