import type { Node } from 'jsonc-parser';
import type { Json, JsonObject } from './json.ts';
import { isObject, own, sameInOrder } from './json.ts';
import { formatByLook, parseAs } from './parse.ts';
import { commaBetween, readJson5Text } from './write/json5Text.ts';
import { type Compared, readSource } from './write/source.ts';
import { freshYaml, patchedYaml } from './write/yamlText.ts';

/** The document cannot be written in the way that was asked for. */
export class WriteError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The text of a document. With the text that it was read from, only the ranges that differ from the parse of that
 * text are written anew: spelling of numbers and escapes, indentation, order of keys, line ends, a byte order mark
 * stay as they came (G6). Give the text as it was imported, not an intermediate one: what was removed and put back
 * is then spelled as it was. Without a source: two spaces and a newline at the end.
 *
 * YAML stays YAML and JSON5 stays JSON5, with their comments: only the lines of what changed are written anew.
 * @throws {WriteError} OAS-WRITE-FORMAT for what cannot be written so (write without the source: that is JSON)
 */
export function writeDocument(tree: JsonObject, source?: string): string {
  if (source === undefined) return `${JSON.stringify(tree, null, 2)}\n`;
  const { read, compared } = readSource(source);
  if (read.ok) {
    const { body, root } = read.json;
    return (source.length > body.length ? '\uFEFF' : '') + editedRange(body, root, tree, compared);
  }
  if (formatByLook(source) === 'yaml') return editedYaml(tree, source);
  // A text may be JSON5 and YAML at once, and mean two things: the one that the tree is near to is meant.
  const other = parseAs(source, undefined);
  if (other.ok && sameInOrder(other.value, tree)) return source;
  if (other.ok && other.format === 'json5') {
    const yaml = parseAs(source, 'yaml');
    if (yaml.ok && sameInOrder(yaml.value, tree)) return source;
  }
  if (other.ok && other.format === 'yaml') return editedYaml(tree, source);
  if (other.ok) return editedJson5(tree, source);
  throw new WriteError('OAS-WRITE-FORMAT', 'The text that the document came from cannot be read; write it without.');
}

/** JSON5 with its changed ranges; comments between members stay with them. */
function editedJson5(tree: JsonObject, source: string): string {
  const places = readJson5Text(source);
  if (places !== undefined) {
    const { body, root } = places;
    const text = (source.length > body.length ? '\uFEFF' : '') + editedRange(body, root, tree);
    const read = parseAs(text, 'json5');
    if (read.ok && sameInOrder(read.value, tree)) return text;
  }
  throw new WriteError(
    'OAS-WRITE-FORMAT',
    'This document came as JSON5 in which a name stands twice in one object; as JSON it can be written, without its comments.',
  );
}

/** The text with the root value written anew where it differs. */
function editedRange(body: string, root: Node, tree: JsonObject, compared: Compared = new WeakMap()): string {
  const style = styleOf(body, root);
  const edited = rewrite(root, tree, {
    body,
    style,
    indent: '',
    inline: style.unit === undefined,
    compared,
  });
  return body.slice(0, root.offset) + edited + body.slice(root.offset + root.length);
}

/** YAML with its changed lines; where the pieces do not fit together, written as a whole. */
function editedYaml(tree: JsonObject, source: string): string {
  const isRight = (text: string) => {
    const read = parseAs(text, 'yaml');
    return read.ok && sameInOrder(read.value, tree);
  };
  const patched = patchedYaml(tree, source);
  if (patched !== undefined && (patched === source || isRight(patched))) return patched;
  const whole = freshYaml(tree, source);
  if (isRight(whole)) return whole;
  throw new WriteError(
    'OAS-WRITE-FORMAT',
    'The document holds something that YAML cannot say; write it as JSON instead.',
  );
}

interface Style {
  eol: string;
  /** one level of indentation; undefined = the document is written in one line */
  unit: string | undefined;
  /** between a key and its value */
  colon: string;
  /** between two values in one line */
  comma: string;
  /** the source writes nothing but ASCII, with escapes */
  ascii: boolean;
}

