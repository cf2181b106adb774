import type { Position } from '@xyflow/react';
import { getSmoothStepPath } from '@xyflow/react';

/** Where a line begins and ends, and to which sides it leaves. */
interface Ends {
  sourceX: number;
  sourceY: number;
  targetX: number;
  targetY: number;
  sourcePosition: Position;
  targetPosition: Position;
}

/** A line as an SVG path, and the point in its middle. */
export interface LinePath {
  path: string;
  middle: { x: number; y: number };
}

/** The way of a control edge: right angles with rounded corners. */
export function controlPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition }: Ends): LinePath {
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition };
  const [path, x, y] = getSmoothStepPath({ ...ends, borderRadius: 14, offset: 24 });
  return { path, middle: { x, y } };
}

/** The way of data between two steps: it hangs below the cards. */
export function dataPath({ sourceX, sourceY, targetX, targetY }: Ends): LinePath {
  const depth = Math.min(160, 48 + Math.abs(targetX - sourceX) / 8);
  const low = Math.max(sourceY, targetY) + depth;
  return {
    path: `M ${sourceX} ${sourceY} C ${sourceX} ${low}, ${targetX} ${low}, ${targetX} ${targetY}`,
    middle: { x: (sourceX + targetX) / 2, y: (sourceY + targetY + 6 * low) / 8 },
  };
}
