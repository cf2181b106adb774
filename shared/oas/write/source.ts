import type { Node } from 'jsonc-parser';
import type { Json } from '../json.ts';
import { type JsonTextResult, readJsonText } from '../jsonText.ts';

/** What each list and object of a source was compared with last, and whether it says the same. */
export type Compared = WeakMap<Node, { value: Json; same: boolean }>;

export interface Source {
  read: JsonTextResult;
  compared: Compared;
}

interface Kept {
  source: Source;
  /** when the memory that a large one takes is given back */
  end: ReturnType<typeof setTimeout> | undefined;
}

const kept = new Map<string, Kept>();
const mostKept = 4;
/** One that is longer, in characters, takes twenty times as many bytes: it is kept while somebody works with it. */
const large = 2_000_000;
const largeKeptFor = 60_000;

/**
 * Reads a JSON text as {@link readJsonText} does. Who edits a document writes the same source again and again: the last
 * few are kept as they were read, with what was found to be the same, since trees share what no edit touched.
 */
export function readSource(text: string): Source {
  const known = kept.get(text);
  forget(text);
  const source = known?.source ?? { read: readJsonText(text), compared: new WeakMap() };
  const isLarge = text.length > large;
  if (isLarge) for (const other of kept.keys()) if (other.length > large) forget(other);
  kept.set(text, { source, end: isLarge ? soon(() => kept.delete(text)) : undefined });
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    forget(oldest);
  }
  return source;
}

function forget(text: string): void {
  clearTimeout(kept.get(text)?.end);
  kept.delete(text);
}

/** A timer that keeps no program from ending. */
function soon(run: () => void): ReturnType<typeof setTimeout> {
  const timer = setTimeout(run, largeKeptFor);
  if (typeof timer === 'object') timer.unref();
  return timer;
}
