import { KeyCap } from '../parts/KeyCap.tsx';
import { keyNames } from './keys.ts';

/** A shortcut, key by key. */
export function Keys({ shortcut }: { shortcut: string }) {
  return (
    <span className="keys">
      {keyNames(shortcut).map((name) => (
        <KeyCap key={name} name={name} />
      ))}
    </span>
  );
}
