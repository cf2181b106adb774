import type { Point } from '../geometry.ts';
import type { Box } from './boxes.ts';
import { around } from './boxes.ts';

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom';
export type Axis = 'across' | 'down';

/** Where boxes have to stand to be in line with the outermost one (or with the middle of all). */
export function aligned(boxes: ReadonlyMap<string, Box>, how: Alignment): Map<string, Point> {
  if (boxes.size === 0) return new Map();
  const all = around(boxes.values());
  const place = ({ x, y, width, height }: Box): Point => {
    switch (how) {
      case 'left':
        return { x: all.x, y };
      case 'center':
        return { x: all.x + (all.width - width) / 2, y };
      case 'right':
        return { x: all.x + all.width - width, y };
      case 'top':
        return { x, y: all.y };
      case 'middle':
        return { x, y: all.y + (all.height - height) / 2 };
      case 'bottom':
        return { x, y: all.y + all.height - height };
    }
  };
  return new Map([...boxes].map(([id, box]) => [id, place(box)]));
}

/** Where boxes have to stand to have the same gaps between them; the first and the last stay. */
export function distributed(boxes: ReadonlyMap<string, Box>, axis: Axis): Map<string, Point> {
  const [at, size] = axis === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const sorted = [...boxes].sort(([, a], [, b]) => a[at] + a[size] / 2 - (b[at] + b[size] / 2));
  const first = sorted[0]?.[1];
  const last = sorted.at(-1)?.[1];
  if (!first || !last) return new Map();
  const filled = sorted.reduce((sum, [, box]) => sum + box[size], 0);
  const gap = (last[at] + last[size] - first[at] - filled) / Math.max(1, sorted.length - 1);
  let next = first[at];
  return new Map(
    sorted.map(([id, box]) => {
      const place = { x: box.x, y: box.y, [at]: next };
      next += box[size] + gap;
      return [id, place];
    }),
  );
}
