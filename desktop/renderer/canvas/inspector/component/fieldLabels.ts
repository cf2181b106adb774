import type { Words } from '../../../messages/useT.ts';

/** What a field of a component is called on the screen: our words, else its own name made readable. */
export function fieldLabel(name: string, t: Words): string {
  const key = `component.field.${name}`;
  if (t.has(key)) return t(key);
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What is told about a field; undefined where its name says it all. */
export function fieldHelp(name: string, t: Words): string | undefined {
  const key = `component.help.${name}`;
  return t.has(key) ? t(key) : undefined;
}

/** What a type of component is called on the screen. */
export function componentWords(type: string, t: Words): string {
  const key = `component.type.${type}`;
  return t.has(key) ? t(key) : type.replaceAll(/([a-z])([A-Z])/g, '$1 $2');
}
