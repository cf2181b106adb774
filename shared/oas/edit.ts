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
  let current = tree;
  const inverse: EditCommand[] = [];
  for (const command of commands) {
    const before = current;
    const applied = applyOne(before, command);
    current = applied.tree;
    inverse.unshift(...exactInverse(before, applied));
  }
  return { tree: current, inverse };
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
        throw new EditError('EDIT-COMMAND', `There is no such edit: ${JSON.stringify(unknown)}.`, '');
      }
    }
  } catch (error) {
    if (error instanceof EditError) throw error;
    if (error instanceof RangeError || error instanceof SyntaxError) {
      throw new EditError('EDIT-PLACE', error.message, 'pointer' in command ? command.pointer : '');
    }
    throw error;
  }
}

/** The inverse if it leads back exactly, else the plain list of places that differ. */
function exactInverse(before: JsonObject, applied: Applied): EditCommand[] {
  try {
    let tree = applied.tree;
    for (const command of applied.inverse) tree = applyOne(tree, command).tree;
    if (sameInOrder(tree, before)) return applied.inverse;
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
  }
  return restoring(applied.tree, before);
}
