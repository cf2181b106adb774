import { own, ownText } from '../json.ts';
import { referenceOf } from '../references.ts';
import type { EditCommand } from './commands.ts';

/**
 * The places that a command changes, as keys `<component>/<part>`; `<component>` alone is the whole of it. Two
 * commands are in each other's way when their places meet ({@link placesMeet}): the same, or one inside the other.
 * Adding two steps, or connecting two edges, does not meet.
 */
export function touches(command: EditCommand): string[] {
  switch (command.type) {
    case 'add':
      return [ownText(command.node, 'id') ?? ''];
    case 'remove':
      return [command.node];
    case 'connect': {
      const { edge } = command;
      const id = `edge:${ownText(edge, 'id') ?? ownText(edge, 'name') ?? ''}`;
      if (ownText(edge, 'component_type') === 'ControlFlowEdge') {
        return [id, `${endOf(edge, 'from_node')}/branch:${ownText(edge, 'from_branch') ?? 'next'}`];
      }
      return [id, `${endOf(edge, 'destination_node')}/input:${ownText(edge, 'destination_input') ?? ''}`];
    }
    case 'disconnect':
      return [`edge:${command.edge}`];
    case 'set':
      return [command.component + command.pointer];
    case 'rename':
      return [`${command.component}/name`];
    case 'move':
      return [`${command.node}/metadata/__metadata_info__/rondo/position`];
  }
}

function endOf(edge: Parameters<typeof own>[0], field: string): string {
  const value = own(edge, field);
  const inline =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? ownText(value, 'id') : undefined;
  return referenceOf(value) ?? inline ?? '';
}

/** Are two places the same, or is one inside the other? */
export function placesMeet(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

/** Do the edits of two people touch the same place? */
export function collide(mine: readonly EditCommand[], theirs: readonly EditCommand[]): boolean {
  const places = theirs.flatMap(touches);
  return mine.flatMap(touches).some((place) => places.some((other) => placesMeet(place, other)));
}
