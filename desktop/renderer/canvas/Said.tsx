import { useUi } from './EditorContext.tsx';

/** What was done last, read out by a screen reader. */
export function Said() {
  const said = useUi((state) => state.said);
  return (
    <div className="visually-hidden" role="status">
      <span key={said.nonce}>{said.words}</span>
    </div>
  );
}
