import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';

/** The way into a value: names of fields, numbers of list entries, and `*` for every entry. */
export type ValuePath = readonly (string | number | typeof everyItem)[];

/** Every entry of a list, as a step of a path. */
export const everyItem: unique symbol = Symbol('every item');

/** A choice from the tree: an output of an earlier step, or a value inside of it. */
export interface PickedValue {
  node: string;
  output: string;
  path: ValuePath;
  /** the type of what was chosen */
  schema: JsonObject;
}

const bare = /^[A-Za-z_][A-Za-z0-9_]*$/;
const reserved = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

const quoted = (name: string) => (bare.test(name) && !reserved.has(name) ? name : `\`${name}\``);

/** The formula that takes a value out of an input: `order.lines[].price`. A name with a backtick cannot be written. */
export function pathFormula(input: string, path: ValuePath): string | undefined {
  let text = quoted(input);
  for (const part of path) {
    if (typeof part === 'string') {
      if (part.includes('`')) return undefined;
      text += `.${quoted(part)}`;
    } else text += typeof part === 'number' ? `[${part}]` : '[]';
  }
  return text;
}

/** The last name on a path, for the name of what is taken out. */
export function lastName(output: string, path: ValuePath): string {
  return path.findLast((part) => typeof part === 'string') ?? output;
}

/** The value at the end of a path; undefined where there is none. */
export function valueAt(value: Json | undefined, path: ValuePath): Json | undefined {
  const [part, ...rest] = path;
  if (part === undefined || value === undefined) return value;
  if (part === everyItem) {
    if (!Array.isArray(value)) return undefined;
    return value.flatMap((item) => valueAt(item, rest) ?? []);
  }
  if (typeof part === 'number') return Array.isArray(value) ? valueAt(value[part], rest) : undefined;
  return isObject(value) && Object.hasOwn(value, part) ? valueAt(value[part], rest) : undefined;
}
