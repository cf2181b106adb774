import type { Said } from '../../words/said.ts';
import type { EditCommand } from '../edit.ts';
import type { FlowView, NodeView } from '../flow.ts';
import { openFlow } from '../flow.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, ownText } from '../json.ts';
import { parentPointer, pointerTokens, valueAt } from '../pointer.ts';
import type { Problem } from '../problems.ts';
import { componentsOf, indexOf } from '../references.ts';

/** One way to mend a problem. */
export interface Repair {
  /** what it does, in a few words that begin a sentence */
  what: Said;
  commands: EditCommand[];
}

/** A problem, where it stands, and what a repair needs. */
export interface Patient {
  tree: JsonObject;
  problem: Problem;
  newId(): string;
}

/**
 * Sets (or takes away) what stands at a pointer into the document. The command names the innermost component with an
 * id around the place, so that it seldom meets what others edit.
 */
export function setAt(tree: JsonObject, pointer: string, value?: Json, before?: string): EditCommand {
  const holder = componentAround(tree, pointer);
  const rest = holder === undefined ? pointer : pointer.slice(holder.pointer.length);
  // The id of a component is not changed from within: that takes the document's own pointer.
  const whole = holder === undefined || rest === '/id' || rest === '';
  return {
    type: 'set',
    component: whole ? '' : holder.id,
    pointer: whole ? pointer : rest,
    ...(value === undefined ? {} : { value }),
    ...(before === undefined ? {} : { before }),
  };
}

/** The innermost component around a place that is found by its id. */
function componentAround(tree: JsonObject, pointer: string): { id: string; pointer: string } | undefined {
  const { components } = indexOf(tree);
  for (let at = pointer; at !== ''; ) {
    at = parentPointer(at);
    const value = valueAt(tree, at);
    const id = isObject(value) ? ownText(value, 'id') : undefined;
    if (id !== undefined && components.get(id)?.pointer === at) return { id, pointer: at };
  }
  return undefined;
}

/** The component that a pointer leads to or into, and the rest of the way. */
export function componentAt(tree: JsonObject, pointer: string): { component: JsonObject; rest: string[] } | undefined {
  const tokens = pointerTokens(pointer);
  for (let i = tokens.length, at = pointer; i >= 0; i--) {
    const value = valueAt(tree, at);
    if (isObject(value) && ownText(value, 'component_type') !== undefined)
      return { component: value, rest: tokens.slice(i) };
    at = parentPointer(at);
  }
  return undefined;
}

/** Every flow of a document, as it can be named by commands. */
export function flowsOf(tree: JsonObject): { name: string; view: FlowView }[] {
  const flows: { name: string; view: FlowView }[] = [];
  for (const [id, { component }] of componentsOf(tree)) {
    if (ownText(component, 'component_type') === 'Flow') flows.push({ name: id, view: openFlow(tree, id) });
  }
  if (ownText(tree, 'component_type') === 'Flow' && ownText(tree, 'id') === undefined)
    flows.push({ name: '', view: openFlow(tree) });
  return flows;
}

/** The step that stands at a pointer, and its flow. */
export function stepAt(
  tree: JsonObject,
  pointer: string,
): { flow: string; view: FlowView; node: NodeView } | undefined {
  for (const { name, view } of flowsOf(tree)) {
    const node = view.nodes.find((one) => one.pointer === pointer);
    if (node !== undefined) return { flow: name, view, node };
  }
  return undefined;
}
