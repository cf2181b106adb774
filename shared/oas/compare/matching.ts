import { nextBranch } from '../inference.ts';
import type { JsonObject } from '../json.ts';
import { own, ownText } from '../json.ts';
import { referenceOf } from '../references.ts';
import { flowsOfMembers } from './membership.ts';
import type { Part, Parts } from './parts.ts';
import { rootKey, withReferences } from './parts.ts';

/** Which components of two documents are the same one. */
export interface Matching {
  /** parts that both have, in the order of the first document; shells of `after` name components as `before` does */
  pairs: { before: Part; after: Part }[];
  removed: Part[];
  added: Part[];
}

/**
 * Finds the components of one document again in another: by id; where ids differ, by name and type when only one on
 * each side has them; connections last, by what they connect.
 */
export function matched(before: Parts, after: Parts): Matching {
  /** keys before, by keys after */
  const partner = new Map<string, string>();
  const lone = { left: new Map(before), right: new Map(after) };
  const flows = { left: flowsOfMembers(before.values()), right: flowsOfMembers(after.values()) };
  const same = (ref: string): string => ref;
  const rename = (ref: string): string => partner.get(ref) ?? ref;
  const pair = (left: Part, right: Part): void => {
    partner.set(right.key, left.key);
    lone.left.delete(left.key);
    lone.right.delete(right.key);
  };
  for (const part of before.values()) {
    const other = after.get(part.key);
    if (other !== undefined) pair(part, other);
  }
  // Flows first, so that their steps can be told apart by the flow, and connections by their steps.
  const rounds: ((part: Part, side: 'left' | 'right') => string | undefined)[] = [
    byNameAndType,
    (part, side) => byFlow(part, flows[side], side === 'left' ? same : rename),
    (part, side) => byEnds(part, side === 'left' ? same : rename),
  ];
  for (const nameOf of rounds) {
    const right = alone(lone.right, (part) => nameOf(part, 'right'));
    for (const [name, part] of alone(lone.left, (one) => nameOf(one, 'left'))) {
      const other = right.get(name);
      if (other !== undefined) pair(part, other);
    }
  }
  const inverse = new Map([...partner].map(([right, left]) => [left, right]));
  const renamed = (part: Part): Part => ({ ...part, shell: withReferences(part.shell, rename) as JsonObject });
  return {
    pairs: [...before.values()].flatMap((part) => {
      const key = inverse.get(part.key);
      const other = key === undefined ? undefined : after.get(key);
      return other === undefined ? [] : [{ before: part, after: renamed(other) }];
    }),
    removed: [...lone.left.values()],
    added: [...lone.right.values()].map(renamed),
  };
}

/** The parts whose name no other one has. */
function alone(parts: Parts, nameOf: (part: Part) => string | undefined): Map<string, Part> {
  const named = Map.groupBy(parts.values(), nameOf);
  return new Map(
    [...named].flatMap(([name, those]): [string, Part][] =>
      name !== undefined && those.length === 1 && those[0] !== undefined ? [[name, those[0]]] : [],
    ),
  );
}

function byNameAndType(part: Part): string | undefined {
  return part.key === rootKey || part.name === '' ? undefined : JSON.stringify([part.type, part.name]);
}

/** A step or a connection by its name within its flow; undefined for anything else. */
function byFlow(part: Part, flows: ReadonlyMap<string, string>, rename: (ref: string) => string): string | undefined {
  const flow = flows.get(part.key);
  const name = byNameAndType(part);
  return flow === undefined || name === undefined ? undefined : JSON.stringify([rename(flow), name]);
}

/** A connection by its ends; undefined for anything else. */
function byEnds({ type, shell }: Part, rename: (ref: string) => string): string | undefined {
  const end = (field: string): string => rename(referenceOf(own(shell, field)) ?? '');
  if (type === 'ControlFlowEdge') {
    return JSON.stringify([type, end('from_node'), ownText(shell, 'from_branch') ?? nextBranch, end('to_node')]);
  }
  if (type !== 'DataFlowEdge') return undefined;
  const [output, input] = [ownText(shell, 'source_output'), ownText(shell, 'destination_input')];
  return JSON.stringify([type, end('source_node'), output ?? '', end('destination_node'), input ?? '']);
}
