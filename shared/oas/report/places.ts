import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { type Document, isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import { keyText } from '../convert/spelled.ts';
import { columnOf, lineOf, readJsonText } from '../jsonText.ts';
import type { DocumentFormat } from '../parse.ts';
import { pointerTokens } from '../pointer.ts';

/** A stretch of a text: lines and columns from 1; the end is behind the last character. */
export interface TextRegion {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
}

/** Finds places of a text by their pointers; see {@link placesIn}. */
export type FindPlace = (pointer: string) => TextRegion | undefined;

/**
 * Where the values of a document stand in its text. For a pointer to something that is not there the innermost place
 * around it is given; undefined for JSON5, and for a text that cannot be read.
 */
export function placesIn(text: string, format: DocumentFormat): FindPlace {
  if (format === 'json') return inJson(text);
  return format === 'yaml' ? inYaml(text) : () => undefined;
}

function inJson(text: string): FindPlace {
  const read = readJsonText(text);
  if (!read.ok) return () => undefined;
  const { body, root } = read.json;
  return (pointer) => {
    let node: Node = root;
    for (const token of pointerTokens(pointer)) {
      const next = findNodeAtLocation(node, [node.type === 'array' ? Number(token) : token]);
      if (next === undefined) break;
      node = next;
    }
    // A member of an object is shown with its key.
    const from = node.parent?.type === 'property' ? node.parent.offset : node.offset;
    return regionOf(body, from, node.offset + node.length);
  };
}

function regionOf(text: string, from: number, to: number): TextRegion {
  return {
    startLine: lineOf(text, from),
    startColumn: columnOf(text, from),
    endLine: lineOf(text, to),
    endColumn: columnOf(text, to),
  };
}

function inYaml(text: string): FindPlace {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) return () => undefined;
  return (pointer) => {
    const range = yamlRange(document, pointerTokens(pointer));
    if (range === undefined) return undefined;
    const [start, end] = [lines.linePos(range[0]), lines.linePos(range[1])];
    return { startLine: start.line, startColumn: start.col, endLine: end.line, endColumn: end.col };
  };
}

function yamlRange(document: Document, tokens: string[]): [number, number] | undefined {
  let node: unknown = document.contents;
  let range = isNode(node) && node.range ? node.range : undefined;
  let from = range?.[0];
  for (const token of tokens) {
    let next: unknown;
    let key: unknown;
    if (isMap(node)) {
      const pair = node.items.find((item) => keyText(item) === token);
      next = pair?.value;
      key = pair?.key;
    } else if (isSeq(node)) next = node.items[Number(token)];
    if (!isNode(next) || !next.range) break;
    node = next;
    range = next.range;
    from = isNode(key) && key.range ? key.range[0] : range[0];
  }
  return range === undefined || from === undefined ? undefined : [from, range[1]];
}
