import { IconBoxMultiple, IconBoxOff, IconFold, IconNote, IconPencil } from '@tabler/icons-react';
import type { Group } from '../frames/frames.ts';
import { groupsOf, newNoteSize, notesOf, removeFrames, writeGroup, writeNote } from '../frames/frames.ts';
import { toGrid } from '../geometry.ts';
import type { CanvasCommand, CanvasContext } from './canvasContext.ts';
import { isEditable, selectionOf } from './canvasContext.ts';

/** The note or frame that has the keys, else the one that was selected last. */
function frameAtHand(context: CanvasContext): string | undefined {
  const focused = context.focused()?.closest('.react-flow__node')?.getAttribute('data-id');
  const view = context.view();
  const known = new Set([...notesOf(view), ...groupsOf(view)].map(({ id }) => id));
  if (focused) return known.has(focused) ? focused : undefined;
  return context.page.ui.getState().extras.find((id) => known.has(id));
}

/** The groups that are meant: the selected ones, else those of the selected steps. */
function groupsAtHand(context: CanvasContext): Group[] {
  const chosen = new Set([frameAtHand(context), ...context.page.ui.getState().extras]);
  const groups = groupsOf(context.view());
  const selected = groups.filter((group) => chosen.has(group.id));
  if (selected.length > 0) return selected;
  const steps = selectionOf(context);
  return groups.filter((group) => group.steps.some((step) => steps.includes(step)));
}

/** Sticky notes, and frames around steps. */
export const frameCommands: readonly CanvasCommand[] = [
  {
    id: 'frames.edit',
    label: 'commands.editFrame',
    group: 'edit',
    icon: IconPencil,
    keys: ['Enter', 'F2'],
    when: (context) =>
      isEditable(context) && frameAtHand(context) !== undefined && context.focused()?.closest('button') == null,
    run: (context) => {
      const id = frameAtHand(context);
      if (id !== undefined) context.page.ui.setState({ extras: [id], selection: [], edges: [], editing: id });
    },
  },
  {
    id: 'frames.note',
    label: 'commands.note',
    group: 'edit',
    icon: IconNote,
    keys: ['Shift+N'],
    when: isEditable,
    run(context) {
      const { flow, page, t } = context;
      const id = crypto.randomUUID();
      const box = document.querySelector('.canvas')?.getBoundingClientRect();
      const middle = box && flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 3 });
      const at = toGrid(context.pointer() ?? middle ?? { x: 0, y: 0 });
      const ok = context.gesture(t('canvas.gesture.addNote'), (draft) =>
        writeNote(draft, { id, text: '', color: 'yellow', ...newNoteSize, ...at }),
      );
      if (ok) page.ui.setState({ selection: [], edges: [], extras: [id], editing: id });
    },
  },
  {
    id: 'frames.group',
    label: 'commands.group',
    group: 'edit',
    icon: IconBoxMultiple,
    keys: ['Mod+G'],
    when: (context) => isEditable(context) && selectionOf(context).length > 0,
    run(context) {
      const { page, t } = context;
      const id = crypto.randomUUID();
      const group = { id, name: t('canvas.newGroup'), steps: selectionOf(context), folded: false };
      const ok = context.gesture(t('canvas.gesture.group'), (draft) => writeGroup(draft, group));
      if (ok) page.ui.setState({ selection: [], edges: [], extras: [id], editing: id });
    },
  },
  {
    id: 'frames.ungroup',
    label: 'commands.ungroup',
    group: 'edit',
    icon: IconBoxOff,
    keys: ['Mod+Shift+G'],
    when: (context) => isEditable(context) && groupsAtHand(context).length > 0,
    run(context) {
      const groups = groupsAtHand(context);
      context.gesture(context.t('canvas.gesture.ungroup'), (draft) =>
        removeFrames(
          draft,
          groups.map(({ id }) => id),
        ),
      );
      context.page.ui.setState({ extras: [], selection: groups.flatMap(({ steps }) => steps) });
    },
  },
  {
    id: 'frames.fold',
    label: 'commands.fold',
    group: 'edit',
    icon: IconFold,
    keys: ['f'],
    when: (context) => isEditable(context) && groupsAtHand(context).length > 0,
    run(context) {
      const groups = groupsAtHand(context);
      const folded = !groups.every((group) => group.folded);
      context.gesture(context.t(folded ? 'canvas.gesture.fold' : 'canvas.gesture.unfold'), (draft) => {
        for (const group of groups) writeGroup(draft, { ...group, folded });
      });
      context.page.ui.setState({ selection: [], edges: [], extras: groups.map(({ id }) => id) });
    },
  },
];
