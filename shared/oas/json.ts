/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** True for an object (not null, not a list). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that a JSON text holds; undefined for a text that is no JSON, or holds something else. */
export function objectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The object's own value of a key; undefined where it has none. Documents are foreign: `constructor` or `__proto__`
 * must not reach into the prototype.
 */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The own value of a key when it is a text, else undefined. */
export function ownText(object: JsonObject, key: string): string | undefined {
  const value = own(object, key);
  return typeof value === 'string' ? value : undefined;
}

/** The own value of a key when it is a list, else an empty list. */
export function ownList(object: JsonObject, key: string): Json[] {
  const value = own(object, key);
  return Array.isArray(value) ? value : [];
}

/** The own value of a key when it is an object, else undefined. */
export function ownObject(object: JsonObject, key: string): JsonObject | undefined {
  const value = own(object, key);
  return isObject(value) ? value : undefined;
}

/** A copy with the key set (in its place if it is there, else last). `__proto__` stays an ordinary key. */
export function withKey(object: JsonObject, key: string, value: Json): JsonObject {
  return copied((copy) => {
    for (const name of Object.keys(object)) copy[name] = object[name] as Json;
    copy[key] = value;
  });
}

/** A copy with the key put before another key (or last). */
export function withKeyBefore(object: JsonObject, key: string, value: Json, before: string | undefined): JsonObject {
  return copied((copy) => {
    for (const name of Object.keys(object)) {
      if (name === key) continue;
      if (name === before) copy[key] = value;
      copy[name] = object[name] as Json;
    }
    copy[key] = value;
  });
}

/** A copy without the key. */
export function withoutKey(object: JsonObject, key: string): JsonObject {
  return copied((copy) => {
    for (const name of Object.keys(object)) if (name !== key) copy[name] = object[name] as Json;
  });
}

/**
 * What `fill` makes of an empty object. It has no prototype while it is filled: `__proto__` is an ordinary key then, and
 * the thousand entries of a large document are copied ten times as fast.
 */
function copied(fill: (copy: JsonObject) => void): JsonObject {
  const copy = Object.create(null) as JsonObject;
  fill(copy);
  return Object.keys(copy).length > few ? Object.setPrototypeOf(copy, Object.prototype) : { ...copy };
}

/** Of no more keys, an object is a shape to the engine, which is what is fastest to read. */
const few = 64;

/** Equal in value *and* in the order of keys: what decides whether a text must change. */
export function sameInOrder(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!sameInOrder(a[i] as Json, b[i] as Json)) return false;
    return true;
  }
  if (!isObject(a) || !isObject(b)) return false;
  const left = Object.entries(a);
  const right = Object.entries(b);
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i++) {
    const [leftKey, leftValue] = left[i] as [string, Json];
    const [rightKey, rightValue] = right[i] as [string, Json];
    if (leftKey !== rightKey || !sameInOrder(leftValue, rightValue)) return false;
  }
  return true;
}

/** Equal in value; the order of keys does not count. */
export function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i] as Json));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key] as Json, b[key] as Json))
  );
}
