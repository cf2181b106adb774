import { useT } from '../messages/useT.ts';

const written = ['Ctrl', 'Shift', 'Alt', 'Enter', 'Space', 'Delete', 'Backspace', 'Tab', 'Home', 'End'] as const;

/** The name of a key, as it stands on a keyboard of the viewer's language. @param name in English, such as `Ctrl` */
export function KeyCap({ name }: { name: string }) {
  const t = useT();
  const key = written.find((each) => each === name);
  return <kbd className="keycap">{key ? t(`parts.key.${key}`) : name}</kbd>;
}
