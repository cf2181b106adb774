import type { JsonObject } from '@rondo/shared/oas/json.ts';

const emptied = ['nodes', 'control_flow_connections', 'data_flow_connections'];

/** What a first version is compared with: the same document without anything drawn in it. */
export function blankTree(tree: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([field, value]) => {
      if (field === '$referenced_components') return [];
      return [[field, emptied.includes(field) && Array.isArray(value) ? [] : value]];
    }),
  );
}
