import type { InternalNode } from '@xyflow/react';
import { Position } from '@xyflow/react';
import type { CanvasNode } from '../canvasNodes.ts';
import type { Point } from '../geometry.ts';
import { controlPath, dataPath } from '../linePaths.ts';
import type { FlowLine } from '../steps.ts';

/** A line as a path in the measure of the flow, with the box that it keeps to. */
export interface LineFromAfar {
  line: FlowLine;
  path: Path2D;
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** where it begins and ends; a line that stays there keeps its path */
  ends: string;
}

type Nodes = ReadonlyMap<string, InternalNode<CanvasNode>>;

/** How far a line goes beyond the box of its ends: a control line beside a card, data below it. */
const beyond = { control: 60, data: 170 } as const;

/**
 * Lays out lines for the overview.
 *
 * @param before what was laid out last, from which paths are taken over
 */
export function linesFromAfar(
  lines: readonly FlowLine[],
  nodes: Nodes,
  before: ReadonlyMap<string, LineFromAfar>,
): ReadonlyMap<string, LineFromAfar> {
  const all = new Map<string, LineFromAfar>();
  for (const line of lines) {
    const from = endOf(nodes.get(line.source), line.sourceHandle);
    const to = endOf(nodes.get(line.target), line.targetHandle);
    if (!from || !to) continue;
    const ends = `${from.x} ${from.y} ${to.x} ${to.y}`;
    const known = before.get(line.id);
    all.set(line.id, known?.ends === ends ? { ...known, line } : laidOut(line, from, to, ends));
  }
  return all;
}

function laidOut(line: FlowLine, from: Point, to: Point, ends: string): LineFromAfar {
  const places = {
    sourceX: from.x,
    sourceY: from.y,
    targetX: to.x,
    targetY: to.y,
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
  };
  const { path } = line.type === 'data' ? dataPath(places) : controlPath(places);
  const room = beyond[line.type === 'data' ? 'data' : 'control'];
  return {
    line,
    path: new Path2D(path),
    left: Math.min(from.x, to.x) - room,
    top: Math.min(from.y, to.y) - room,
    right: Math.max(from.x, to.x) + room,
    bottom: Math.max(from.y, to.y) + room,
    ends,
  };
}

/** Where a line meets a card: the handle's place is given with the card. */
function endOf(node: InternalNode<CanvasNode> | undefined, handleId: string | null | undefined): Point | undefined {
  const handle = node?.handles?.find(({ id }) => id === handleId);
  if (!node || !handle) return undefined;
  const { x, y } = node.internals.positionAbsolute;
  const { width = 0, height = 0, position } = handle;
  if (position === Position.Left) return { x: x + handle.x, y: y + handle.y + height / 2 };
  if (position === Position.Right) return { x: x + handle.x + width, y: y + handle.y + height / 2 };
  return { x: x + handle.x + width / 2, y: y + handle.y + height };
}
