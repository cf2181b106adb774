import { applyEdits, type Edit, type Node, parseTree } from 'jsonc-parser';
import { isObject, type Json, type JsonObject } from './json.ts';
import { parseJson } from './read.ts';

/**
 * Writes a document. With the text that it came from, only the ranges that differ from the parse of that text are
 * written anew: indentation, key order, spelling of numbers and escapes, byte order mark and last line end of all the
 * rest stay (G6). Without it: two spaces, one line end at the end.
 *
 * @param source JSON text; anything that is not JSON (YAML, JSON5) is written anew as JSON
 */
export function writeDocument(tree: JsonObject, source?: string): string {
  const bom = source?.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = source?.slice(bom.length);
  const root = body === undefined || 'problems' in parseJson(body) ? undefined : parseTree(body);
  if (body === undefined || !root) return `${JSON.stringify(tree, null, 2)}\n`;
  const style = styleOf(body);
  const edits: Edit[] = [];
  differ(root, tree, body, style, edits);
  return bom + applyEdits(body, edits);
}

interface Style {
  /** one level; empty = the document stands on one line */
  indent: string;
  newline: string;
  colon: string;
  comma: string;
}

function styleOf(text: string): Style {
  const indented = /\n([ \t]+)\S/.exec(text);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  if (indented?.[1]) return { indent: indented[1], newline, colon: ': ', comma: ',' };
  const spaced = /":\s/.test(text);
  return { indent: '', newline, colon: spaced ? ': ' : ':', comma: spaced ? ', ' : ',' };
}

/** Text of a new value at a depth, in the document's own manner. */
function spell(value: Json, style: Style, base: string): string {
  if (style.indent === '') return compact(value, style);
  return JSON.stringify(value, null, style.indent).replaceAll('\n', style.newline + base);
}

function compact(value: Json, style: Style): string {
  if (Array.isArray(value)) return `[${value.map((item) => compact(item, style)).join(style.comma)}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}${style.colon}${compact(item, style)}`,
  );
  return `{${members.join(style.comma)}}`;
}

