import type { Icon } from '@tabler/icons-react';
import {
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconLayoutGrid,
} from '@tabler/icons-react';
import type { MessageKey } from '../../messages/catalogue.ts';
import type { Alignment, Axis } from '../arrange/align.ts';
import { aligned, distributed } from '../arrange/align.ts';
import type { Box } from '../arrange/boxes.ts';
import { stepBoxes } from '../arrange/boxes.ts';
import type { Point } from '../geometry.ts';
import type { CanvasCommand, CanvasContext } from './canvasContext.ts';
import { isEditable, selectionOf } from './canvasContext.ts';

const atLeast = (count: number) => (context: CanvasContext) =>
  isEditable(context) && selectionOf(context).length >= count;

function place(
  context: CanvasContext,
  label: MessageKey,
  where: (boxes: Map<string, Box>) => Map<string, Point>,
  series?: string,
): void {
  const boxes = stepBoxes(context.view(), context.positions(), selectionOf(context));
  const moves = [...where(boxes)].filter(([id, at]) => {
    const box = boxes.get(id);
    return box && (Math.round(at.x) !== Math.round(box.x) || Math.round(at.y) !== Math.round(box.y));
  });
  if (moves.length === 0) return;
  context.gesture(
    context.t(label),
    (draft) =>
      draft.run(
        ...moves.map(([node, at]) => ({ type: 'move' as const, node, x: Math.round(at.x), y: Math.round(at.y) })),
      ),
    series,
  );
}

const alignments: [Alignment, MessageKey, Icon][] = [
  ['left', 'commands.alignLeft', IconLayoutAlignLeft],
  ['center', 'commands.alignCenter', IconLayoutAlignCenter],
  ['right', 'commands.alignRight', IconLayoutAlignRight],
  ['top', 'commands.alignTop', IconLayoutAlignTop],
  ['middle', 'commands.alignMiddle', IconLayoutAlignMiddle],
  ['bottom', 'commands.alignBottom', IconLayoutAlignBottom],
];
const distributions: [Axis, MessageKey, Icon][] = [
  ['across', 'commands.distributeAcross', IconLayoutDistributeVertical],
  ['down', 'commands.distributeDown', IconLayoutDistributeHorizontal],
];
const arrows: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

function nudge(context: CanvasContext, shortcut: string | undefined, by: number): void {
  const arrow = arrows[shortcut?.split('+').at(-1) ?? ''];
  if (!arrow) return;
  const shift = (box: Box) => ({ x: box.x + arrow.x * by, y: box.y + arrow.y * by });
  const series = `nudge ${[...selectionOf(context)].sort().join(' ')}`;
  place(context, 'commands.nudge', (boxes) => new Map([...boxes].map(([id, box]) => [id, shift(box)])), series);
}

/** Where steps stand to each other. */
export const arrangeCommands: readonly CanvasCommand[] = [
  ...alignments.map(
    ([how, label, icon]): CanvasCommand => ({
      id: `arrange.${how}`,
      label,
      group: 'arrange',
      icon,
      when: atLeast(2),
      run: (context) => place(context, label, (boxes) => aligned(boxes, how)),
    }),
  ),
  ...distributions.map(
    ([axis, label, icon]): CanvasCommand => ({
      id: `arrange.${axis}`,
      label,
      group: 'arrange',
      icon,
      when: atLeast(3),
      run: (context) => place(context, label, (boxes) => distributed(boxes, axis)),
    }),
  ),
  {
    id: 'arrange.tidy',
    label: 'commands.tidySelection',
    group: 'arrange',
    icon: IconLayoutGrid,
    when: atLeast(2),
    run: (context) => context.tidy(selectionOf(context)),
  },
  {
    id: 'arrange.nudge',
    label: 'commands.nudge',
    group: 'arrange',
    keys: Object.keys(arrows).map((arrow) => `Alt+${arrow}`),
    keysOnly: true,
    when: atLeast(1),
    run: (context, shortcut) => nudge(context, shortcut, 8),
  },
  {
    id: 'arrange.nudgeFar',
    label: 'commands.nudgeFar',
    group: 'arrange',
    keys: Object.keys(arrows).map((arrow) => `Shift+${arrow}`),
    keysOnly: true,
    when: atLeast(1),
    run: (context, shortcut) => nudge(context, shortcut, 40),
  },
];
