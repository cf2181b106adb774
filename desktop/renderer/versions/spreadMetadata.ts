import type { FieldChange } from '@rondo/shared/oas/compare/fields.ts';
import { isObject, type Json, own, sameJson } from '@rondo/shared/oas/json.ts';

const holders = ['/metadata', '/metadata/__metadata_info__', '/metadata/__metadata_info__/rondo'];
const keys = ['metadata', '__metadata_info__', 'rondo'];

/**
 * A change that adds or removes what holds the canvas data of a component, told as what came or went in it: where a step
 * gets its first sample, people are told of the sample, not of its holder.
 */
export function spreadMetadata(change: FieldChange): FieldChange[] {
  const level = holders.indexOf(change.pointer);
  if (level === -1 || (change.kind !== 'added' && change.kind !== 'removed')) return [change];
  const before = rondoIn(change.before, level);
  const after = rondoIn(change.after, level);
  if (!before && !after) return [change];
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].flatMap((name): FieldChange[] => {
    const left = before && own(before, name);
    const right = after && own(after, name);
    if (name === 'position' || (left !== undefined && right !== undefined && sameJson(left, right))) return [];
    const pointer = `${holders[2]}/${name}`;
    if (left === undefined) return right === undefined ? [] : [{ pointer, kind: 'added', after: right }];
    return [{ pointer, kind: 'removed', before: left }];
  });
}

/** What stands in `rondo`, from a holder on a level on; undefined where it holds something else, too. */
function rondoIn(value: Json | undefined, level: number) {
  let at: Json | undefined = value;
  for (const key of keys.slice(level + 1)) {
    if (!isObject(at) || Object.keys(at).some((name) => name !== key)) return undefined;
    at = own(at, key);
  }
  return isObject(at) ? at : undefined;
}
