import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import { EditError, treeAfter } from '@rondo/shared/oas/edit.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import type { Gesture } from './pendingGestures.ts';

/** Parses a draft's text; undefined when it is no document. */
export function parse(text: string): JsonObject | undefined {
  return readDocument(text).tree;
}

/** What commands make of a tree; undefined where they do not fit. */
export function tryApply(tree: JsonObject | undefined, commands: readonly EditCommand[]): JsonObject | undefined {
  if (!tree || commands.length === 0) return tree;
  try {
    return treeAfter(tree, commands);
  } catch (error) {
    if (error instanceof EditError) return undefined;
    throw error;
  }
}

/** What gestures make of a tree, one after the other; undefined when one of them does not fit. */
export function replayed(tree: JsonObject | undefined, gestures: readonly Gesture[]): JsonObject | undefined {
  return gestures.reduce((state, { commands }) => tryApply(state, commands), tree);
}

/** The draft as it was, by taking back one gesture after the other; undefined when they are not of this document. */
export function takenBack(
  tree: JsonObject,
  edits: readonly { inverse?: EditCommand[] | undefined }[],
): JsonObject | undefined {
  return edits.reduce<JsonObject | undefined>((state, { inverse }) => tryApply(state, inverse ?? []), tree);
}
