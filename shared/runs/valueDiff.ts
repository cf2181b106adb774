import { isObject, type Json, sameJson } from '../oas/json.ts';

/** One field in which two values differ. */
export interface ValueDifference {
  /** names and positions from the outside in */
  at: (string | number)[];
  /** undefined = it is not there */
  a: Json | undefined;
  b: Json | undefined;
}

/**
 * Where two values differ, field by field: objects by name, lists by position.
 * @param most more differences than these are not looked for
 */
export function diffValues(a: Json | undefined, b: Json | undefined, most = 200): ValueDifference[] {
  const found: ValueDifference[] = [];
  const look = (left: Json | undefined, right: Json | undefined, at: (string | number)[]): void => {
    if (found.length >= most) return;
    if (left !== undefined && right !== undefined && sameJson(left, right)) return;
    if (isObject(left) && isObject(right)) {
      const names = new Set([...Object.keys(left), ...Object.keys(right)]);
      for (const name of names) look(ownOf(left, name), ownOf(right, name), [...at, name]);
    } else if (Array.isArray(left) && Array.isArray(right)) {
      const length = Math.max(left.length, right.length);
      for (let index = 0; index < length; index += 1) look(left[index], right[index], [...at, index]);
    } else if (left !== undefined || right !== undefined) found.push({ at, a: left, b: right });
  };
  look(a, b, []);
  return found;
}

function ownOf(object: { [name: string]: Json }, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** A place in a value in words: `lines[2].amount`. */
export function placeWords(at: readonly (string | number)[]): string {
  return at.reduce<string>(
    (words, part) => (typeof part === 'number' ? `${words}[${part + 1}]` : words === '' ? part : `${words}.${part}`),
    '',
  );
}
