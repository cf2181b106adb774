import type { Json } from './json.ts';
import { isObject, own, withKey, withoutKey } from './json.ts';

/** The tokens of an RFC 6901 pointer; `''` is the whole. @throws {SyntaxError} when it does not begin with `/` */
export function pointerTokens(pointer: string): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw new SyntaxError(`“${pointer}” is not a pointer: it must begin with “/”.`);
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** One token, escaped, with its slash in front. */
export function pointerTo(parent: string, token: string | number): string {
  const text = String(token);
  if (!text.includes('~') && !text.includes('/')) return `${parent}/${text}`;
  return `${parent}/${text.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The pointer without its last token; `''` for the document itself. */
export function parentPointer(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));
}

/** Does a place lie inside of another one? It does not lie in itself. */
export function isInside(pointer: string, outer: string): boolean {
  return pointer.startsWith(`${outer}/`);
}

/** The place in a list that a token names; undefined when it is not a plain number. */
export function listIndex(token: string): number | undefined {
  return /^(0|[1-9]\d*)$/.test(token) ? Number(token) : undefined;
}

/** What stands at a pointer; undefined when nothing does. */
export function valueAt(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const token of pointerTokens(pointer)) {
    if (Array.isArray(value)) {
      const index = listIndex(token);
      value = index === undefined ? undefined : value[index];
    } else if (isObject(value)) value = own(value, token);
    else return undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

/**
 * A copy of the tree in which what stands at the pointer is what `change` makes of it. Only the objects on the way
 * are copied. `change` gets undefined where nothing stands, and takes the place away by returning undefined.
 * @throws {RangeError} when the way to the place does not exist
 */
export function changedAt(root: Json, pointer: string, change: (value: Json | undefined) => Json | undefined): Json {
  const changed = walk(root, pointerTokens(pointer), 0, pointer, change);
  if (changed === undefined) throw new RangeError('The whole document cannot be taken away.');
  return changed;
}

function walk(
  value: Json | undefined,
  tokens: string[],
  depth: number,
  pointer: string,
  change: (value: Json | undefined) => Json | undefined,
): Json | undefined {
  const token = tokens[depth];
  if (token === undefined) return change(value);
  if (Array.isArray(value)) {
    const index = token === '-' ? value.length : listIndex(token);
    if (index === undefined || index > value.length) {
      throw new RangeError(`There is no place “${pointer}”: the list has ${value.length} entries.`);
    }
    const next = walk(value[index], tokens, depth + 1, pointer, change);
    const copy = value.slice();
    if (next === undefined) copy.splice(index, 1);
    else copy[index] = next;
    return copy;
  }
  if (isObject(value)) {
    const next = walk(own(value, token), tokens, depth + 1, pointer, change);
    if (next === undefined) return Object.hasOwn(value, token) ? withoutKey(value, token) : value;
    return withKey(value, token, next);
  }
  throw new RangeError(`There is no place “${pointer}”.`);
}
