import type { Node, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import { type Said, said } from '../words/said.ts';
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

const reasons: Record<string, Said> = {
  InvalidSymbol: said('json.InvalidSymbol'),
  InvalidNumberFormat: said('json.InvalidNumberFormat'),
  PropertyNameExpected: said('json.PropertyNameExpected'),
  ValueExpected: said('json.ValueExpected'),
  ColonExpected: said('json.expected', { sign: ':' }),
  CommaExpected: said('json.expected', { sign: ',' }),
  CloseBraceExpected: said('json.expected', { sign: '}' }),
  CloseBracketExpected: said('json.expected', { sign: ']' }),
  EndOfFileExpected: said('json.EndOfFileExpected'),
  InvalidCommentToken: said('json.InvalidCommentToken'),
  UnexpectedEndOfComment: said('json.UnexpectedEndOfComment'),
  UnexpectedEndOfString: said('json.UnexpectedEndOfString'),
  UnexpectedEndOfNumber: said('json.UnexpectedEndOfNumber'),
  InvalidUnicode: said('json.InvalidUnicode'),
  InvalidEscapeCharacter: said('json.InvalidEscapeCharacter'),
  InvalidCharacter: said('json.InvalidCharacter'),
};

/**
 * Reads a JSON text (RFC 8259, no comments) and keeps the places of its values. Numbers too large to hold, a key that
 * stands twice in one object, and nesting deeper than {@link maxDepth} are problems. Never throws.
 */
export function readJsonText(text: string): JsonTextResult {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const errors: ParseError[] = [];
  const { deep } = scan(body);
  if (deep !== undefined) {
    return { ok: false, problems: [errorAt('OAS-DEPTH', '', { line: lineOf(body, deep), levels: maxDepth })] };
  }
  const root = parseTree(body, errors, { disallowComments: true, allowTrailingComma: false });
  const first = errors[0];
  if (root === undefined || first !== undefined) {
    const offset = first?.offset ?? 0;
    const reason = first === undefined ? undefined : reasons[printParseErrorCode(first.error)];
    if (body.trim() === '') return { ok: false, problems: [errorAt('OAS-EMPTY', '')] };
    const place = { line: lineOf(body, offset), column: columnOf(body, offset) };
    return { ok: false, problems: [errorAt('OAS-JSON', '', { ...place, reason: reason ?? said('json.unreadable') })] };
  }
  const problems: Problem[] = [];
  const value = jsonOf(root, body, undefined, problems);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, json: { body, root, value } };
}

export type JsonValueResult = { ok: true; value: Json } | { ok: false; problems: Problem[] };

/** The same without the places: a third of the time, because the places are looked for only where something is wrong. */
export function readJsonValue(text: string): JsonValueResult {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const value = quickValue(body);
  if (value !== undefined) return { ok: true, value };
  const read = readJsonText(text);
  return read.ok ? { ok: true, value: read.json.value } : read;
}

/** The value of a sound text; undefined for one that has to be looked at more closely. */
function quickValue(body: string): Json | undefined {
  const { deep, colons } = scan(body);
  if (deep !== undefined) return undefined;
  try {
    const value = JSON.parse(body) as Json;
    // A key that stands twice is lost: then there are fewer keys than colons.
    return keysOf(value) === colons ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** How many keys a value has in all; NaN when a number in it is too large. */
function keysOf(value: Json): number {
  if (typeof value === 'number') return Number.isFinite(value) ? 0 : Number.NaN;
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) for (const item of value) count += keysOf(item);
  else {
    const items = Object.values(value);
    count = items.length;
    for (const item of items) count += keysOf(item);
  }
  return count;
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

/**
 * Looks at a text before it is parsed, because parsers recurse: the offset at which nesting passes the limit, if it
 * does, and the number of colons outside of texts.
 */
function scan(text: string): { deep: number | undefined; colons: number } {
  let depth = 0;
  let colons = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) {
      for (i++; i < text.length && text.charCodeAt(i) !== 0x22; i++) if (text.charCodeAt(i) === 0x5c) i++;
    } else if (c === 0x3a) colons++;
    else if (c === 0x7b || c === 0x5b) {
      if (++depth > maxDepth) return { deep: i, colons };
    } else if (c === 0x7d || c === 0x5d) depth--;
  }
  return { deep: undefined, colons };
}

/** The way to a value, from the value outwards: a pointer is made of it only where there is something to say. */
interface Way {
  token: string | number;
  outer: Way | undefined;
}

function pointerOfWay(way: Way | undefined): string {
  return way === undefined ? '' : pointerTo(pointerOfWay(way.outer), way.token);
}

/** The value of a parsed node. `Object.fromEntries` keeps a key named `__proto__` an ordinary key. */
function jsonOf(node: Node, text: string, way: Way | undefined, problems: Problem[]): Json {
  if (node.type === 'array') {
    return (node.children ?? []).map((child, i) => jsonOf(child, text, { token: i, outer: way }, problems));
  }
  if (node.type === 'object') {
    const seen = new Set<string>();
    const entries: [string, Json][] = [];
    for (const member of node.children ?? []) {
      const [keyNode, valueNode] = member.children ?? [];
      if (keyNode === undefined || valueNode === undefined) continue;
      const key = String(keyNode.value);
      const place: Way = { token: key, outer: way };
      if (seen.has(key)) {
        const values = { line: lineOf(text, keyNode.offset), name: key };
        problems.push(errorAt('OAS-DUPLICATE-KEY', pointerOfWay(place), values));
      }
      seen.add(key);
      entries.push([key, jsonOf(valueNode, text, place, problems)]);
    }
    return Object.fromEntries(entries);
  }
  if (node.type === 'number' && !Number.isFinite(node.value)) {
    const spelled = text.slice(node.offset, node.offset + node.length);
    problems.push(errorAt('OAS-NUMBER', pointerOfWay(way), { line: lineOf(text, node.offset), number: spelled }));
    return 0;
  }
  return node.value as Json;
}
