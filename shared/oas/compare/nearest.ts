import type { JsonObject } from '../json.ts';
import { partsOf, rootKey } from './parts.ts';

/** How far a document is from another one: components that only one of them has, or that both have differently. */
function distance(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): number {
  let count = 0;
  for (const [key, text] of one) if (other.get(key) !== text) count++;
  for (const key of other.keys()) if (!one.has(key)) count++;
  return count;
}

const shells = (tree: JsonObject): Map<string, string> =>
  new Map([...partsOf(tree)].map(([key, { shell }]) => [key, JSON.stringify(shell)]));

/**
 * The state that a file was made from: of all known states the one that it differs from least. Of several
 * the last: where the file and the draft may both have changed the same, that is asked and not taken for granted.
 * A file carries no mark of where it came from, so that what was not edited leaves and comes back byte for byte.
 *
 * @param states the newest first
 * @returns its place in the list; undefined when the file has no component in common with any of them
 */
export function nearestState(states: readonly JsonObject[], file: JsonObject): number | undefined {
  const wanted = shells(file);
  let best: { index: number; far: number } | undefined;
  for (const [index, state] of states.entries()) {
    const known = shells(state);
    if (![...known.keys()].some((key) => key !== rootKey && wanted.has(key)) && !sameRoot(state, file)) continue;
    const far = distance(known, wanted);
    if (best === undefined || far <= best.far) best = { index, far };
    if (far === 0) break;
  }
  return best?.index;
}

function sameRoot(one: JsonObject, other: JsonObject): boolean {
  return typeof one.id === 'string' && one.id === other.id;
}
