import type { Words } from '../../../messages/useT.ts';
import type { Help } from '../../../parts/help.ts';

/** What a field of a component is called on the screen: our words, else its own name made readable. */
export function fieldLabel(name: string, t: Words): string {
  const key = `component.field.${name}`;
  if (t.has(key)) return t(key);
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What is told about a field; undefined for one of a type that this program does not know. */
export function fieldHelp(name: string, t: Words): Help | undefined {
  const key = `component.help.${name}`;
  return t.has(key) ? { words: key } : undefined;
}

/** What a type of component is called on the screen. */
export function componentWords(type: string, t: Words): string {
  const key = `component.type.${type}`;
  return t.has(key) ? t(key) : type.replaceAll(/([a-z])([A-Z])/g, '$1 $2');
}
