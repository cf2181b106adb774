import { useEffect } from 'react';
import { isPressed } from '../shell/keys.ts';
import type { BoundCommand } from './commands/command.ts';
import { runPressed } from './commands/pressed.ts';

/** Keys that nothing on the page has are the canvas' keys; Ctrl-F is so wherever one is on the page. */
export function useLooseKeys(commands: readonly BoundCommand[]): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !(event.target instanceof HTMLElement)) return;
      if (document.querySelector('[role="dialog"]')) return;
      if (event.target === document.body || isPressed(event, 'Mod+F')) runPressed(commands, event);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [commands]);
}
