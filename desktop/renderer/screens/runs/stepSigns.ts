import { isObject, type JsonObject } from '@rondo/shared/oas/json.ts';
import { componentsOf, resolveReference } from '@rondo/shared/oas/references.ts';
import { kindOf, type StepKind } from '../../canvas/stepKinds.ts';

/** Finds what kind of step a node of the run's document is; steps of flows inside too. */
export function stepSigns(tree: JsonObject | null): (nodeId: string, nodeType: string) => StepKind {
  const components = tree ? componentsOf(tree) : new Map<string, { component: JsonObject }>();
  return (nodeId, nodeType) => {
    const node = components.get(nodeId)?.component;
    const tool = tree && node && isObject(node.tool) ? resolveReference(tree, node.tool) : undefined;
    return kindOf(nodeType, tool ?? undefined);
  };
}
