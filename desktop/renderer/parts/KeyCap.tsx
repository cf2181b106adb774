/** The name of a key, as it stands on a keyboard. */
export function KeyCap({ name }: { name: string }) {
  return <kbd className="keycap">{name}</kbd>;
}
