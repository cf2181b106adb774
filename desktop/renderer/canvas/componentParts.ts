import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { resolveReference } from '@rondo/shared/oas/references.ts';

/** The part of a component under a field, whether it is written inline or by reference. */
export function part(tree: JsonObject, component: JsonObject, field: string): JsonObject | undefined {
  const raw = component[field];
  if (!isObject(raw)) return undefined;
  return resolveReference(tree, raw) ?? raw;
}

/** The configuration of the built-in tool of a step; an empty object where it has none. */
export function configurationOf(tree: JsonObject, component: JsonObject): JsonObject {
  const configuration = part(tree, component, 'tool')?.configuration;
  return isObject(configuration) ? configuration : {};
}
