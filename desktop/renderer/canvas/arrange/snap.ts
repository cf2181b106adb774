import type { Box } from './boxes.ts';

/** A line that shows with what something is in line. `x` = upright, at that x, from one y to another. */
export interface Guide {
  axis: 'x' | 'y';
  at: number;
  from: number;
  to: number;
}

export interface Snapped {
  dx: number;
  dy: number;
  /** is it in line with something, across and down? */
  x: boolean;
  y: boolean;
  guides: Guide[];
}

/**
 * Pulls a box that is being moved into line with the edges and middles of others nearby.
 *
 * @param within how near an edge has to be to pull
 */
export function snap(moving: Box, others: readonly Box[], within: number): Snapped {
  const x = nearest(moving, others, 'x', 'width', within);
  const y = nearest(moving, others, 'y', 'height', within);
  const placed = { ...moving, x: moving.x + (x ?? 0), y: moving.y + (y ?? 0) };
  return {
    dx: x ?? 0,
    dy: y ?? 0,
    x: x !== undefined,
    y: y !== undefined,
    guides: [
      ...(x === undefined ? [] : guidesOf(placed, others, 'x', 'width', 'y', 'height')),
      ...(y === undefined ? [] : guidesOf(placed, others, 'y', 'height', 'x', 'width')),
    ],
  };
}

const lines = (box: Box, at: 'x' | 'y', size: 'width' | 'height') => [
  box[at],
  box[at] + box[size] / 2,
  box[at] + box[size],
];

// Both loops run in every frame of a drag, over every card: they make nothing on the way.
function nearest(moving: Box, others: readonly Box[], at: 'x' | 'y', size: 'width' | 'height', within: number) {
  let best: number | undefined;
  const start = moving[at];
  const length = moving[size];
  const take = (distance: number) => {
    const far = Math.abs(distance);
    if (far <= within && (best === undefined || far < Math.abs(best))) best = distance;
  };
  for (const other of others) {
    const to = other[at] - start;
    const longer = other[size] - length;
    // edges pull edges, middles pull middles
    take(to);
    take(to + other[size]);
    take(to + longer / 2);
    take(to - length);
    take(to + longer);
  }
  return best;
}

function guidesOf(
  placed: Box,
  others: readonly Box[],
  at: 'x' | 'y',
  size: 'width' | 'height',
  across: 'x' | 'y',
  acrossSize: 'width' | 'height',
): Guide[] {
  const guides = new Map<number, Guide>();
  for (const line of lines(placed, at, size)) {
    for (const other of others) {
      const first = other[at] - line;
      const isInLine =
        Math.abs(first) < 0.5 || Math.abs(first + other[size] / 2) < 0.5 || Math.abs(first + other[size]) < 0.5;
      if (!isInLine) continue;
      const old = guides.get(line);
      const from = Math.min(placed[across], other[across], old?.from ?? Infinity);
      const to = Math.max(placed[across] + placed[acrossSize], other[across] + other[acrossSize], old?.to ?? -Infinity);
      guides.set(line, { axis: at, at: line, from, to });
    }
  }
  return [...guides.values()];
}
