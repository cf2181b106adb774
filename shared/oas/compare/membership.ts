import { own, ownList } from '../json.ts';
import { referenceOf } from '../references.ts';
import type { Part } from './parts.ts';

/** The lists of a flow whose members are told by themselves. */
export const memberLists = ['nodes', 'control_flow_connections', 'data_flow_connections'] as const;

/** The flow that each step and each connection belongs to, by their keys. */
export function flowsOfMembers(parts: Iterable<Part>): Map<string, string> {
  const flows = new Map<string, string>();
  for (const { key, shell } of parts) {
    if (!Array.isArray(own(shell, 'nodes'))) continue;
    for (const field of memberLists) {
      for (const item of ownList(shell, field)) {
        const ref = referenceOf(item);
        if (ref !== undefined) flows.set(ref, key);
      }
    }
  }
  return flows;
}
