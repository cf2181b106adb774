import type { OutlineRow } from './order.ts';

/** The row to which a key leads: to the next or last one, out to the row above, in to the first below. */
export function rowTowards(rows: readonly OutlineRow[], at: number, key: string): number | undefined {
  const level = rows[at]?.level ?? 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, rows.length - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'ArrowLeft': {
      const above = rows.slice(0, at).findLastIndex((row) => row.level < level);
      return above === -1 ? at : above;
    }
    case 'ArrowRight':
      return (rows[at + 1]?.level ?? 0) > level ? at + 1 : at;
    default:
      return undefined;
  }
}
