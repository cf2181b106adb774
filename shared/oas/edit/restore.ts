import type { Json, JsonObject } from '../json.ts';
import { isObject, own, sameInOrder } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import type { EditCommand } from './commands.ts';

/** Commands that lead from one tree to another, place by place. */
export function restoring(from: JsonObject, to: JsonObject): EditCommand[] {
  const commands: EditCommand[] = [];
  compare(from, to, '', commands);
  return commands;
}

function compare(from: Json, to: Json, pointer: string, commands: EditCommand[]): void {
  if (from === to || sameInOrder(from, to)) return;
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    for (const [i, item] of from.entries()) compare(item, to[i] as Json, pointerTo(pointer, i), commands);
    return;
  }
  if (isObject(from) && isObject(to) && keepsOrder(from, to)) {
    for (const key of Object.keys(from)) {
      const place = pointerTo(pointer, key);
      const value = own(to, key);
      if (value === undefined) commands.push({ type: 'set', component: '', pointer: place });
      else compare(own(from, key) as Json, value, place, commands);
    }
    const keys = Object.keys(to);
    for (let i = keys.length - 1; i >= 0; i--) {
      const key = keys[i] as string;
      if (Object.hasOwn(from, key)) continue;
      const before = keys[i + 1];
      const value = own(to, key) as Json;
      const place = pointerTo(pointer, key);
      commands.push({ type: 'set', component: '', pointer: place, value, ...(before === undefined ? {} : { before }) });
    }
    return;
  }
  commands.push({ type: 'set', component: '', pointer, value: to });
}

/** Do the keys that both have stand in the same order? */
function keepsOrder(from: JsonObject, to: JsonObject): boolean {
  const left = Object.keys(from).filter((key) => Object.hasOwn(to, key));
  const right = Object.keys(to).filter((key) => Object.hasOwn(from, key));
  return left.every((key, i) => key === right[i]);
}
