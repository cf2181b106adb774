import { type JsonTextResult, readJsonText } from '../jsonText.ts';

const kept = new Map<string, JsonTextResult>();
const mostKept = 4;
/** Longer ones would fill the memory. */
const longestKept = 2_000_000;

/**
 * Reads a JSON text as {@link readJsonText} does. Who edits a document writes the same source again and again: the last
 * few are kept as they were read.
 */
export function readSource(source: string): JsonTextResult {
  const read = kept.get(source) ?? readJsonText(source);
  kept.delete(source);
  if (source.length <= longestKept) kept.set(source, read);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return read;
}
