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
export function snap(moving: Box, others: Iterable<Box>, within: number): Snapped {
  const all = [...others];
  const x = nearest(moving, all, 'x', 'width', within);
  const y = nearest(moving, all, 'y', 'height', within);
  const placed = { ...moving, x: moving.x + (x ?? 0), y: moving.y + (y ?? 0) };
  return {
    dx: x ?? 0,
    dy: y ?? 0,
    x: x !== undefined,
    y: y !== undefined,
    guides: [
      ...(x === undefined ? [] : guidesOf(placed, all, 'x', 'width', 'y', 'height')),
      ...(y === undefined ? [] : guidesOf(placed, all, 'y', 'height', 'x', 'width')),
    ],
  };
}

const lines = (box: Box, at: 'x' | 'y', size: 'width' | 'height') => [
  box[at],
  box[at] + box[size] / 2,
  box[at] + box[size],
];

function nearest(moving: Box, others: Box[], at: 'x' | 'y', size: 'width' | 'height', within: number) {
  let best: number | undefined;
  const mine = lines(moving, at, size);
  for (const other of others) {
    const theirs = lines(other, at, size);
    for (const [index, line] of mine.entries()) {
      // edges pull edges, middles pull middles
      for (const [place, to] of theirs.entries()) {
        if ((index === 1) !== (place === 1)) continue;
        const distance = to - line;
        if (Math.abs(distance) <= within && (best === undefined || Math.abs(distance) < Math.abs(best)))
          best = distance;
      }
    }
  }
  return best;
}

function guidesOf(
  placed: Box,
  others: Box[],
  at: 'x' | 'y',
  size: 'width' | 'height',
  across: 'x' | 'y',
  acrossSize: 'width' | 'height',
): Guide[] {
  const guides = new Map<number, Guide>();
  for (const line of lines(placed, at, size)) {
    for (const other of others) {
      if (!lines(other, at, size).some((to) => Math.abs(to - line) < 0.5)) continue;
      const old = guides.get(line);
      const from = Math.min(placed[across], other[across], old?.from ?? Infinity);
      const to = Math.max(placed[across] + placed[acrossSize], other[across] + other[acrossSize], old?.to ?? -Infinity);
      guides.set(line, { axis: at, at: line, from, to });
    }
  }
  return [...guides.values()];
}
