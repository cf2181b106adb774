import type { FlowView } from '@rondo/shared/oas/flow.ts';
import type { Point } from '../geometry.ts';
import { cardHeight, cardWidth } from '../geometry.ts';

/** Something that stands on the canvas: its upper left corner and its size. */
export interface Box extends Point {
  width: number;
  height: number;
}

/** The boxes of steps by id. */
export function stepBoxes(
  view: FlowView,
  positions: ReadonlyMap<string, Point>,
  ids: readonly string[],
): Map<string, Box> {
  return new Map(
    ids.flatMap((id): [string, Box][] => {
      const at = positions.get(id);
      const node = view.nodeById.get(id);
      return at && node ? [[id, { ...at, width: cardWidth, height: cardHeight(node.branches) }]] : [];
    }),
  );
}

/** The smallest box around all. @throws RangeError for none */
export function around(boxes: Iterable<Box>): Box {
  const all = [...boxes];
  if (all.length === 0) throw new RangeError('There is nothing to go around.');
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of all) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
