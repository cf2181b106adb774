import { IconClipboard, IconCopy, IconCut } from '@tabler/icons-react';
import type { CanvasCommand, CanvasContext } from './canvasContext.ts';
import { chosenOf, isEditable } from './canvasContext.ts';

/** Copy, cut and paste: the keys make events of the browser (`useClipboard.ts`); from menus the clipboard is asked. */
export const clipboardCommands: readonly CanvasCommand[] = [
  {
    id: 'clipboard.copy',
    label: 'commands.copy',
    group: 'edit',
    icon: IconCopy,
    keys: ['Mod+C'],
    native: true,
    when: (context) => chosenOf(context) > 0,
    run: (context) => copy(context, false),
  },
  {
    id: 'clipboard.cut',
    label: 'commands.cut',
    group: 'edit',
    icon: IconCut,
    keys: ['Mod+X'],
    native: true,
    when: (context) => isEditable(context) && chosenOf(context) > 0,
    run: (context) => copy(context, true),
  },
  {
    id: 'clipboard.paste',
    label: 'commands.paste',
    group: 'edit',
    icon: IconClipboard,
    keys: ['Mod+V'],
    native: true,
    when: isEditable,
    run(context) {
      const { actions, t } = context;
      // absent where the page came without https
      const clipboard: Clipboard | undefined = navigator.clipboard;
      const text = clipboard?.readText?.() ?? Promise.reject(new Error('no clipboard'));
      text.then(
        (found) => actions.pasteText(found),
        () => actions.say(t('commands.pasteWithKeys')),
      );
    },
  },
];

function copy(context: CanvasContext, cut: boolean): void {
  const { actions, t } = context;
  const { selection, extras } = context.page.ui.getState();
  const text = actions.copyText(selection, extras);
  if (text === undefined) return;
  const clipboard: Clipboard | undefined = navigator.clipboard;
  const done = clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
  done.then(
    () => {
      if (cut) actions.cutText(selection, extras);
    },
    () => actions.say(t('commands.copyWithKeys')),
  );
}
