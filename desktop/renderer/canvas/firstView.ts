import type { Point } from './geometry.ts';
import { cardWidth } from './geometry.ts';
import { readableZoom } from './levels.ts';

const startZoom = 0.85;

/**
 * Where a flow is shown first when its steps could not be read if all of it were shown: where it starts, at a size for
 * reading.
 *
 * @param positions the top left corner of every step, by id
 * @param startId the step that the flow starts with
 * @param box the size of the canvas in pixels
 * @returns the viewport, or undefined when the whole flow can be shown
 */
export function firstViewport(
  positions: ReadonlyMap<string, Point>,
  startId: string,
  box: { width: number; height: number },
): { x: number; y: number; zoom: number } | undefined {
  const start = positions.get(startId);
  if (!start) return undefined;
  let [left, right, top, bottom] = [start.x, start.x, start.y, start.y];
  for (const { x, y } of positions.values()) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const whole = Math.min(box.width / (right - left + cardWidth), box.height / (bottom - top + 100));
  if (whole >= readableZoom) return undefined;
  return { x: 48 - start.x * startZoom, y: box.height / 3 - start.y * startZoom, zoom: startZoom };
}
