import {
  IconArrowRight,
  IconCopyPlus,
  IconPlugConnected,
  IconPlus,
  IconSelectAll,
  IconTrash,
} from '@tabler/icons-react';
import { cardWidth } from '../geometry.ts';
import { enterStep } from '../ui.ts';
import type { CanvasCommand, CanvasContext } from './canvasContext.ts';
import { chosenOf, currentStep, freeBranch, isEditable, selectionOf, stepAtHand } from './canvasContext.ts';

const onButton = (context: CanvasContext) => context.focused()?.closest('button') != null;

/** What is done with single steps. */
export const stepCommands: readonly CanvasCommand[] = [
  {
    id: 'step.next',
    label: 'commands.next',
    group: 'steps',
    icon: IconPlus,
    keys: ['n'],
    when: isEditable,
    run(context) {
      const node = currentStep(context);
      const branch = node && freeBranch(node, context.view().controlEdges);
      if (node && branch !== undefined) {
        const at = context.positions().get(node.id) ?? { x: 0, y: 0 };
        const screen = context.flow.flowToScreenPosition({ x: at.x + cardWidth + 24, y: at.y });
        context.actions.openPaletteAfter(node.id, branch, screen);
      } else {
        context.page.ui.setState({ palette: true });
        requestAnimationFrame(() => document.querySelector<HTMLInputElement>('.palette input')?.focus());
      }
    },
  },
  {
    id: 'step.open',
    label: 'commands.open',
    group: 'steps',
    icon: IconArrowRight,
    keys: ['Enter'],
    when: (context) => !onButton(context) && stepAtHand(context) !== undefined,
    run(context) {
      const { marks, ui } = context.page;
      const { connectFrom } = marks.getState();
      const current = selectionOf(context).at(-1);
      if (connectFrom && current && connectFrom !== current) {
        const from = context.view().nodeById.get(connectFrom);
        const branch = from && freeBranch(from, context.view().controlEdges);
        if (branch !== undefined) context.join(connectFrom, branch, current);
        marks.setState({ connectFrom: null });
        return;
      }
      const id = stepAtHand(context);
      if (id === undefined) return;
      enterStep(ui, id);
    },
  },
  {
    id: 'step.connect',
    label: 'commands.connect',
    group: 'steps',
    icon: IconPlugConnected,
    keys: ['c'],
    when: (context) => isEditable(context) && selectionOf(context).length > 0,
    run(context) {
      const { marks } = context.page;
      const current = selectionOf(context).at(-1) ?? null;
      marks.setState({ connectFrom: marks.getState().connectFrom ? null : current });
    },
  },
  {
    id: 'step.duplicate',
    label: 'commands.duplicate',
    group: 'edit',
    icon: IconCopyPlus,
    keys: ['Mod+D'],
    when: (context) => isEditable(context) && chosenOf(context) > 0,
    run(context) {
      const { selection, extras } = context.page.ui.getState();
      context.actions.duplicate(selection, extras);
    },
  },
  {
    id: 'step.delete',
    label: 'commands.delete',
    group: 'edit',
    icon: IconTrash,
    keys: ['Delete', 'Backspace'],
    danger: true,
    when: (context) => {
      const { edges, extras, selection } = context.page.ui.getState();
      return isEditable(context) && edges.length + extras.length + selection.length > 0;
    },
    run(context) {
      const { edges, extras, selection } = context.page.ui.getState();
      if (edges.length > 0) context.actions.removeEdges(edges);
      else context.actions.remove(selection, extras);
    },
  },
  {
    id: 'step.all',
    label: 'commands.all',
    group: 'edit',
    icon: IconSelectAll,
    keys: ['Mod+A'],
    run: (context) => context.page.ui.setState({ selection: context.view().nodes.map((node) => node.id), edges: [] }),
  },
];
