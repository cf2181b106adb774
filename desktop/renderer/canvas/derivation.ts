import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';

// The tree before is held weakly: else each state of a long session would keep all earlier ones.
const made = new WeakMap<JsonObject, { from: WeakRef<JsonObject>; commands: EditCommand[] }>();
const longest = 200;

/** Remembers how a tree came about, for who follows the document in another thread. */
export function remember(from: JsonObject, commands: EditCommand[], to: JsonObject): void {
  if (from !== to) made.set(to, { from: new WeakRef(from), commands });
}

/** The commands that make one tree of another; undefined where that is not known (any more). */
export function commandsRemembered(from: JsonObject, to: JsonObject): EditCommand[] | undefined {
  const parts: EditCommand[][] = [];
  let at: JsonObject = to;
  while (at !== from) {
    const step = made.get(at);
    const before = step?.from.deref();
    if (!step || !before || parts.length >= longest) return undefined;
    parts.unshift(step.commands);
    at = before;
  }
  return parts.flat();
}
