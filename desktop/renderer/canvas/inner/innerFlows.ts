import { openFlow, rootFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { own, ownList, ownText } from '@rondo/shared/oas/json.ts';
import { componentsOf, resolveReference } from '@rondo/shared/oas/references.ts';

export interface NamedFlow {
  id: string;
  name: string;
}

/** The flows that a step holds: the one that it runs, or those that it runs side by side. */
export function innerFlows(tree: JsonObject, node: JsonObject): NamedFlow[] {
  return [own(node, 'subflow'), ...ownList(node, 'subflows')].flatMap((part) => {
    const flow = resolveReference(tree, part);
    const id = flow && ownText(flow, 'id');
    if (!flow || id === undefined || ownText(flow, 'component_type') !== 'Flow') return [];
    return [{ id, name: ownText(flow, 'name') ?? '' }];
  });
}

/**
 * The way from the document's own flow down to one inside, that one last; each with the step that holds it. A flow
 * that nothing holds stands alone.
 */
export function wayTo(tree: JsonObject, flowId: string): NamedFlow[] {
  const root = rootFlow(tree);
  const name = (id: string) => {
    const flow = componentsOf(tree).get(id)?.component;
    return flow ? (ownText(flow, 'name') ?? '') : '';
  };
  const rootId = root && ownText(root, 'id');
  if (!root || rootId === undefined) return [{ id: flowId, name: name(flowId) }];
  const from = new Map<string, string | undefined>([[rootId, undefined]]);
  const open = [rootId];
  for (let id = open.shift(); id !== undefined && !from.has(flowId); id = open.shift()) {
    for (const node of openFlow(tree, id).nodes) {
      for (const inner of innerFlows(tree, node.component)) {
        if (from.has(inner.id)) continue;
        from.set(inner.id, id);
        open.push(inner.id);
      }
    }
  }
  if (!from.has(flowId)) return [{ id: flowId, name: name(flowId) }];
  const way: NamedFlow[] = [];
  for (let id: string | undefined = flowId; id !== undefined && id !== rootId; id = from.get(id)) {
    way.unshift({ id, name: name(id) });
  }
  return way;
}
