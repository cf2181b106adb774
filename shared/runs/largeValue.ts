import type { Json } from '../oas/json.ts';
import { isObject, objectIn, own } from '../oas/json.ts';

/** Bytes of JSON above which a value is kept beside the journal. */
export const largeValueBytes = 64 * 1024;

/** Stands in a journal for a value that is kept by its hash. */
export interface LargeValue {
  /** SHA-256 of its JSON, hex */
  hash: string;
  /** bytes of its JSON */
  size: number;
  type: 'object' | 'list' | 'text' | 'value';
}

const key = '$rondo_value';

/** What stands in place of a value. */
export function referenceTo(value: LargeValue): Json {
  return { [key]: { ...value } };
}

/** The reference that a value is; undefined for every other value. Whether its run has such a value is another matter. */
export function largeValueOf(value: unknown): LargeValue | undefined {
  if (typeof value === 'string') return value.startsWith(`{"${key}":`) ? largeValueOf(objectIn(value)) : undefined;
  if (!isObject(value)) return undefined;
  const inner = own(value, key);
  if (!isObject(inner) || Object.keys(value).length !== 1) return undefined;
  const { hash, size, type } = inner;
  if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash) || typeof size !== 'number') return undefined;
  return { hash, size, type: type === 'object' || type === 'list' || type === 'text' ? type : 'value' };
}

/** Values that name a file: `rondo:file/<id>`. @returns its id, undefined for every other value */
export function fileIdOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('rondo:file/')) return undefined;
  const id = value.slice('rondo:file/'.length);
  return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id) ? id : undefined;
}

/** A file as values name it. */
export function fileRef(id: string): string {
  return `rondo:file/${id}`;
}
