import type { Applied, EditCommand } from './edit/commands.ts';
import { connect, disconnect } from './edit/edges.ts';
import { EditError } from './edit/editError.ts';
import { addNode, removeNode } from './edit/nodes.ts';
import { restoring } from './edit/restore.ts';
import { moveNode, setValue } from './edit/values.ts';
import type { JsonObject } from './json.ts';
import { sameInOrder } from './json.ts';

export type { Applied, EditCommand } from './edit/commands.ts';
export { EditError } from './edit/editError.ts';
export { collide, placesMeet, touches } from './edit/touches.ts';

/**
 * Applies commands in order, all or none. The given tree is not changed; what was not touched is shared with it.
 * Applying the inverse to the new tree gives the old one back exactly: places in lists and the order of keys too.
 * @throws {EditError} when a command cannot be applied; the tree is as it was
 */
export function applyCommands(tree: JsonObject, commands: readonly EditCommand[]): Applied {
  // the trees in between are let go: what was found out about each takes more room than they do
  const back: EditCommand[][] = [];
  let current = tree;
  for (const command of commands) {
    const applied = applyOne(current, command);
    back.push(applied.inverse);
    current = applied.tree;
  }
  const inverse = back.toReversed().flat();
  if (leadsBack(current, inverse, tree)) return { tree: current, inverse };
  return { tree: current, inverse: exactly(tree, commands) };
}

/** The way back where some command does not go back exactly: each is asked. */
function exactly(tree: JsonObject, commands: readonly EditCommand[]): EditCommand[] {
  const back: EditCommand[][] = [];
  let before = tree;
  for (const command of commands) {
    const applied = applyOne(before, command);
    back.push(exactInverse(before, applied));
    before = applied.tree;
  }
  return back.toReversed().flat();
}

/** The tree after commands, for those who need no way back. @throws {EditError} as {@link applyCommands} does */
export function treeAfter(tree: JsonObject, commands: readonly EditCommand[]): JsonObject {
  return commands.reduce((current, command) => applyOne(current, command).tree, tree);
}

function applyOne(tree: JsonObject, command: EditCommand): Applied {
  try {
    switch (command.type) {
      case 'add':
        return addNode(tree, command);
      case 'remove':
        return removeNode(tree, command);
      case 'connect':
        return connect(tree, command);
      case 'disconnect':
        return disconnect(tree, command);
      case 'set':
        return setValue(tree, command);
      case 'rename':
        return setValue(tree, { type: 'set', component: command.component, pointer: '/name', value: command.name });
      case 'move':
        return moveNode(tree, command);
      default: {
        const unknown: never = command;
        throw new EditError('EDIT-COMMAND', '', { command: JSON.stringify(unknown) });
      }
    }
  } catch (error) {
    if (error instanceof EditError) throw error;
    if (error instanceof RangeError || error instanceof SyntaxError) {
      throw new EditError('EDIT-PLACE.other', 'pointer' in command ? command.pointer : '', { reason: error.message });
    }
    throw error;
  }
}

/** The inverse if it leads back exactly, else the plain list of places that differ. */
function exactInverse(before: JsonObject, applied: Applied): EditCommand[] {
  return leadsBack(applied.tree, applied.inverse, before) ? applied.inverse : restoring(applied.tree, before);
}

function leadsBack(from: JsonObject, inverse: readonly EditCommand[], to: JsonObject): boolean {
  try {
    return sameInOrder(treeAfter(from, inverse), to);
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    return false;
  }
}
