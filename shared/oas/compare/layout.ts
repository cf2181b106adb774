import { rondoOf } from '../flow.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, own, ownObject, sameJson, withKey, withoutKey } from '../json.ts';

/** Where a step stands on the canvas, as a pointer into its component. */
export const layoutPointer = '/metadata/__metadata_info__/rondo/position';

/** Where a component stands on the canvas; null where it says nothing. */
export function layoutOf(component: JsonObject): Json {
  return own(rondoOf(component), 'position') ?? null;
}

/** Do two components stand at the same place? */
export function sameLayout(a: JsonObject, b: JsonObject): boolean {
  return sameJson(layoutOf(a), layoutOf(b));
}

/** A component without its place on the canvas, and without the objects that held nothing but that. */
export function withoutLayout(component: JsonObject): JsonObject {
  if (layoutOf(component) === null) return component;
  const metadata = ownObject(component, 'metadata') ?? {};
  const info = ownObject(metadata, '__metadata_info__') ?? {};
  const rondo = withoutKey(rondoOf(component), 'position');
  return withKey(
    component,
    'metadata',
    withOrWithout(metadata, '__metadata_info__', withOrWithout(info, 'rondo', rondo)),
  );
}

function withOrWithout(object: JsonObject, key: string, value: Json): JsonObject {
  return isObject(value) && Object.keys(value).length === 0 ? withoutKey(object, key) : withKey(object, key, value);
}
