import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';

interface Props {
  count: number;
  /** pixels; all rows are of one height */
  rowHeight: number;
  /** drawn whole up to so many rows; more scroll in a window of their own */
  whole?: number;
  /** pixels of that window */
  height?: number;
  /** brought into view when it changes; -1 = none */
  reveal?: number;
  /** a row that is drawn wherever it is, so that it keeps the keys; -1 = none */
  kept?: number;
  /** the row holds one button, which takes the keys */
  render: (index: number, onKeyDown: (event: KeyboardEvent) => void) => ReactNode;
}

const beyond = 8;

/**
 * Rows of which only those in view are drawn, however many there are. Up and Down go from one to the next.
 */
export function WindowedRows({ count, rowHeight, whole = 200, height = 592, reveal = -1, kept = -1, render }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const windowed = count > whole;
  useEffect(() => {
    const element = box.current;
    if (!element || !windowed || reveal < 0) return;
    const at = reveal * rowHeight;
    if (at < element.scrollTop || at + rowHeight > element.scrollTop + height) element.scrollTop = at - height / 3;
  }, [reveal, windowed, rowHeight, height]);
  const first = windowed ? Math.max(0, Math.floor(top / rowHeight) - beyond) : 0;
  const last = windowed ? Math.min(count, Math.ceil((top + height) / rowHeight) + beyond) : count;
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    const element = box.current;
    if (by === 0 || !row || !element) return;
    event.preventDefault();
    const next = element.querySelector<HTMLElement>(`[data-row="${Number(row.dataset.row) + by}"] button`);
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, offset) => first + offset);
  const isAside = kept >= 0 && kept < count && (kept < first || kept >= last);
  return (
    <div
      ref={box}
      style={windowed ? { maxHeight: height, overflowY: 'auto' } : {}}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <div
        style={
          windowed
            ? {
                position: 'relative',
                height: count * rowHeight,
                paddingTop: first * rowHeight,
                boxSizing: 'border-box',
              }
            : {}
        }
      >
        {(isAside ? [...shown, kept] : shown).map((row) => (
          <div
            key={row}
            data-row={row}
            style={
              isAside && row === kept
                ? { height: rowHeight, position: 'absolute', top: row * rowHeight, left: 0, right: 0 }
                : { height: rowHeight }
            }
          >
            {render(row, onKeyDown)}
          </div>
        ))}
      </div>
    </div>
  );
}
