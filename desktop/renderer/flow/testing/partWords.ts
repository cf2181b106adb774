import type { RunView } from '@rondo/shared/runs/fold.ts';
import type { Words } from '../../messages/useT.ts';

/** What of a draft a run ran, in words; an empty text for a run of all of it. */
export function partWords({ partial, steps }: RunView, t: Words): string {
  if (!partial) return '';
  if (partial.test) return t('testing.part.what.check', { name: partial.test.name });
  const nameOf = (id: string) => steps.find((step) => step.nodeId === id)?.name ?? id;
  const { from, to, given } = partial;
  const parts: string[] = [];
  if (from !== undefined && from === to) parts.push(t('testing.part.what.step', { from: nameOf(from) }));
  else {
    if (from !== undefined) parts.push(t('testing.part.what.from', { from: nameOf(from) }));
    if (to !== undefined) parts.push(t('testing.part.what.to', { to: nameOf(to) }));
  }
  const count = Object.keys(given ?? {}).length;
  if (count > 0) parts.push(t('testing.part.what.given', { count }));
  return t('testing.part.marked', { what: parts.join(', ') });
}
