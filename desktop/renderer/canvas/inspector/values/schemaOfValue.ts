import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';

/** The type of a real value, where no schema tells it. */
export function schemaOfValue(value: Json | undefined): JsonObject {
  switch (typeof value) {
    case 'string':
      return { type: 'string' };
    case 'boolean':
      return { type: 'boolean' };
    case 'number':
      return { type: 'number' };
    case 'object': {
      if (value === null) return {};
      if (!Array.isArray(value)) return { type: 'object' };
      const kinds = new Map(value.map((item) => [JSON.stringify(schemaOfValue(item)), schemaOfValue(item)]));
      const [only] = kinds.values();
      return kinds.size === 1 && only && Object.keys(only).length > 0
        ? { type: 'array', items: only }
        : { type: 'array' };
    }
    default:
      return {};
  }
}