/** Where a value is being written. */
interface Place {
  body: string;
  style: Style;
  /** indentation of the line on which the value begins */
  indent: string;
  /** the surrounding list or object stands in one line */
  inline: boolean;
  compared: Compared;
}

function styleOf(body: string, root: Node): Style {
  const eol = body.includes('\r\n') ? '\r\n' : '\n';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the question is whether all is ASCII
  const ascii = /\\u[0-9a-fA-F]{4}/.test(body) && /^[\x00-\x7f]*$/.test(body);
  let unit: string | undefined;
  let colon: string | undefined;
  let comma: string | undefined;
  const visit = (node: Node, indent: string, depth: number): void => {
    const children = node.children ?? [];
    let inner = indent;
    for (const [i, child] of children.entries()) {
      const previous = i === 0 ? node.offset + 1 : endOf(children[i - 1] as Node);
      const lead = leadOf(body, previous, child.offset, i > 0);
      const broken = lead.lastIndexOf('\n');
      if (broken >= 0) {
        inner = lead.slice(broken + 1);
        if (unit === undefined && inner.startsWith(indent) && inner.length > indent.length) {
          unit = inner.slice(indent.length);
        }
      } else if (i > 0) comma ??= `,${lead}`;
      if (child.type === 'property') {
        const [key, value] = child.children as [Node, Node];
        colon ??= body.slice(endOf(key), value.offset);
        if (depth < 12) visit(value, inner, depth + 1);
      } else if (depth < 12) visit(child, inner, depth + 1);
      if (unit !== undefined && colon !== undefined && comma !== undefined) return;
    }
  };
  visit(root, '', 0);
  // A multi-line document without any indentation still breaks its lines.
  const multiLine = unit !== undefined || body.slice(root.offset, endOf(root)).includes('\n');
  return {
    eol,
    unit: multiLine ? (unit ?? '') : undefined,
    colon: colon ?? (multiLine ? ': ' : ':'),
    comma: comma ?? (multiLine || colon === ': ' ? ', ' : ','),
    ascii,
  };
}

function endOf(node: Node): number {
  return node.offset + node.length;
}

/** White space before a value, after the comma (or the opening bracket). */
function leadOf(body: string, from: number, to: number, afterComma: boolean): string {
  return body.slice(afterComma ? commaBetween(body, from, to) + 1 : from, to);
}

function rewrite(node: Node, value: Json, place: Place): string {
  if (isUnchanged(node, value, place)) return place.body.slice(node.offset, endOf(node));
  if (node.type === 'object' && isObject(value)) return rewriteObject(node, value, place);
  if (node.type === 'array' && Array.isArray(value)) return rewriteList(node, value, place);
  return fresh(value, place);
}

/** Does the source already say exactly this? Each place is asked about again by all that hold it: answered once. */
function isUnchanged(node: Node, value: Json, place: Place): boolean {
  if (node.type !== 'array' && node.type !== 'object') return node.value === value;
  const known = place.compared.get(node);
  if (known?.value === value) return known.same;
  const same = node.type === 'array' ? sameItems(node, value, place) : sameMembers(node, value, place);
  place.compared.set(node, { value, same });
  return same;
}

function sameItems(node: Node, value: Json, place: Place): boolean {
  const children = node.children ?? [];
  return (
    Array.isArray(value) &&
    value.length === children.length &&
    children.every((child, i) => isUnchanged(child, value[i] as Json, place))
  );
}

function sameMembers(node: Node, value: Json, place: Place): boolean {
  if (!isObject(value)) return false;
  const members = node.children ?? [];
  const keys = Object.keys(value);
  const order = orderOf(members.map((m) => String(m.children?.[0]?.value)));
  if (keys.length !== order.length || keys.some((key, i) => key !== order[i])) return false;
  return members.every((member) => {
    const [key, child] = member.children as [Node, Node];
    return isUnchanged(child, own(value, String(key.value)) as Json, place);
  });
}

