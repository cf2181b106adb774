import { findNodeAtLocation, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { listIndex, pointerTokens } from './pointer.ts';

/** A piece of a text, from one offset up to another. */
export interface TextPlace {
  from: number;
  to: number;
}

/** Where a text stops being JSON, and why in a word of the parser; undefined where it is JSON. */
export function brokenJson(text: string): (TextPlace & { why: string }) | undefined {
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (!first) return undefined;
  const from = Math.min(first.offset, text.length);
  return { from, to: Math.min(text.length, from + Math.max(1, first.length)), why: printParseErrorCode(first.error) };
}

/**
 * Where the value at a JSON pointer stands in a text; the nearest one around it where it is not written. A field is
 * marked by its name, so that a long object is not marked as a whole.
 */
export function placeInJson(text: string, pointer: string): TextPlace {
  const root = parseTree(text);
  const path = pointerTokens(pointer).map((token) => listIndex(token) ?? token);
  while (root && path.length > 0) {
    const node = findNodeAtLocation(root, path) ?? findNodeAtLocation(root, path.map(String));
    const key = node?.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
    const marked = key ?? node;
    if (marked) return { from: marked.offset, to: marked.offset + marked.length };
    path.pop();
  }
  return { from: 0, to: Math.min(1, text.length) };
}
