import type { KeyboardEvent as ReactKeyboardEvent } from 'react';

type Pressed = Pick<KeyboardEvent | ReactKeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * Is this the shortcut that was pressed? A shortcut is written `Mod+Shift+Z`: Mod is Ctrl (Cmd on a Mac), and the last
 * part is the key. Digits count by their place on the keyboard; signs (`+`, `?`) whatever it takes to type them.
 */
export function isPressed(event: Pressed, shortcut: string): boolean {
  const { key, modifiers } = partsOf(shortcut);
  if (modifiers.has('Mod') !== (event.ctrlKey || event.metaKey)) return false;
  if (modifiers.has('Alt') !== event.altKey) return false;
  const isSign = key.length === 1 && !/[\p{L}\p{N}]/u.test(key);
  if (!isSign && modifiers.has('Shift') !== event.shiftKey) return false;
  if (/^\d$/.test(key)) return event.code === `Digit${key}` || event.key === key;
  return event.key.toLowerCase() === key.toLowerCase();
}

/** The shortcut's keys as they stand on a keyboard, modifiers first. */
export function keyNames(shortcut: string): string[] {
  const { key, modifiers } = partsOf(shortcut);
  const names: Record<string, string> = {
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    Escape: 'Esc',
    ContextMenu: '☰',
    '-': '−',
    ' ': 'Space',
  };
  const first = [...modifiers].map((name) => (name === 'Mod' ? (isMac() ? '⌘' : 'Ctrl') : name));
  return [...first, names[key] ?? (key.length === 1 ? key.toUpperCase() : key)];
}

function partsOf(shortcut: string): { key: string; modifiers: Set<string> } {
  const parts =
    shortcut === '+' || shortcut.endsWith('++') ? [...shortcut.slice(0, -1).split('+'), '+'] : shortcut.split('+');
  return { key: parts.at(-1) ?? '', modifiers: new Set(parts.slice(0, -1).filter((part) => part !== '')) };
}

function isMac(): boolean {
  return typeof navigator !== 'undefined' && /Mac/.test(navigator.userAgent);
}
