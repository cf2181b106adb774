import { rootFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { componentsOf } from '@rondo/shared/oas/references.ts';
import type { Changes } from './changes.ts';

export interface FlowChoice {
  /** null for the document's own */
  id: string | null;
  name: string;
  /** places in it that changed */
  count: number;
}

/** The flows that two documents hold, the document's own first, each with how much changed in it. */
export function flowChoices(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
  changes: Changes,
): FlowChoice[] {
  const root = rootIdOf(after) ?? rootIdOf(before);
  const counts = new Map<string, number>();
  for (const { flow } of changes.groups) if (flow !== '') counts.set(flow, (counts.get(flow) ?? 0) + 1);
  const found = new Map<string, string>();
  for (const tree of [after, before]) {
    if (!tree) continue;
    for (const [id, { component }] of componentsOf(tree)) {
      if (component.component_type !== 'Flow' || component.id !== id) continue;
      const known = changes.known.get(id) ?? id;
      if (!found.has(known)) found.set(known, String(component.name ?? ''));
    }
  }
  const inner = [...found].filter(([id]) => id !== root);
  const own = root === undefined ? '' : (found.get(root) ?? '');
  return [
    { id: null, name: own, count: counts.get(root ?? '') ?? 0 },
    ...inner.map(([id, name]) => ({ id, name, count: counts.get(id) ?? 0 })),
  ];
}

/** The id of the flow that a document is about. */
export function rootIdOf(tree: JsonObject | undefined): string | undefined {
  const id = tree && rootFlow(tree)?.id;
  return typeof id === 'string' ? id : undefined;
}
