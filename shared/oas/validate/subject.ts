import { isKnownNode } from '../componentTypes.ts';
import type { JsonObject } from '../json.ts';
import { isObject, own, ownText } from '../json.ts';
import { pointerTokens } from '../pointer.ts';

/** How a component is called in a message: its name in quotes, else its type. */
export function called(component: JsonObject): string {
  const name = ownText(component, 'name');
  return name ? `“${name}”` : `the ${ownText(component, 'component_type') ?? 'component'}`;
}

/** The same at the beginning of a sentence. */
export function calledFirst(component: JsonObject): string {
  const name = called(component);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * The component that a problem at a pointer belongs to for the people who see it: the innermost step around it, else
 * the innermost component.
 */
export function subjectAt(tree: JsonObject, pointer: string): string | undefined {
  let current: unknown = tree;
  let component: string | undefined;
  let step: string | undefined;
  const look = (value: unknown): void => {
    if (!isObject(value)) return;
    const type = ownText(value, 'component_type');
    const id = ownText(value, 'id');
    if (type === undefined || id === undefined) return;
    component = id;
    if (isKnownNode(type) || type.endsWith('Node')) step = id;
    // Inside a flow within a step, the step is the one inside.
    else if (type === 'Flow') step = undefined;
  };
  look(current);
  for (const token of pointerTokens(pointer)) {
    if (Array.isArray(current)) current = current[Number(token)];
    else if (isObject(current)) current = own(current, token);
    else break;
    look(current);
  }
  return step ?? component;
}
