import { rondoOf } from '../flow.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, own, ownObject, withKey, withKeyBefore } from '../json.ts';
import { listIndex, parentPointer, pointerTo, pointerTokens, valueAt } from '../pointer.ts';
import { resolveReference } from '../references.ts';
import type { Applied, EditCommand, MoveCommand, SetCommand } from './commands.ts';
import { EditError } from './editError.ts';
import { changedTree, placeOf } from './places.ts';

/** Sets, inserts or takes away a value inside a component. */
export function setValue(tree: JsonObject, command: SetCommand): Applied {
  const base = placeOf(tree, command.component);
  const tokens = pointerTokens(command.pointer);
  const { value } = command;
  const last = tokens[tokens.length - 1];
  if (last === undefined) return replaceWhole(tree, command, base);
  const component = valueAt(tree, base) as Json;
  const outer = parentPointer(command.pointer);
  const parent = valueAt(component, outer);
  if (Array.isArray(parent)) return setInList(tree, command, base, parent, last, outer);
  if (isObject(parent)) return setInObject(tree, command, base, parent, last);
  if (value === undefined) return { tree, inverse: [] };
  return setUnderMissing(tree, command, base, component, tokens);
}

function replaceWhole(tree: JsonObject, command: SetCommand, base: string): Applied {
  const { value } = command;
  if (!isObject(value)) throw new EditError('EDIT-VALUE.component', base);
  const old = valueAt(tree, base) as JsonObject;
  if (command.component !== '' && own(value, 'id') !== own(old, 'id')) {
    throw new EditError('EDIT-VALUE.id', `${base}/id`);
  }
  const inverse: EditCommand = { type: 'set', component: command.component, pointer: '', value: old };
  return { tree: changedTree(tree, base, () => value), inverse: [inverse] };
}

function setInList(
  tree: JsonObject,
  command: SetCommand,
  base: string,
  list: Json[],
  token: string,
  outer: string,
): Applied {
  const { component, value } = command;
  const index = token === '-' ? list.length : listIndex(token);
  const insert = command.insert === true || index === list.length;
  if (index === undefined || index > list.length || (index === list.length && value === undefined)) {
    throw new EditError('EDIT-PLACE.list', base + command.pointer, {
      pointer: command.pointer,
      count: list.length,
    });
  }
  const pointer = pointerTo(outer, index);
  const copy = list.slice();
  if (value === undefined) copy.splice(index, 1);
  else copy.splice(index, insert ? 0 : 1, value);
  const changed = changedTree(tree, base + outer, () => copy);
  if (value === undefined) {
    const old = list[index] as Json;
    return { tree: changed, inverse: [{ type: 'set', component, pointer, value: old, insert: true }] };
  }
  const back: EditCommand = insert
    ? { type: 'set', component, pointer }
    : { type: 'set', component, pointer, value: list[index] as Json };
  return { tree: changed, inverse: [back] };
}

function setInObject(tree: JsonObject, command: SetCommand, base: string, parent: JsonObject, key: string): Applied {
  const { component, pointer, value, before } = command;
  if (pointer === '/id' && value !== own(parent, 'id')) {
    throw new EditError('EDIT-VALUE.id', base + pointer);
  }
  const old = own(parent, key);
  if (value === undefined && old === undefined) return { tree, inverse: [] };
  const isNew = old === undefined;
  let changed = changedTree(tree, base + pointer, () => value);
  if (isNew && value !== undefined && before !== undefined) {
    const parentPlace = base + parentPointer(pointer);
    changed = changedTree(tree, parentPlace, () => withKeyBefore(parent, key, value, before));
  }
  const back: SetCommand = { type: 'set', component, pointer };
  if (old !== undefined) back.value = old;
  if (value === undefined) {
    const keys = Object.keys(parent);
    const follower = keys[keys.indexOf(key) + 1];
    if (follower !== undefined) back.before = follower;
  }
  if (value === undefined && command.emptied !== undefined) {
    const pruned = prune(changed, base, command.emptied);
    if (pruned !== undefined) return { tree: pruned, inverse: [] };
  }
  return { tree: changed, inverse: [back] };
}

/** Makes the objects on the way, from the first place that has nothing (or null). */
function setUnderMissing(
  tree: JsonObject,
  command: SetCommand,
  base: string,
  component: Json,
  tokens: string[],
): Applied {
  let top = 0;
  let at = '';
  for (; top < tokens.length - 1; top++) {
    const next = pointerTo(at, tokens[top] as string);
    const value = valueAt(component, next);
    if (value === undefined || value === null) break;
    if (!isObject(value) && !Array.isArray(value)) {
      throw new EditError('EDIT-PLACE', base + command.pointer, { pointer: command.pointer });
    }
    at = next;
  }
  const topPointer = pointerTo(at, tokens[top] as string);
  const was = valueAt(component, topPointer);
  let made: Json = command.value as Json;
  for (let i = tokens.length - 1; i > top; i--) made = Object.fromEntries([[tokens[i] as string, made]]);
  const changed = changedTree(tree, base + topPointer, () => made);
  const emptied: SetCommand['emptied'] = { pointer: topPointer };
  if (was !== undefined) emptied.value = was;
  const back: SetCommand = { type: 'set', component: command.component, pointer: command.pointer, emptied };
  return { tree: changed, inverse: [back] };
}

/** Puts back what stood at a place, when nothing but empty objects stands there now. */
function prune(tree: JsonObject, base: string, emptied: { pointer: string; value?: Json }): JsonObject | undefined {
  const value = valueAt(tree, base + emptied.pointer);
  if (value === undefined || !isHollow(value)) return undefined;
  return changedTree(tree, base + emptied.pointer, () => emptied.value);
}

function isHollow(value: Json): boolean {
  return isObject(value) && Object.values(value).every(isHollow);
}

const positionPointer = '/metadata/__metadata_info__/rondo/position';

/** Puts a step at a place on the canvas. Whole pixels: a drag must not write sixteen digits. */
export function moveNode(tree: JsonObject, command: MoveCommand): Applied {
  const { node, x, y } = command;
  if (!Number.isFinite(x) || !Number.isFinite(y)) {
    throw new EditError('EDIT-VALUE.position', positionPointer);
  }
  placeOf(tree, node);
  const component = resolveReference(tree, { $component_ref: node });
  const old = component === undefined ? undefined : ownObject(rondoOf(component), 'position');
  const value = withKey(withKey(old ?? {}, 'x', Math.round(x)), 'y', Math.round(y));
  return setValue(tree, { type: 'set', component: node, pointer: positionPointer, value });
}
