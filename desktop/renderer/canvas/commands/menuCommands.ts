import { IconDots } from '@tabler/icons-react';
import { cardHeadHeight, cardWidth } from '../geometry.ts';
import type { CanvasCommand } from './canvasContext.ts';
import { selectionOf } from './canvasContext.ts';

/** The menu of what has the keys: a step, a line, the empty canvas. */
export const menuCommands: readonly CanvasCommand[] = [
  {
    id: 'menu.open',
    label: 'commands.menu',
    group: 'edit',
    icon: IconDots,
    keys: ['ContextMenu', 'Shift+F10'],
    run(context) {
      const { ui } = context.page;
      const focused = context.focused()?.closest('.react-flow__node')?.getAttribute('data-id');
      const step = [focused, ...selectionOf(context)].find((id) => id != null && context.view().nodeById.has(id));
      const box = document.querySelector('.canvas')?.getBoundingClientRect();
      const at = step ? context.positions().get(step) : undefined;
      const screen = at
        ? context.flow.flowToScreenPosition({ x: at.x + cardWidth / 2, y: at.y + cardHeadHeight })
        : { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 3 };
      if (step && !selectionOf(context).includes(step)) ui.setState({ selection: [step], edges: [] });
      const line = context.focused()?.closest('.react-flow__edge')?.getAttribute('data-id');
      if (line) ui.setState({ selection: [], edges: [line] });
      const { edges, extras } = ui.getState();
      const of = line || (!step && edges.length > 0) ? 'edge' : step ? 'step' : extras.length > 0 ? 'frame' : 'pane';
      ui.setState({ menu: { screen, of } });
    },
  },
];
