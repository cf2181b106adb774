import type { Icon } from '@tabler/icons-react';
import type { MessageKey } from '../../messages/catalogue.ts';
import type { Words } from '../../messages/useT.ts';
import type { PageCommand } from '../../shell/pageCommands.ts';

/** The headings under which commands stand in the search and on the sheet of shortcuts. */
export type CommandGroup = 'steps' | 'edit' | 'arrange' | 'view' | 'test' | 'flow';

/**
 * Something that the editor can do. One list feeds the keys, the menus, the search (Ctrl-K) and the sheet of
 * shortcuts. `Context` is what it works on: see `canvasContext.ts` for the canvas.
 */
export interface EditorCommand<Context> {
  id: string;
  label: MessageKey;
  group: CommandGroup;
  icon?: Icon;
  /** shortcuts, as `Mod+Shift+Z` */
  keys?: readonly string[];
  /** only its keys make sense (walking with arrows) */
  keysOnly?: true;
  /** the key is left to the browser, which makes an event of it (copy, cut, paste) */
  native?: true;
  /** it takes something away */
  danger?: true;
  /** can it be done now? (default: always) */
  when?: (context: Context) => boolean;
  /** @param shortcut the one that was pressed, where it was a key */
  run: (context: Context, shortcut?: string) => void;
}

/** A command with what it works on. */
export interface BoundCommand extends PageCommand {
  native: boolean;
  danger: boolean;
  press: (shortcut: string) => void;
}

/** Ties commands to what they work on, with their words in the viewer's language. */
export function bindCommands<Context>(
  commands: readonly EditorCommand<Context>[],
  context: Context,
  t: Words,
): BoundCommand[] {
  return commands.map((command) => ({
    id: command.id,
    label: t(command.label),
    group: t(`commands.group.${command.group}`),
    icon: command.icon,
    keys: command.keys,
    keysOnly: command.keysOnly,
    native: command.native === true,
    danger: command.danger === true,
    enabled: () => command.when?.(context) ?? true,
    run: () => command.run(context),
    press: (shortcut) => command.run(context, shortcut),
  }));
}
