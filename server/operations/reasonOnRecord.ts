import type { Said } from '@rondo/shared/words/said.ts';

/** Why something was refused or skipped, to be said in any language; nothing in what is on record from before. */
export function reasonOnRecord({ reasonSaid }: { reasonSaid: string | null }): { said?: Said } {
  return reasonSaid === null ? {} : { said: JSON.parse(reasonSaid) as Said };
}