/** White space at the start of the line on which an offset stands. */
function lineIndent(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

function differ(node: Node, value: Json, text: string, style: Style, edits: Edit[]): void {
  if (node.type === 'object' && isObject(value))
    return differMembers(node, objectItems(node, value), '{', text, style, edits);
  if (node.type === 'array' && Array.isArray(value))
    return differMembers(node, arrayItems(node, value), '[', text, style, edits);
  if (node.type !== 'object' && node.type !== 'array' && Object.is(node.value, value)) return;
  edits.push({ offset: node.offset, length: node.length, content: spell(value, style, lineIndent(text, node.offset)) });
}

/** A member of the new value; `old` is the member of the text that it continues. */
interface Member {
  key: string | undefined;
  value: Json;
  old: Node | undefined;
}

function objectItems(node: Node, value: JsonObject): Member[] {
  const olds = new Map((node.children ?? []).map((property) => [String(property.children?.[0]?.value), property]));
  return Object.entries(value).map(([key, item]) => ({ key, value: item, old: olds.get(key) }));
}

/** Items of a list are paired by identity: the same id or equal content first, then what stands at the same place. */
function arrayItems(node: Node, value: Json[]): Member[] {
  const olds = node.children ?? [];
  const free = new Map<string, Node[]>();
  for (const old of olds) {
    const key = identityOfNode(old);
    free.set(key, [...(free.get(key) ?? []), old]);
  }
  const members = value.map(
    (item): Member => ({ key: undefined, value: item, old: free.get(identity(item))?.shift() }),
  );
  if (members.length === olds.length) {
    const used = new Set(members.map((member) => member.old));
    for (const [index, member] of members.entries()) {
      const here = olds[index];
      if (!member.old && here && !used.has(here)) member.old = here;
    }
  }
  return members;
}

function identity(value: Json): string {
  if (isObject(value)) {
    if (typeof value.id === 'string') return `id ${value.id}`;
    if (typeof value.$component_ref === 'string') return `ref ${value.$component_ref}`;
  }
  return JSON.stringify(value);
}

function identityOfNode(node: Node): string {
  return identity(plain(node));
}

function plain(node: Node): Json {
  if (node.type === 'array') return (node.children ?? []).map(plain);
  if (node.type !== 'object') return node.value as Json;
  return Object.fromEntries(
    (node.children ?? []).map((p) => [String(p.children?.[0]?.value), plain(p.children?.[1] as Node)]),
  );
}

/**
 * Rewrites the members of an object or list. Kept members in their old order are edited in place, new ones are put
 * between them and dropped ones cut out; a change of order writes the whole container from its members' own texts.
 */
function differMembers(
  node: Node,
  members: Member[],
  open: '{' | '[',
  text: string,
  style: Style,
  edits: Edit[],
): void {
  const olds = node.children ?? [];
  const kept = members.filter((member) => member.old);
  const inOrder = kept.every((member, i) => i === 0 || (kept[i - 1]?.old?.offset ?? 0) < (member.old?.offset ?? 0));
  if (kept.length === olds.length && members.length === olds.length && inOrder) {
    for (const member of members) {
      const target = open === '{' ? member.old?.children?.[1] : member.old;
      if (target) differ(target, member.value, text, style, edits);
    }
    return;
  }
  edits.push({ offset: node.offset, length: node.length, content: rebuild(node, members, open, text, style) });
}

/** The container's text anew; each kept member keeps its own text, and with it its own spelling. */
function rebuild(node: Node, members: Member[], open: '{' | '[', text: string, style: Style): string {
  const close = open === '{' ? '}' : ']';
  if (members.length === 0) return open + close;
  const body = text.slice(node.offset, node.offset + node.length);
  const first = node.children?.[0];
  const multiline = first ? text.slice(node.offset, first.offset).includes('\n') : style.indent !== '';
  const base = lineIndent(text, node.offset);
  const inner = first && multiline ? lineIndent(text, first.offset) : base + style.indent;
  const parts = members.map((member) => {
    if (member.old) {
      const target = open === '{' ? member.old.children?.[1] : member.old;
      const inside: Edit[] = [];
      if (target) differ(target, member.value, text, style, inside);
      const own = text.slice(member.old.offset, member.old.offset + member.old.length);
      const start = member.old.offset;
      return applyEdits(
        own,
        inside.map((edit) => ({ ...edit, offset: edit.offset - start })),
      );
    }
    const spelled = multiline ? spell(member.value, style, inner) : compact(member.value, style);
    return member.key === undefined ? spelled : `${JSON.stringify(member.key)}${style.colon}${spelled}`;
  });
  const pad = body[1] === ' ' ? ' ' : '';
  const gap = multiline ? `,${style.newline}${inner}` : /,[ \t]+\S/.test(body) ? ', ' : style.comma;
  const olds = node.children ?? [];
  let written =
    open +
    (members[0]?.old && members[0].old === first
      ? text.slice(node.offset + 1, first.offset)
      : multiline
        ? style.newline + inner
        : pad);
  for (const [index, part] of parts.entries()) {
    if (index > 0) written += separator(olds, members[index - 1]?.old, members[index]?.old, text) ?? gap;
    written += part;
  }
  const last = olds.at(-1);
  if (last && members.at(-1)?.old === last)
    return written + text.slice(last.offset + last.length, node.offset + node.length);
  return written + (multiline ? style.newline + base : pad) + close;
}

/** What stands between two members that already stood side by side; undefined where they did not. */
function separator(olds: Node[], left: Node | undefined, right: Node | undefined, text: string): string | undefined {
  if (!left || !right || olds.indexOf(right) !== olds.indexOf(left) + 1) return undefined;
  return text.slice(left.offset + left.length, right.offset);
}
