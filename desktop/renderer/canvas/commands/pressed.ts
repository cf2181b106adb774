import type { KeyboardEvent as ReactKeyboardEvent } from 'react';
import { isPressed } from '../../shell/keys.ts';
import type { BoundCommand } from './command.ts';

/** True where a key belongs to a field that is being typed in, not to the canvas. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
      target.closest('[role="dialog"], [role="menu"]') !== null)
  );
}

/** Does what a key stands for. Returns false when it stands for nothing that can be done now. */
export function runPressed(commands: readonly BoundCommand[], event: KeyboardEvent | ReactKeyboardEvent): boolean {
  for (const command of commands) {
    const shortcut = command.native ? undefined : command.keys?.find((keys) => isPressed(event, keys));
    if (shortcut === undefined || !command.enabled()) continue;
    event.preventDefault();
    event.stopPropagation();
    command.press(shortcut);
    return true;
  }
  return false;
}
