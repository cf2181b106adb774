import type { FlowView } from '@rondo/shared/oas/flow.ts';
import type { Node } from '@xyflow/react';
import { Position } from '@xyflow/react';
import type { Box } from '../arrange/boxes.ts';
import { around, stepBoxes } from '../arrange/boxes.ts';
import type { Point } from '../geometry.ts';
import { cardHeadHeight, cardWidth, sized } from '../geometry.ts';
import { inHandle } from '../steps.ts';
import { foldedOut } from './foldedLines.ts';
import type { Group, Note } from './frames.ts';
import { groupsOf, notesOf } from './frames.ts';

export type NoteNode = Node<{ note: Note }, 'note'>;
export type GroupNode = Node<{ group: Group }, 'frame'>;

const padding = { side: 24, top: 48, bottom: 24 } as const;

/**
 * Notes and frames to look at: behind the steps, every frame unfolded, out of the way of pointer and keys.
 * @returns the nodes in the order in which they are drawn
 */
export function shownFrames(view: FlowView, positions: ReadonlyMap<string, Point>): (NoteNode | GroupNode)[] {
  const { notes, groups } = frameNodes(view, positions, true);
  return [...groups, ...notes].map((node) => ({ ...node, selectable: false, focusable: false, draggable: false }));
}

/**
 * Notes and frames as the canvas draws them. A folded frame is a card of its own in place of its steps.
 * @param unfold draws every frame around its steps
 */
export function frameNodes(
  view: FlowView,
  positions: ReadonlyMap<string, Point>,
  unfold = false,
): { notes: NoteNode[]; groups: GroupNode[] } {
  return {
    notes: notesOf(view).map((note) => ({
      id: note.id,
      type: 'note',
      position: { x: note.x, y: note.y },
      ...sized(note.width, note.height),
      data: { note },
      zIndex: -1,
    })),
    groups: groupsOf(view).flatMap((kept): GroupNode[] => {
      const group = unfold ? { ...kept, folded: false } : kept;
      const boxes = stepBoxes(view, positions, group.steps);
      if (boxes.size === 0) return [];
      const box = frameBox(group, around(boxes.values()));
      return [
        {
          id: group.id,
          type: 'frame',
          position: { x: box.x, y: box.y },
          ...sized(box.width, box.height),
          data: { group },
          zIndex: group.folded ? 0 : -2,
          handles: group.folded ? foldedHandles : [],
        },
      ];
    }),
  };
}

function frameBox(group: Group, steps: Box): Box {
  if (group.folded) return { x: steps.x, y: steps.y, width: cardWidth, height: cardHeadHeight };
  return {
    x: steps.x - padding.side,
    y: steps.y - padding.top,
    width: steps.width + padding.side * 2,
    height: steps.height + padding.top + padding.bottom,
  };
}

const foldedHandles: NonNullable<GroupNode['handles']> = [
  { id: inHandle, type: 'target', position: Position.Left, x: -5, y: cardHeadHeight / 2 - 5, width: 10, height: 10 },
  {
    id: foldedOut,
    type: 'source',
    position: Position.Right,
    x: cardWidth - 5,
    y: cardHeadHeight / 2 - 5,
    width: 10,
    height: 10,
  },
  {
    id: 'data-out',
    type: 'source',
    position: Position.Bottom,
    x: cardWidth / 2 + 12,
    y: cardHeadHeight,
    width: 2,
    height: 2,
  },
  {
    id: 'data-in',
    type: 'target',
    position: Position.Bottom,
    x: cardWidth / 2 - 12,
    y: cardHeadHeight,
    width: 2,
    height: 2,
  },
];
