import { expect, it } from 'vitest';
import { isPressed, keyNames } from './keys.ts';

const press = (
  key: string,
  more: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
  code = '',
) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

it('knows a shortcut by its key and its modifiers, no more and no fewer', () => {
  expect(isPressed(press('d', { ctrlKey: true }), 'Mod+D')).toBe(true);
  expect(isPressed(press('d', { metaKey: true }), 'Mod+D')).toBe(true);
  expect(isPressed(press('d'), 'Mod+D')).toBe(false);
  expect(isPressed(press('D', { ctrlKey: true, shiftKey: true }), 'Mod+D')).toBe(false);
  expect(isPressed(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z')).toBe(true);
  expect(isPressed(press('ArrowLeft', { altKey: true }), 'ArrowLeft')).toBe(false);
  expect(isPressed(press('n', { altKey: true }), 'n')).toBe(false);
});

it('takes digits by their place and signs however they are typed', () => {
  expect(isPressed(press('!', { shiftKey: true }, 'Digit1'), 'Shift+1')).toBe(true);
  expect(isPressed(press('+'), '+')).toBe(true);
  expect(isPressed(press('+', { shiftKey: true }), '+')).toBe(true);
  expect(isPressed(press('?', { shiftKey: true }), '?')).toBe(true);
  expect(isPressed(press('?', { ctrlKey: true }), '?')).toBe(false);
});

it('names the keys as they stand on a keyboard', () => {
  expect(keyNames('Mod+Shift+Z')).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(keyNames('Alt+ArrowLeft')).toEqual(['Alt', '←']);
  expect(keyNames('+')).toEqual(['+']);
  expect(keyNames('Delete')).toEqual(['Delete']);
});
