import type { JsonObject } from './json.ts';
import { isObject } from './json.ts';

/**
 * Gives every component that is written inline an id of its own; references to them follow.
 *
 * @param fresh the new ids by the old ones; added to
 * @param all false: only what has a new id already is given it
 */
export function freshIds(component: JsonObject, fresh: Map<string, string>, all = true): JsonObject {
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (isObject(value)) {
      if (typeof value.id === 'string' && typeof value.component_type === 'string' && !fresh.has(value.id)) {
        fresh.set(value.id, crypto.randomUUID());
      }
      Object.values(value).forEach(collect);
    }
  };
  if (all) collect(component);
  const text = JSON.stringify(component, (key, value: unknown) => {
    if (key === '$referenced_components' && isObject(value)) {
      return Object.fromEntries(Object.entries(value).map(([id, entry]) => [fresh.get(id) ?? id, entry]));
    }
    if (typeof value !== 'string' || (key !== 'id' && key !== '$component_ref')) return value;
    const direct = fresh.get(value);
    if (direct) return direct;
    const dot = value.indexOf('.');
    const owner = dot > 0 ? fresh.get(value.slice(0, dot)) : undefined;
    return owner ? `${owner}${value.slice(dot)}` : value;
  });
  const copy: unknown = JSON.parse(text);
  return isObject(copy) ? copy : component;
}

/** A copy of a component in which every component has an id of its own. */
export function copyOf(component: JsonObject): JsonObject {
  return freshIds(component, new Map());
}
