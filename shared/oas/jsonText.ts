import type { Node, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Json } from './json.ts';
import { pointerTo } from './pointer.ts';
import type { Problem } from './problems.ts';
import { errorAt } from './problems.ts';

/** How deep lists and objects may be nested: deep enough for anything drawn, shallow enough for every reader. */
export const maxDepth = 200;

/** A JSON text with the place of every value in it. */
export interface JsonText {
  /** without a byte order mark */
  body: string;
  root: Node;
  value: Json;
}

export type JsonTextResult = { ok: true; json: JsonText } | { ok: false; problems: Problem[] };

const reasons: Record<string, string> = {
  InvalidSymbol: 'something here is not JSON',
  InvalidNumberFormat: 'this is not a number as JSON writes it',
  PropertyNameExpected: 'a name in double quotes is expected here',
  ValueExpected: 'a value is expected here',
  ColonExpected: 'a “:” is expected here',
  CommaExpected: 'a “,” is expected here',
  CloseBraceExpected: 'a “}” is expected here',
  CloseBracketExpected: 'a “]” is expected here',
  EndOfFileExpected: 'the document ends before this, yet more follows',
  InvalidCommentToken: 'comments are not allowed in JSON',
  UnexpectedEndOfComment: 'a comment is not closed (and comments are not allowed in JSON)',
  UnexpectedEndOfString: 'a text is not closed by a double quote',
  UnexpectedEndOfNumber: 'a number breaks off',
  InvalidUnicode: 'this is not a Unicode escape',
  InvalidEscapeCharacter: 'this is not an escape that JSON knows',
  InvalidCharacter: 'this character must be written as an escape',
};

/**
 * Reads a JSON text (RFC 8259, no comments) and keeps the places of its values. Numbers too large to hold, a key that
 * stands twice in one object, and nesting deeper than {@link maxDepth} are problems. Never throws.
 */
export function readJsonText(text: string): JsonTextResult {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const errors: ParseError[] = [];
  const deep = tooDeep(body);
  if (deep !== undefined) {
    const message = `Line ${lineOf(body, deep)}: lists and objects are nested deeper than ${maxDepth} levels.`;
    return { ok: false, problems: [errorAt('OAS-DEPTH', '', message)] };
  }
  const root = parseTree(body, errors, { disallowComments: true, allowTrailingComma: false });
  const first = errors[0];
  if (root === undefined || first !== undefined) {
    const offset = first?.offset ?? 0;
    const reason = first === undefined ? undefined : reasons[printParseErrorCode(first.error)];
    const message =
      body.trim() === ''
        ? 'The file is empty.'
        : `This is not JSON. Line ${lineOf(body, offset)}, column ${columnOf(body, offset)}: ${reason ?? 'it cannot be read here'}.`;
    return { ok: false, problems: [errorAt(body.trim() === '' ? 'OAS-EMPTY' : 'OAS-JSON', '', message)] };
  }
  const problems: Problem[] = [];
  const value = jsonOf(root, body, '', problems);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, json: { body, root, value } };
}

/** Line of an offset, from 1. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) line++;
  return line;
}

/** Column of an offset, from 1. */
export function columnOf(text: string, offset: number): number {
  return offset - (offset === 0 ? -1 : text.lastIndexOf('\n', offset - 1));
}

/** The offset at which nesting passes the limit. Looked at before parsing, because the parser recurses. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) {
      for (i++; i < text.length && text.charCodeAt(i) !== 0x22; i++) if (text.charCodeAt(i) === 0x5c) i++;
    } else if (c === 0x7b || c === 0x5b) {
      if (++depth > maxDepth) return i;
    } else if (c === 0x7d || c === 0x5d) depth--;
  }
  return undefined;
}

/** The value of a parsed node. `Object.fromEntries` keeps a key named `__proto__` an ordinary key. */
function jsonOf(node: Node, text: string, pointer: string, problems: Problem[]): Json {
  if (node.type === 'array') {
    return (node.children ?? []).map((child, i) => jsonOf(child, text, pointerTo(pointer, i), problems));
  }
  if (node.type === 'object') {
    const seen = new Set<string>();
    const entries: [string, Json][] = [];
    for (const member of node.children ?? []) {
      const [keyNode, valueNode] = member.children ?? [];
      if (keyNode === undefined || valueNode === undefined) continue;
      const key = String(keyNode.value);
      const place = pointerTo(pointer, key);
      if (seen.has(key)) {
        const message = `Line ${lineOf(text, keyNode.offset)}: the name “${key}” stands twice in the same object.`;
        problems.push(errorAt('OAS-DUPLICATE-KEY', place, message));
      }
      seen.add(key);
      entries.push([key, jsonOf(valueNode, text, place, problems)]);
    }
    return Object.fromEntries(entries);
  }
  if (node.type === 'number' && !Number.isFinite(node.value)) {
    const spelled = text.slice(node.offset, node.offset + node.length);
    const message = `Line ${lineOf(text, node.offset)}: the number ${spelled} is too large.`;
    problems.push(errorAt('OAS-NUMBER', pointer, message));
    return 0;
  }
  return node.value as Json;
}
