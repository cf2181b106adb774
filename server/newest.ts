/**
 * Puts an entry into a map as its newest one; beyond `most` entries the oldest goes.
 * @returns the value
 */
export function keepNewest<K, V>(map: Map<K, V>, key: K, value: V, most: number): V {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > most && !oldest.done) map.delete(oldest.value);
  return value;
}