const numeric = /^\d/;

/** Keys as a JavaScript object would have them: numeric-looking ones first, whatever their order in the text. */
function orderOf(keys: string[]): string[] {
  return keys.some((key) => numeric.test(key)) ? Object.keys(Object.fromEntries(keys.map((key) => [key, 0]))) : keys;
}

function rewriteObject(node: Node, value: JsonObject, place: Place): string {
  const members = new Map((node.children ?? []).map((m, i) => [String(m.children?.[0]?.value), { m, i }]));
  const order = orderOf([...members.keys()]);
  const kept = Object.keys(value).filter((key) => members.has(key));
  // Integer-like keys are reordered by JavaScript itself: as long as the order we see is the one that the source
  // gives to the same engine, the members stay in the order in which the source spells them.
  const inSourceOrder = order.filter((key) => Object.hasOwn(value, key)).every((key, i) => key === kept[i]);
  let keys = Object.keys(value);
  if (inSourceOrder) {
    const spelled = [...members.keys()].filter((key) => Object.hasOwn(value, key));
    let next = 0;
    keys = keys.map((key) => (members.has(key) ? (spelled[next++] as string) : key));
  }
  const parts = keys.map((key): Part => {
    const item = own(value, key) as Json;
    const old = members.get(key);
    if (old === undefined) {
      const spelled = spell(key, place.style) + place.style.colon;
      return { write: (inner) => spelled + fresh(item, inner) };
    }
    const [keyNode, valueNode] = old.m.children as [Node, Node];
    const head = place.body.slice(keyNode.offset, valueNode.offset);
    return { old: old.i, write: (inner) => head + rewrite(valueNode, item, inner) };
  });
  return assemble(node, parts, '{', '}', place);
}

function rewriteList(node: Node, value: Json[], place: Place): string {
  const children = node.children ?? [];
  const matched = matchItems(children, value, place);
  const parts = value.map((item, i): Part => {
    const at = matched[i];
    const old = at === undefined ? undefined : children[at];
    if (at === undefined || old === undefined) return { write: (inner) => fresh(item, inner) };
    return { old: at, write: (inner) => rewrite(old, item, inner) };
  });
  return assemble(node, parts, '[', ']', place);
}

/** For each item of the new list the place of the old one it came from, so that what did not change keeps its spelling. */
function matchItems(children: Node[], value: Json[], place: Place): (number | undefined)[] {
  const matched: (number | undefined)[] = new Array(value.length).fill(undefined);
  const free = new Map<string, number[]>();
  let start = 0;
  while (
    start < children.length &&
    start < value.length &&
    isUnchanged(children[start] as Node, value[start] as Json, place)
  ) {
    matched[start] = start;
    start++;
  }
  let tail = 0;
  while (
    tail < Math.min(children.length, value.length) - start &&
    isUnchanged(children[children.length - 1 - tail] as Node, value[value.length - 1 - tail] as Json, place)
  ) {
    tail++;
    matched[value.length - tail] = children.length - tail;
  }
  const used = new Set<number>();
  for (let i = start; i < children.length - tail; i++) {
    const name = identityOfNode(children[i] as Node);
    const places = free.get(name);
    if (places) places.push(i);
    else free.set(name, [i]);
  }
  for (let i = start; i < value.length - tail; i++) {
    const at = free.get(identityOfValue(value[i] as Json))?.shift();
    if (at === undefined) continue;
    matched[i] = at;
    used.add(at);
  }
  for (let i = start; i < value.length - tail; i++) {
    const old = children[i];
    if (
      matched[i] === undefined &&
      i < children.length - tail &&
      !used.has(i) &&
      old &&
      sameShape(old, value[i] as Json)
    ) {
      matched[i] = i;
      used.add(i);
    }
  }
  return matched;
}

function sameShape(node: Node, value: Json): boolean {
  return node.type === 'object' ? isObject(value) : node.type === 'array' && Array.isArray(value);
}

