import { quoted, type Said, said } from '../../words/said.ts';
import { isKnownNode } from '../componentTypes.ts';
import type { JsonObject } from '../json.ts';
import { isObject, own, ownText } from '../json.ts';
import { pointerTokens } from '../pointer.ts';

/** How a component is called in a message: its name in quotes, else its type. */
export function called(component: JsonObject): Said {
  const name = ownText(component, 'name');
  return name ? quoted(name) : said('unnamed', { type: ownText(component, 'component_type') ?? 'component' });
}

const namedBranches = ['default', 'next', 'caught_exception_branch', 'timed_out'] as const;

/** How a branch is called in a message: those that every flow may have have a name of their own. */
export function branchCalled(branch: string): string | Said {
  const named = namedBranches.find((one) => one === branch);
  return named === undefined ? branch : said(`branch.${named}`);
}

/**
 * The component that a problem at a pointer belongs to for the people who see it: the innermost step around it, else
 * the innermost component.
 */
export function subjectAt(tree: JsonObject, pointer: string): string | undefined {
  const known = subjects.get(tree) ?? new Map<string, string | undefined>();
  subjects.set(tree, known);
  if (!known.has(pointer)) known.set(pointer, findSubject(tree, pointer));
  return known.get(pointer);
}

/** Several checks ask for the same one; trees are never changed in place. */
const subjects = new WeakMap<JsonObject, Map<string, string | undefined>>();

function findSubject(tree: JsonObject, pointer: string): string | undefined {
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
