import { nextReveal } from '../ui.ts';
import type { Direction } from '../walk.ts';
import { stepTowards } from '../walk.ts';
import type { CanvasCommand } from './canvasContext.ts';
import { selectionOf } from './canvasContext.ts';

const arrows: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

/** How one moves over the canvas with the keys. */
export const walkCommands: readonly CanvasCommand[] = [
  {
    id: 'walk',
    label: 'commands.walk',
    group: 'steps',
    keys: Object.keys(arrows),
    keysOnly: true,
    run(context, shortcut) {
      const arrow = arrows[shortcut ?? ''];
      if (!arrow) return;
      const { ui } = context.page;
      const view = context.view();
      const current = selectionOf(context).at(-1);
      const next = current
        ? stepTowards(current, arrow, context.positions(), view.controlEdges)
        : view.startId || view.nodes[0]?.id;
      if (!next) return;
      ui.setState({ selection: [next], edges: [], reveal: nextReveal(ui, next) });
    },
  },
  {
    id: 'select',
    label: 'commands.select',
    group: 'steps',
    keys: [' '],
    keysOnly: true,
    when: (context) => {
      const element = context.focused();
      return element?.closest('button') == null && element?.closest('.react-flow__node, .react-flow__edge') != null;
    },
    run(context) {
      const element = context.focused()?.closest('.react-flow__node, .react-flow__edge');
      const id = element?.getAttribute('data-id');
      if (!element || !id) return;
      if (element.classList.contains('react-flow__edge')) context.page.ui.setState({ selection: [], edges: [id] });
      else if (context.view().nodeById.has(id)) context.page.ui.setState({ selection: [id], edges: [] });
      else context.page.ui.setState({ selection: [], edges: [], extras: [id] });
    },
  },
  {
    id: 'letGo',
    label: 'commands.letGo',
    group: 'steps',
    keys: ['Escape'],
    keysOnly: true,
    run({ page }) {
      page.marks.setState({ connectFrom: null });
      page.ui.setState({ quick: null, selection: [], edges: [] });
    },
  },
];