const identityKeys = ['id', '$component_ref', 'title', 'name'];

function identityOfNode(node: Node): string {
  if (node.type === 'object') {
    for (const wanted of identityKeys) {
      const member = node.children?.find((m) => m.children?.[0]?.value === wanted);
      const value = member?.children?.[1];
      if (value?.type === 'string') return `${wanted}:${value.value}`;
    }
  }
  return node.type === 'object' || node.type === 'array' ? node.type : JSON.stringify(node.value);
}

function identityOfValue(value: Json): string {
  if (Array.isArray(value)) return 'array';
  if (!isObject(value)) return JSON.stringify(value);
  for (const wanted of identityKeys) {
    const id = own(value, wanted);
    if (typeof id === 'string') return `${wanted}:${id}`;
  }
  return 'object';
}

interface Part {
  /** its place among the old members; undefined = new */
  old?: number;
  write(inner: Place): string;
}

/** Puts members together with the white space of the old ones; a new one is set as its neighbours are. */
function assemble(node: Node, parts: Part[], open: string, close: string, place: Place): string {
  if (parts.length === 0) return open + close;
  const { body, style } = place;
  const olds = node.children ?? [];
  const leads = olds.map((child, i) => {
    const previous = i === 0 ? node.offset + 1 : endOf(olds[i - 1] as Node);
    return leadOf(body, previous, child.offset, i > 0);
  });
  const trails = olds.map((child, i) => {
    const next = olds[i + 1];
    if (next === undefined) return '';
    return body.slice(endOf(child), commaBetween(body, endOf(child), next.offset));
  });
  const last = olds[olds.length - 1];
  const broken = olds.length > 0 ? leads.some((lead) => lead.includes('\n')) : !place.inline;
  const ownLead = `${style.eol}${place.indent}${style.unit ?? ''}`;
  const firstLead = leads[0] ?? (broken ? ownLead : '');
  const nextLead = leads[1] ?? (broken ? (leads[0] ?? ownLead) : style.comma.slice(1));
  const closing =
    last === undefined ? (broken ? style.eol + place.indent : '') : body.slice(endOf(last), endOf(node) - 1);
  let text = open;
  for (const [i, part] of parts.entries()) {
    const lead =
      i === 0 ? firstLead : part.old === undefined || part.old === 0 ? nextLead : (leads[part.old] as string);
    const newline = lead.lastIndexOf('\n');
    const inner: Place = {
      ...place,
      indent: newline >= 0 ? lead.slice(newline + 1) : place.indent,
      inline: !broken,
    };
    const trail = part.old === undefined ? '' : (trails[part.old] ?? '');
    text += lead + part.write(inner);
    if (i < parts.length - 1) text += `${trail},`;
  }
  return text + closing + close;
}

/** A value that the source does not have, in the document's own layout. */
function fresh(value: Json, place: Place): string {
  const { style } = place;
  const oneLine = place.inline || style.unit === undefined;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const inner = deeper(place);
    const items = value.map((item) => fresh(item, inner));
    return oneLine ? `[${items.join(style.comma)}]` : block('[', items, ']', place);
  }
  if (isObject(value)) {
    const inner = deeper(place);
    const members = Object.entries(value).map(([key, item]) => spell(key, style) + style.colon + fresh(item, inner));
    if (members.length === 0) return '{}';
    return oneLine ? `{${members.join(style.comma)}}` : block('{', members, '}', place);
  }
  return typeof value === 'string' ? spell(value, style) : JSON.stringify(value);
}

function deeper(place: Place): Place {
  return { ...place, indent: place.indent + (place.style.unit ?? '') };
}

function block(open: string, lines: string[], close: string, place: Place): string {
  const { eol, unit } = place.style;
  const lead = eol + place.indent + (unit ?? '');
  return open + lead + lines.join(`,${lead}`) + eol + place.indent + close;
}

function spell(text: string, style: Style): string {
  const json = JSON.stringify(text);
  if (!style.ascii) return json;
  return json.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
