import type { FlowLine } from './steps.ts';

/** A step that more data lines than this begin or end at is a hub: nobody can follow them to steps that are not in view. */
const most = 200;

const none: ReadonlySet<string> = new Set();

/** @returns the ids of the cards that more than 200 of the data lines begin or end at */
export function hubsOf(lines: readonly FlowLine[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { type, source, target } of lines) {
    if (type !== 'data') continue;
    counts.set(source, (counts.get(source) ?? 0) + 1);
    counts.set(target, (counts.get(target) ?? 0) + 1);
  }
  const hubs = [...counts].flatMap(([id, count]) => (count > most ? [id] : []));
  return hubs.length === 0 ? none : new Set(hubs);
}

/**
 * Leaves out the data lines of hubs that lead to cards out of view. Thousands of long dotted lines take a browser a
 * minute to paint; those that can be followed are few.
 *
 * @param inView ids of the cards that are seen
 * @returns `lines` itself where there is no hub
 */
export function withoutFarLines(lines: FlowLine[], hubs: ReadonlySet<string>, inView: ReadonlySet<string>): FlowLine[] {
  if (hubs.size === 0) return lines;
  return lines.filter(({ type, source, target }) => {
    if (type !== 'data' || !(hubs.has(source) || hubs.has(target))) return true;
    const ends = [source, target].filter((end) => !hubs.has(end));
    return ends.length > 0 ? ends.some((end) => inView.has(end)) : inView.has(source) && inView.has(target);
  });
}
