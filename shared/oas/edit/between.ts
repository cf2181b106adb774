import { treeAfter } from '../edit.ts';
import type { JsonObject } from '../json.ts';
import { isObject, own, sameInOrder } from '../json.ts';
import { parentPointer } from '../pointer.ts';
import { componentsOf } from '../references.ts';
import type { EditCommand, SetCommand } from './commands.ts';
import { EditError } from './editError.ts';
import { restoring } from './restore.ts';

/** More places than this are no longer told one by one; fewer in a large document, where each takes its time. */
const mostCommands = 5000;
const mostWork = 200_000;

/**
 * Commands that make one document of another exactly, each addressed to the innermost component that it changes, so
 * that they meet the edits of somebody else where they change the same (and only there).
 */
export function commandsBetween(from: JsonObject, to: JsonObject): EditCommand[] {
  const places = new Map<string, string>();
  for (const [id, { pointer, component }] of componentsOf(from))
    if (own(component, 'id') === id) places.set(pointer, id);
  const plain = restoring(from, to);
  const whole: EditCommand[] = [{ type: 'set', component: '', pointer: '', value: to }];
  for (const commands of [plain.map((command) => addressed(command, places)), plain]) {
    if (commands.length <= mostCommands && commands.length * places.size <= mostWork && leads(from, commands, to))
      return commands;
  }
  return plain.length === 0 ? [] : whole;
}

function leads(from: JsonObject, commands: EditCommand[], to: JsonObject): boolean {
  try {
    return sameInOrder(treeAfter(from, commands), to);
  } catch (error) {
    if (error instanceof EditError) return false;
    throw error;
  }
}

/** A command of the whole document, addressed to the innermost component that stays where it is. */
function addressed(command: EditCommand, places: ReadonlyMap<string, string>): EditCommand {
  if (command.type !== 'set' || command.component !== '') return command;
  for (let at = startOf(command, places); ; at = parentPointer(at)) {
    const id = places.get(at);
    if (id !== undefined) return { ...command, component: id, pointer: command.pointer.slice(at.length) };
    if (at === '') return command;
  }
}

/** A component that goes, or becomes another one, cannot be the one that is told of it. */
function startOf({ pointer, value }: SetCommand, places: ReadonlyMap<string, string>): string {
  const id = places.get(pointer);
  const stays = id !== undefined && value !== undefined && isObject(value) && own(value, 'id') === id;
  return stays || pointer === '' ? pointer : parentPointer(pointer);
}
