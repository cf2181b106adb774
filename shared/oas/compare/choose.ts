import { type EditCommand, EditError, treeAfter } from '../edit.ts';
import type { FlowView } from '../flow.ts';
import { openFlow } from '../flow.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, own, ownText } from '../json.ts';
import { changedAt, pointerTo, pointerTokens, valueAt } from '../pointer.ts';
import { componentsOf, findComponent, referenceOf, resolveValue } from '../references.ts';
import type { MergeConflict } from './merge.ts';
import { asSet } from './parts.ts';

/** Can theirs be taken for this conflict? What is wrong with both together is nobody's alone. */
export function mayChoose(conflict: MergeConflict): boolean {
  return conflict.kind !== 'unsound';
}

/**
 * A merged document in which theirs stands for one conflict.
 * @param theirs the document whose side is taken
 * @returns the same tree where that side cannot be taken by itself
 */
export function withTheirs(merged: JsonObject, theirs: JsonObject, conflict: MergeConflict): JsonObject {
  const { component, kind } = conflict;
  if (kind === 'field') return withField(merged, theirs, conflict);
  if (kind === 'removed-by-theirs') {
    const flow = flowOf(merged, component.id);
    return flow ? edited(merged, [{ type: 'remove', flow: flow.id, node: component.id }]) : merged;
  }
  if (kind !== 'removed-by-ours') return merged;
  const flow = flowOf(theirs, component.id);
  const node = flow?.nodeById.get(component.id);
  if (!flow || !node) return merged;
  const back = edited(merged, [{ type: 'add', flow: flow.id, node: node.component }]);
  const edges = [...flow.controlEdges, ...flow.dataEdges.filter((edge) => !edge.inferred)]
    .filter((edge) => ('from' in edge ? [edge.from, edge.to] : [edge.source, edge.destination]).includes(component.id))
    .flatMap((edge): JsonObject[] => {
      const known = findComponent(theirs, edge.id);
      return known ? [known.component] : [];
    });
  // an edge whose other end is gone stays away
  return edges.reduce<JsonObject>((tree, edge) => edited(tree, [{ type: 'connect', flow: flow.id, edge }]), back);
}

function edited(tree: JsonObject, commands: EditCommand[]): JsonObject {
  try {
    return treeAfter(tree, commands);
  } catch (error) {
    if (error instanceof EditError) return tree;
    throw error;
  }
}

function flowOf(tree: JsonObject, node: string): FlowView | undefined {
  for (const [id, { component }] of componentsOf(tree)) {
    if (ownText(component, 'component_type') !== 'Flow' || own(component, 'id') !== id) continue;
    const flow = openFlow(tree, id);
    if (flow.nodeById.has(node)) return flow;
  }
  return undefined;
}

function withField(
  merged: JsonObject,
  theirs: JsonObject,
  { component, pointer, theirs: value }: MergeConflict,
): JsonObject {
  const base = component.id === '' ? '' : findComponent(merged, component.id)?.pointer;
  if (base === undefined) return merged;
  const place = placeOf(valueAt(merged, base), pointer);
  const whole = value === undefined ? undefined : withComponents(value, merged, theirs);
  try {
    const changed = changedAt(merged, base + place, () => whole);
    return isObject(changed) ? changed : merged;
  } catch (error) {
    if (error instanceof RangeError) return merged;
    throw error;
  }
}

/** A pointer in which items of lists go by their names, as one in which they go by their places. */
function placeOf(shell: Json | undefined, pointer: string): string {
  let value = shell;
  let place = '';
  for (const token of pointerTokens(pointer)) {
    if (Array.isArray(value)) {
      const names = [...(asSet(value) ?? new Map<string, Json>()).keys()].map((name) =>
        name.slice(name.indexOf(' ') + 1),
      );
      const index = names.indexOf(token);
      place = pointerTo(place, index >= 0 ? index : names.length > 0 ? '-' : token);
      value = value[index];
    } else {
      place = pointerTo(place, token);
      value = isObject(value) ? own(value, token) : undefined;
    }
  }
  return place;
}

/** References to components that only theirs has become these components. */
function withComponents(value: Json, merged: JsonObject, theirs: JsonObject): Json {
  if (Array.isArray(value)) return value.map((item) => withComponents(item, merged, theirs));
  if (!isObject(value)) return value;
  const ref = referenceOf(value);
  if (ref !== undefined) return findComponent(merged, ref) ? value : (resolveValue(theirs, value) ?? value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withComponents(item, merged, theirs)]));
}
