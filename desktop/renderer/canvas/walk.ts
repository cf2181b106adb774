import type { Point } from './geometry.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

interface Edge {
  from: string;
  to: string;
}

/**
 * The step that an arrow key leads to: right and left walk along the edges (the straightest first), up and down go to
 * the nearest step above or below.
 *
 * @param positions the top left corner of every step
 * @returns the id of that step, or undefined where there is none
 */
export function stepTowards(
  from: string,
  direction: Direction,
  positions: ReadonlyMap<string, Point>,
  edges: readonly Edge[],
): string | undefined {
  const here = positions.get(from);
  if (!here) return undefined;
  if (direction === 'left' || direction === 'right') {
    const ids = edges.flatMap((edge) =>
      direction === 'right' && edge.from === from
        ? [edge.to]
        : direction === 'left' && edge.to === from
          ? [edge.from]
          : [],
    );
    const linked = nearest(ids, positions, (at) => Math.abs(at.y - here.y) + Math.abs(at.x - here.x) / 4);
    if (linked) return linked;
  }
  const ahead = [...positions.keys()].filter((id) => {
    const at = positions.get(id);
    if (!at || id === from) return false;
    if (direction === 'right') return at.x > here.x;
    if (direction === 'left') return at.x < here.x;
    if (direction === 'down') return at.y > here.y;
    return at.y < here.y;
  });
  return nearest(ahead, positions, (at) => {
    const dx = Math.abs(at.x - here.x);
    const dy = Math.abs(at.y - here.y);
    return direction === 'left' || direction === 'right' ? dx + dy * 2 : dy + dx * 2;
  });
}

function nearest(ids: readonly string[], positions: ReadonlyMap<string, Point>, cost: (at: Point) => number) {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const id of ids) {
    const at = positions.get(id);
    if (!at) continue;
    const value = cost(at);
    if (value < least) {
      least = value;
      best = id;
    }
  }
  return best;
}
