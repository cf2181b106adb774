import { isObject, type Json, type JsonObject } from './json.ts';
import { toPointer } from './pointer.ts';
import type { Problem } from './problems.ts';

/** A component at its place. */
export interface Located {
  pointer: string;
  component: JsonObject;
}

/** The id that a reference names; undefined for anything that is not exactly `{"$component_ref": "…"}`. */
export function referenceId(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const id = value.$component_ref;
  return typeof id === 'string' ? id : undefined;
}

const cache = new WeakMap<JsonObject, Map<string, Located>>();

/**
 * Every component of a document by its id: inline ones and those in `$referenced_components` at any level (an entry
 * without an `id` of its own is known by its key). The first of equal ids wins; equal ids are a problem of their own.
 */
export function componentsOf(tree: JsonObject): Map<string, Located> {
  const known = cache.get(tree);
  if (known) return known;
  const found = new Map<string, Located>();
  walk(tree, [], (value, path, key) => {
    const id = typeof value.id === 'string' ? value.id : undefined;
    for (const name of new Set([id, key]))
      if (name !== undefined && !found.has(name)) found.set(name, { pointer: toPointer(path), component: value });
  });
  cache.set(tree, found);
  return found;
}

/** Calls back for each component, with its key where it stands in a `$referenced_components`. */
export function walk(
  value: Json,
  path: (string | number)[],
  visit: (component: JsonObject, path: (string | number)[], key: string | undefined) => void,
): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) if (typeof item === 'object') walk(item, [...path, index], visit);
    return;
  }
  if (!isObject(value)) return;
  const registryKey = path.at(-2) === '$referenced_components' ? String(path.at(-1)) : undefined;
  if (typeof value.component_type === 'string') visit(value, path, registryKey);
  for (const [key, item] of Object.entries(value))
    if (typeof item === 'object' && item !== null && key !== 'metadata') walk(item, [...path, key], visit);
}

/** The component of an id, and where it stands. */
export function findComponent(tree: JsonObject, id: string): Located | undefined {
  return componentsOf(tree).get(id);
}

/** Follows a reference, however many steps; a value that is none comes back as it is. Undefined = dangling. */
export function resolveReference(tree: JsonObject, value: Json | undefined): JsonObject | undefined {
  let current = value;
  for (let step = 0; step < 32; step++) {
    const id = referenceId(current);
    if (id === undefined) return isObject(current) ? current : undefined;
    current = findComponent(tree, id)?.component;
  }
  return undefined;
}

/** Fields whose references are filled from outside when a document is loaded: secrets, by the specification. */
const sensitiveReference = /\./;

/** Duplicate ids, references that lead nowhere, and components that contain themselves. */
export function referenceProblems(tree: JsonObject): Problem[] {
  const problems: Problem[] = [];
  const places = new Map<string, string>();
  walk(tree, [], (component, path, key) => {
    const id = typeof component.id === 'string' ? component.id : key;
    if (id === undefined) return;
    const earlier = places.get(id);
    if (earlier !== undefined)
      problems.push({
        code: 'OAS-DUPLICATE-ID',
        severity: 'error',
        pointer: toPointer(path),
        componentId: id,
        message: `Two components have the id “${id}”: at ${earlier || 'the root'} and at ${toPointer(path)}.`,
      });
    else places.set(id, toPointer(path));
  });
  const registries = new Set<string>();
  collectRegistryKeys(tree, registries);
  eachReference(tree, [], (id, path) => {
    if (places.has(id) || registries.has(id) || sensitiveReference.test(id)) return;
    problems.push({
      code: 'OAS-DANGLING-REFERENCE',
      severity: 'error',
      pointer: toPointer(path),
      message: `“${id}” is referred to here, but no component of the document has that id.`,
    });
  });
  const circle = findCircle(tree);
  if (circle)
    problems.push({
      code: 'OAS-CIRCULAR-REFERENCE',
      severity: 'error',
      pointer: circle.pointer,
      componentId: circle.id,
      message: `The component “${circle.id}” contains itself, by way of ${circle.way.map((id) => `“${id}”`).join(', ')}.`,
    });
  return problems;
}

/** Calls back for each reference, with the path of the object that is the reference. */
export function eachReference(
  value: Json,
  path: (string | number)[],
  visit: (id: string, path: (string | number)[]) => void,
): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) eachReference(item, [...path, index], visit);
    return;
  }
  if (!isObject(value)) return;
  const id = referenceId(value);
  if (id !== undefined) visit(id, path);
  for (const [key, item] of Object.entries(value))
    if (typeof item === 'object' && item !== null && key !== 'metadata') eachReference(item, [...path, key], visit);
}

function collectRegistryKeys(value: Json, keys: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collectRegistryKeys(item, keys);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) {
      if (key === '$referenced_components' && isObject(item)) for (const id of Object.keys(item)) keys.add(id);
      if (typeof item === 'object' && item !== null && key !== 'metadata') collectRegistryKeys(item, keys);
    }
}

/**
 * Fields by which an edge names its nodes. They point sideways, to what the flow lists, so they are no containment:
 * an edge to the flow's own node is no circle.
 */
const sidewaysFields = new Set([
  'from_node',
  'to_node',
  'source_node',
  'destination_node',
  'start_node',
  'first_agent',
  'relationships',
]);

/** A component that is its own part, over references; found without recursion on the host's stack per reference. */
function findCircle(tree: JsonObject): { id: string; pointer: string; way: string[] } | undefined {
  const parts = new Map<string, string[]>();
  const located = componentsOf(tree);
  for (const [id, { component }] of located) parts.set(id, containedIds(component));
  const state = new Map<string, 'open' | 'closed'>();
  for (const start of parts.keys()) {
    if (state.has(start)) continue;
    const stack: { id: string; next: number }[] = [{ id: start, next: 0 }];
    state.set(start, 'open');
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const child = parts.get(top.id)?.[top.next++];
      if (child === undefined) {
        state.set(top.id, 'closed');
        stack.pop();
      } else if (state.get(child) === 'open') {
        const from = stack.findIndex((entry) => entry.id === child);
        return {
          id: child,
          pointer: located.get(child)?.pointer ?? '',
          way: stack.slice(from).map((entry) => entry.id),
        };
      } else if (!state.has(child) && parts.has(child)) {
        state.set(child, 'open');
        stack.push({ id: child, next: 0 });
      }
    }
  }
  return undefined;
}

function containedIds(component: JsonObject): string[] {
  const ids: string[] = [];
  const visit = (value: Json, key: string | undefined): void => {
    if (key !== undefined && sidewaysFields.has(key)) return;
    const id = referenceId(value);
    if (id !== undefined) {
      ids.push(id);
      return;
    }
    if (Array.isArray(value)) for (const item of value) visit(item, undefined);
    else if (isObject(value))
      for (const [name, item] of Object.entries(value))
        if (name !== 'metadata' && name !== '$referenced_components' && typeof item === 'object' && item !== null)
          visit(item, name);
  };
  visit(component, undefined);
  return ids;
}
