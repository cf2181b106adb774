import type { Parts } from '../compare/parts.ts';
import { refsIn } from '../compare/parts.ts';
import { isObject } from '../json.ts';
import { referenceOf } from '../references.ts';

/**
 * What each component holds or refers to, once for every place. What merely stands among the referenced components is
 * not used by whoever holds them.
 */
export function usesOf(parts: Parts, nameOf: (ref: string) => string): Map<string, string[]> {
  return new Map(
    [...parts.values()].map(({ key, shell }) => {
      const { $referenced_components: entries, ...fields } = shell;
      const plain = Object.values(isObject(entries) ? entries : {}).filter((entry) => referenceOf(entry) === undefined);
      return [key, refsIn([fields, ...plain]).map(nameOf)];
    }),
  );
}

/** At how many places each component is used. */
export function useCounts(uses: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const refs of uses.values()) for (const ref of refs) counts.set(ref, (counts.get(ref) ?? 0) + 1);
  return counts;
}
