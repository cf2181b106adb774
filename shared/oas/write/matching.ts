import type { Json } from '../json.ts';
import { isObject, own } from '../json.ts';

const identityKeys = ['id', '$component_ref', 'title', 'name'];

/** What an item of a list is known by: its id, reference, title or name; a plain value by itself. */
export function identityOf(value: Json): string {
  if (Array.isArray(value)) return 'list';
  if (!isObject(value)) return JSON.stringify(value);
  for (const key of identityKeys) {
    const name = own(value, key);
    if (typeof name === 'string') return `${key}:${name}`;
  }
  return 'object';
}

/**
 * For each item of a new list the place of the old one that it is, or was: only in the order that both have, so that
 * the old ones can stay where they stand. Items without an old one are undefined.
 */
export function matchInOrder(old: readonly Json[], now: readonly Json[]): (number | undefined)[] {
  const names = old.map(identityOf);
  const wanted = now.map(identityOf);
  const matched: (number | undefined)[] = new Array(now.length).fill(undefined);
  let start = 0;
  while (start < names.length && start < wanted.length && names[start] === wanted[start]) {
    matched[start] = start;
    start++;
  }
  let tail = 0;
  while (
    tail < Math.min(names.length, wanted.length) - start &&
    names[names.length - 1 - tail] === wanted[wanted.length - 1 - tail]
  ) {
    tail++;
    matched[wanted.length - tail] = names.length - tail;
  }
  const middle = { old: names.slice(start, names.length - tail), now: wanted.slice(start, wanted.length - tail) };
  for (const [i, at] of commonOrder(middle.old, middle.now)) matched[start + i] = start + at;
  // What is left over in equal numbers was changed in its place.
  if (middle.old.length === middle.now.length) {
    const taken = new Set(matched.filter((at) => at !== undefined));
    const free = middle.old.flatMap((_, i) => (taken.has(start + i) ? [] : [start + i]));
    if (taken.size === start + tail) for (const i of free) matched[i] = i;
  }
  return matched;
}

/** Pairs of places (in the new list, in the old one) of the longest common sequence; simply the first found if long. */
function commonOrder(old: string[], now: string[]): [number, number][] {
  if (old.length * now.length > 250_000) return firstInOrder(old, now);
  const length = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const row = length[i] as Uint16Array;
      const below = length[i + 1] as Uint16Array;
      row[j] = old[i] === now[j] ? (below[j + 1] as number) + 1 : Math.max(below[j] as number, row[j + 1] as number);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < old.length && j < now.length; ) {
    if (old[i] === now[j]) pairs.push([j++, i++]);
    else if ((length[i + 1]?.[j] as number) >= (length[i]?.[j + 1] as number)) i++;
    else j++;
  }
  return pairs;
}

function firstInOrder(old: string[], now: string[]): [number, number][] {
  const pairs: [number, number][] = [];
  let from = 0;
  for (const [j, name] of now.entries()) {
    const at = old.indexOf(name, from);
    if (at < 0) continue;
    pairs.push([j, at]);
    from = at + 1;
  }
  return pairs;
}
