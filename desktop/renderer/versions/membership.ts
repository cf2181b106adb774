import { flowsOfMembers } from '@rondo/shared/oas/compare/membership.ts';
import type { Part } from '@rondo/shared/oas/compare/parts.ts';
import { partsOf, refsIn } from '@rondo/shared/oas/compare/parts.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';

/** Which flow a step stands in, and which steps use a part (a tool, a model, an agent). */
export interface Membership {
  flowOf(id: string): string | undefined;
  typeOf(id: string): string | undefined;
  usersOf(part: string): string[];
}

/** Looks at a document once. Without one, everything is unknown. */
export function membershipOf(tree: JsonObject | undefined): Membership {
  if (tree === undefined) return { flowOf: () => undefined, typeOf: () => undefined, usersOf: () => [] };
  const parts = partsOf(tree);
  const flows = flowsOfMembers(parts.values());
  const users = new Map<string, Set<string>>();
  for (const [id] of flows) {
    const step = parts.get(id);
    if (step !== undefined && !isEdge(step)) note(step);
  }
  return {
    flowOf: (id) => flows.get(id),
    typeOf: (id) => parts.get(id)?.type,
    usersOf: (part) => [...(users.get(part) ?? [])],
  };

  /** Everything that a step refers to, however deep, but for flows: their steps use what they use. */
  function note(step: Part) {
    const seen = new Set<string>([step.key]);
    const open = refsIn(step.shell);
    for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
      const part = parts.get(ref);
      if (part === undefined || seen.has(ref) || part.type === 'Flow' || flows.has(ref)) continue;
      seen.add(ref);
      const known = users.get(ref) ?? new Set();
      users.set(ref, known.add(step.key));
      open.push(...refsIn(part.shell));
    }
  }
}

function isEdge({ type }: Part): boolean {
  return type === 'ControlFlowEdge' || type === 'DataFlowEdge';
}
