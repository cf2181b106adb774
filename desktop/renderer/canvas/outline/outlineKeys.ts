import type { KeyboardEvent } from 'react';
import { isPressed } from '../../shell/keys.ts';

/** What is done with a row of the outline, by its keys; the menu of a row offers the same. */
export const outlineKeys = {
  open: ['Enter'],
  add: ['n'],
  rename: ['F2'],
  connect: ['c'],
  cut: ['Mod+X'],
  paste: ['Mod+V'],
  remove: ['Delete', 'Backspace'],
  menu: ['Shift+F10', 'ContextMenu'],
} as const satisfies Record<string, readonly string[]>;

export type OutlineDeed = keyof typeof outlineKeys;

/** What a key asks for, if it asks for anything. */
export function deedOf(event: KeyboardEvent): OutlineDeed | undefined {
  const deeds = Object.keys(outlineKeys) as OutlineDeed[];
  return deeds.find((deed) => outlineKeys[deed].some((shortcut) => isPressed(event, shortcut)));
}
