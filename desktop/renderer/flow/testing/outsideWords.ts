import type { Outside } from '@rondo/shared/runs/outside.ts';
import type { Words } from '../../messages/useT.ts';

/** What a step will do outside, in one plain sentence. */
export function outsideWords({ kind, where, name }: Outside, t: Words): string {
  return t(where === '' ? `testing.outside.${kind}.unnamed` : `testing.outside.${kind}`, { where, name });
}
