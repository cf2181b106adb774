import { own, ownText } from '../json.ts';
import { isInside, listIndex, pointerTo, pointerTokens } from '../pointer.ts';
import { referenceOf } from '../references.ts';
import type { EditCommand, SetCommand } from './commands.ts';

/**
 * The places that a command changes, as keys `<component>/<part>`; `<component>` alone is the whole of it. Two
 * commands are in each other's way when their places meet ({@link placesMeet}): the same, or one inside the other.
 * Adding two steps, or connecting two edges, does not meet; setting the list that they stand in does, and so does
 * taking a step away that an edge leads to.
 *
 * @param root id of the document itself, if it has one: it goes by an empty id, too
 */
export function touches(command: EditCommand, root = ''): string[] {
  switch (command.type) {
    case 'add':
      return [ownText(command.node, 'id') ?? '', `${command.flow}/nodes/${ownText(command.node, 'id') ?? ''}`];
    case 'remove':
      return [command.node, `${command.flow}/nodes/${command.node}`];
    case 'connect': {
      const { edge } = command;
      const name = ownText(edge, 'id') ?? ownText(edge, 'name') ?? '';
      const id = `edge:${name}`;
      if (ownText(edge, 'component_type') === 'ControlFlowEdge') {
        const [from, to] = [endOf(edge, 'from_node'), endOf(edge, 'to_node')];
        const branch = pointerTo(`${from}/${branchesOf}`, ownText(edge, 'from_branch') ?? 'next');
        return [id, `${command.flow}/control_flow_connections/${name}`, branch, `${to}/from:${name}`];
      }
      const [from, to] = [endOf(edge, 'source_node'), endOf(edge, 'destination_node')];
      const input = `${to}/input:${ownText(edge, 'destination_input') ?? ''}`;
      return [id, `${command.flow}/data_flow_connections/${name}`, input, `${from}/to:${name}`];
    }
    case 'disconnect':
      return [
        `edge:${command.edge}`,
        `${command.flow}/control_flow_connections/${command.edge}`,
        `${command.flow}/data_flow_connections/${command.edge}`,
      ];
    case 'set':
      return withBranches([placeOf(command, root), ...entriesOf(command.pointer)]);
    case 'rename':
      return [`${command.component}/name`];
    case 'move':
      return [`${command.node}/metadata/__metadata_info__/rondo/position`];
  }
}

/** All ways out of a step: it stands for no field, and holds a place for each of them. */
const branchesOf = 'branch:';

/** The fields that say which ways lead out of a step: who sets one touches each of them. */
function withBranches(places: readonly string[]): string[] {
  return places.flatMap((place) => {
    const step = /^(.*)\/(?:component_type|mapping|branches)(?:\/|$)/.exec(place)?.[1];
    return step === undefined ? [place] : [place, `${step}/${branchesOf}`];
  });
}

/** A place in a list of members, or in any list of the document, is that list: others may move what stands there. */
function placeOf({ component, pointer }: SetCommand, root: string): string {
  const tokens = pointerTokens(pointer);
  const holder = component === '' ? root : component;
  const cut = tokens.findIndex(
    (token, at) => listIndex(token) !== undefined && (component === '' || members.has(tokens[at - 1] ?? '')),
  );
  return cut < 0 ? holder + pointer : tokens.slice(0, cut).reduce<string>(pointerTo, holder);
}

const members = new Set(['nodes', 'control_flow_connections', 'data_flow_connections']);

/** The component that a pointer into `$referenced_components` leads into goes by its key. */
function entriesOf(pointer: string): string[] {
  const tokens = pointerTokens(pointer);
  return tokens.flatMap((token, at) => {
    const key = token === '$referenced_components' ? tokens[at + 1] : undefined;
    return key === undefined ? [] : [tokens.slice(at + 2).reduce<string>(pointerTo, key)];
  });
}

function endOf(edge: Parameters<typeof own>[0], field: string): string {
  const value = own(edge, field);
  const inline =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? ownText(value, 'id') : undefined;
  return referenceOf(value) ?? inline ?? '';
}

/** Are two places the same, or is one inside the other? The whole document (an empty place) holds all. */
export function placesMeet(a: string, b: string): boolean {
  return a === b || a === '' || b === '' || isInside(a, b) || isInside(b, a);
}

/** Do the edits of two people touch the same place? */
export function collide(mine: readonly EditCommand[], theirs: readonly EditCommand[], root = ''): boolean {
  const places = theirs.flatMap((command) => touches(command, root));
  return mine
    .flatMap((command) => touches(command, root))
    .some((place) => places.some((other) => placesMeet(place, other)));
}
