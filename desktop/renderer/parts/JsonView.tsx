import type { Json } from '@rondo/shared/oas/json.ts';
import { useT } from '../messages/useT.ts';

/** A value as indented JSON; a text as it is. */
export function JsonView({ value }: { value: Json }) {
  const t = useT();
  return (
    // it scrolls, so the keyboard has to reach it
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region takes the focus
    <section className="json" tabIndex={0} aria-label={t('parts.json')}>
      {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
    </section>
  );
}
