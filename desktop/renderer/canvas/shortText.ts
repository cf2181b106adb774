import type { Json } from '@rondo/shared/oas/json.ts';
import { largeValueOf } from '@rondo/shared/runs/largeValue.ts';
import { byteWords } from '../parts/byteWords.ts';

/** A value on one line; of a large one only its size. */
export function shortText(value: Json | undefined, length = 60): string {
  if (value === undefined) return '';
  const large = largeValueOf(value);
  if (large) return byteWords(large.size);
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\s+/g, ' ').trim();
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
