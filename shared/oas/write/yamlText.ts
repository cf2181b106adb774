import type { CST, Document, Node, Pair, ParsedNode, YAMLMap, YAMLSeq } from 'yaml';
import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument, Scalar, stringify } from 'yaml';
import type { Json, JsonObject } from '../json.ts';
import { isObject, own, sameInOrder } from '../json.ts';
import { matchInOrder } from './matching.ts';

/** A text that takes the place of a range of the source. */
interface Splice {
  start: number;
  end: number;
  text: string;
}

/** The source cannot be changed piece by piece here; the document is to be written as a whole. */
class NotPiecewise extends Error {}

/**
 * The text of an edited document that came as YAML: only the lines that differ from the source are written anew.
 * Comments, anchors, aliases, quotes, the order of keys and line ends stay.
 * @returns undefined where that cannot be done in pieces; the caller checks that the text reads back to the tree
 */
export function patchedYaml(tree: JsonObject, source: string): string | undefined {
  const document = parseDocument(source, { keepSourceTokens: true, stringKeys: true });
  const root = document.contents;
  if (document.errors.length > 0 || !isMap(root)) return undefined;
  const patch = new Patch(source, document);
  try {
    patch.value(root as ParsedNode, tree);
    return patch.text();
  } catch (error) {
    if (error instanceof NotPiecewise || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The document as YAML, without regard to how it was written; comments before and after it stay. */
export function freshYaml(tree: JsonObject, source: string): string {
  const head = source.match(/^(?:\uFEFF)?(?:[ \t]*#[^\n]*\n|[ \t]*\r?\n)*/)?.[0] ?? '';
  return head + stringify(tree, layout(2, true));
}

function layout(indent: number, indentSeq: boolean) {
  return {
    indent,
    indentSeq,
    lineWidth: 0,
    minContentWidth: 0,
    doubleQuotedMinMultiLineLength: 1_000_000,
    aliasDuplicateObjects: false,
  } as const;
}

class Patch {
  readonly #source: string;
  readonly #document: Document.Parsed;
  readonly #splices: Splice[] = [];
  /** what the anchors stand for now */
  readonly #anchors = new Map<string, Json>();
  readonly #eol: string;
  readonly #layout: ReturnType<typeof layout>;

  constructor(source: string, document: Document.Parsed) {
    this.#source = source;
    this.#document = document;
    this.#eol = source.includes('\r\n') ? '\r\n' : '\n';
    const { indent, indentSeq } = styleOf(source, document.contents);
    this.#layout = layout(indent, indentSeq);
  }

  /** The source with all changes made. */
  text(): string {
    const ordered = this.#splices.map((splice, i) => ({ splice: this.#clear(splice), i }));
    ordered.sort((a, b) => a.splice.start - b.splice.start || a.splice.end - b.splice.end || a.i - b.i);
    let text = '';
    let at = 0;
    for (const { splice } of ordered) {
      if (splice.start < at) throw new NotPiecewise();
      text += this.#source.slice(at, splice.start) + splice.text;
      at = splice.end;
    }
    return text + this.#source.slice(at);
  }

  /** What is put in at the end of a line that goes moves to the end of the line before. */
  #clear(splice: Splice): Splice {
    let at = splice.start;
    for (let turns = 0; splice.start === splice.end && turns < this.#splices.length; turns++) {
      const gone = this.#splices.find(({ start, end, text }) => text === '' && start < at && at < end);
      if (gone === undefined) break;
      const isBreak = /[\r\n]/.test(this.#source[gone.start] ?? '');
      at = isBreak ? gone.start : gone.start - (this.#source[gone.start - 2] === '\r' ? 2 : 1);
    }
    return { ...splice, start: at, end: splice.start === splice.end ? at : splice.end };
  }

  /** Changes what stands at a node into a value of the same kind, piece by piece. */
  value(node: ParsedNode, value: Json): void {
    if (this.#same(node, value)) return;
    if (isMap(node) && isObject(value)) this.#map(node as YAMLMap.Parsed, value);
    else if (isSeq(node) && Array.isArray(value)) this.#list(node as YAMLSeq.Parsed, value);
    else throw new NotPiecewise();
    this.#note(node, value);
  }

  /** Does the source say exactly this already? */
  #same(node: Node | null, value: Json): boolean {
    if (node === null) return value === null;
    if (isAlias(node)) return sameInOrder(this.#behind(node.source), value);
    if (isScalar(node)) return (node.value ?? null) === value;
    if (isSeq(node)) {
      return (
        Array.isArray(value) &&
        value.length === node.items.length &&
        node.items.every((item, i) => this.#same(item as Node | null, value[i] as Json))
      );
    }
    if (!isMap(node) || !isObject(value)) return false;
    const keys = Object.keys(Object.fromEntries(node.items.map((pair) => [keyOf(pair), 0])));
    const given = Object.keys(value);
    if (keys.length !== given.length || keys.some((key, i) => key !== given[i])) return false;
    return node.items.every((pair) => this.#same(pair.value as Node | null, own(value, keyOf(pair)) as Json));
  }

  #behind(anchor: string): Json {
    const known = this.#anchors.get(anchor);
    if (known !== undefined) return known;
    let found: Json | undefined;
    const look = (node: unknown): void => {
      if (isPair(node)) {
        look(node.key);
        look(node.value);
      } else if (isScalar(node) || isMap(node) || isSeq(node)) {
        if (node.anchor === anchor) found = node.toJS(this.#document, { maxAliasCount: 100 }) as Json;
        if (!isScalar(node)) for (const item of node.items) look(item);
      }
    };
    look(this.#document.contents);
    if (found === undefined) throw new NotPiecewise();
    this.#anchors.set(anchor, found);
    return found;
  }

  /** Remembers what an anchor stands for from here on. */
  #note(node: Node | null, value: Json): void {
    if (node !== null && !isAlias(node) && 'anchor' in node && node.anchor) this.#anchors.set(node.anchor, value);
  }

  #map(node: YAMLMap.Parsed, value: JsonObject): void {
    const token = node.srcToken;
    if (token === undefined || node.items.length === 0) throw new NotPiecewise();
    const keys = node.items.map(keyOf);
    const kept = Object.keys(value).filter((key) => keys.includes(key));
    const order = Object.keys(Object.fromEntries(keys.map((key) => [key, 0]))).filter((key) =>
      Object.hasOwn(value, key),
    );
    if (kept.length === 0 || kept.some((key, i) => key !== order[i])) throw new NotPiecewise();
    const isFlow = token.type === 'flow-collection';
    if (isFlow && (kept.length < keys.length || kept.length < Object.keys(value).length)) throw new NotPiecewise();
    const column = this.#columnOf(startOf(node.items[0]?.key));
    for (const [i, pair] of node.items.entries()) {
      const key = keyOf(pair);
      const item = own(value, key);
      if (item === undefined)
        this.#removeEntry(startOf(pair.key), this.#endOf(pair), startOf(node.items[i + 1]?.key, -1));
      else this.#entry(pair, item, column, isFlow);
    }
    if (isFlow) return;
    // New keys stand after the one that they follow.
    let previous: Pair | undefined;
    for (const [key, item] of Object.entries(value)) {
      const pair = node.items.find((one) => keyOf(one) === key);
      if (pair !== undefined) {
        previous = pair;
        continue;
      }
      const lines = this.#block({ [key]: item }, column);
      if (previous !== undefined) this.#insertAfter(this.#endOf(previous), lines, column);
      else {
        const first = startOf(node.items.find((one) => Object.hasOwn(value, keyOf(one)))?.key);
        this.#splice(first, first, lines + this.#eol + ' '.repeat(column));
      }
    }
  }

  #list(node: YAMLSeq.Parsed, value: Json[]): void {
    const token = node.srcToken;
    if (token === undefined || node.items.length === 0 || value.length === 0) throw new NotPiecewise();
    const old = node.items.map((item) => (isScalar(item) ? item.value : (item as Node).toJS(this.#document)) as Json);
    if (token.type === 'flow-collection') {
      if (value.length !== node.items.length) throw new NotPiecewise();
      for (const [i, item] of node.items.entries()) this.#inFlow(item as ParsedNode, value[i] as Json);
      return;
    }
    if (token.type !== 'block-seq') throw new NotPiecewise();
    const matched = matchInOrder(old, value);
    const kept = new Set(matched.filter((at) => at !== undefined));
    if (kept.size === 0) throw new NotPiecewise();
    const dashes = token.items.filter((item) => dashOf(item) !== undefined).map((item) => dashOf(item) as number);
    if (dashes.length !== node.items.length) throw new NotPiecewise();
    const column = this.#columnOf(dashes[0] as number);
    const endOfItem = (i: number) => this.#valueEnd(node.items[i] as ParsedNode, (dashes[i] as number) + 1);
    for (const i of node.items.keys()) {
      if (!kept.has(i)) this.#removeEntry(dashes[i] as number, endOfItem(i), dashes[i + 1] ?? -1);
    }
    let previous: number | undefined;
    for (const [i, item] of value.entries()) {
      const at = matched[i];
      if (at !== undefined) {
        this.#item(node.items[at] as ParsedNode, item, dashes[at] as number, column);
        previous = at;
        continue;
      }
      const lines = this.#block([item], column);
      if (previous !== undefined) this.#insertAfter(endOfItem(previous), lines, column);
      else {
        const first = dashes[Math.min(...kept)] as number;
        this.#splice(first, first, lines + this.#eol + ' '.repeat(column));
      }
    }
  }

  /** A pair whose key stays. */
  #entry(pair: Pair<ParsedNode, ParsedNode | null>, value: Json, column: number, isFlow: boolean): void {
    const node = pair.value;
    if (this.#same(node, value)) return;
    if (isFlow) {
      if (node === null) throw new NotPiecewise();
      this.#inFlow(node, value);
      return;
    }
    if (node !== null && !isAlias(node) && this.#tryInside(node, value)) return;
    const sep = pair.srcToken?.sep ?? [];
    const colon = sep.find((token) => token.type === 'map-value-ind');
    if (colon === undefined) throw new NotPiecewise();
    const start = colon.offset + 1;
    this.#replace(node, value, start, propsIn(sep), this.#spelled(node, value, 'k', column).slice(2));
  }

  #item(node: ParsedNode, value: Json, dash: number, column: number): void {
    if (this.#same(node, value)) return;
    if (!isAlias(node) && this.#tryInside(node, value)) return;
    if ('anchor' in node && node.anchor) throw new NotPiecewise();
    this.#replace(node, value, dash + 1, '', this.#spelled(node, value, undefined, column).slice(1));
  }

  /** Changes a list or an object from within; false when it has to be written anew. */
  #tryInside(node: ParsedNode, value: Json): boolean {
    const before = this.#splices.length;
    try {
      this.value(node, value);
      return true;
    } catch (error) {
      if (!(error instanceof NotPiecewise)) throw error;
      this.#splices.length = before;
      return false;
    }
  }

  #inFlow(node: ParsedNode, value: Json): void {
    if (this.#same(node, value)) return;
    if (!isAlias(node) && this.#tryInside(node, value)) return;
    const [start, end] = node.range;
    const text =
      isScalar(node) && node.type === 'PLAIN' && typeof value === 'string' && /^[A-Za-z_][\w-]*$/.test(value)
        ? plainWord(value)
        : JSON.stringify(value);
    this.#splice(start, end, text);
    this.#note(node, value);
  }

  /** Puts the text of a value where the old one stood, from its indicator on. */
  #replace(node: ParsedNode | null, value: Json, start: number, props: string, text: string): void {
    const isNothing = node === null || node.range[0] === node.range[1];
    // What stands between the indicator and the value is white space, comments and the value's anchor.
    const between = node === null ? '' : this.#source.slice(start, node.range[0]);
    if (isNothing) {
      this.#splice(start, start, (props === '' ? '' : ` ${props}`) + text);
      return;
    }
    const isComment = /#/.test(between.replace(props, ''));
    if (isComment) throw new NotPiecewise();
    this.#splice(start, this.#valueEnd(node, start), (props === '' ? '' : ` ${props}`) + text);
    this.#note(node, value);
  }

  /** `k: value` or `- value` in the document's layout, in the quotes of the old value where there was one. */
  #spelled(node: ParsedNode | null, value: Json, key: string | undefined, column: number): string {
    let spelt: unknown = value;
    if (typeof value === 'string' && isScalar(node) && node.type !== undefined && typeof node.value === 'string') {
      const scalar = new Scalar(value);
      scalar.type = node.type;
      spelt = scalar;
    }
    return this.#block(key === undefined ? [spelt] : { [key]: spelt }, column);
  }

  #block(value: unknown, column: number): string {
    const text = stringify(value, this.#layout).replace(/\n$/, '');
    const lines = text.split('\n');
    return lines.map((line, i) => (i === 0 || line === '' ? line : ' '.repeat(column) + line)).join(this.#eol);
  }

  #removeEntry(start: number, end: number, next: number): void {
    const line = this.#source.lastIndexOf('\n', start - 1) + 1;
    if (this.#source.slice(line, start).trim() === '') {
      const stop = this.#lineEnd(end);
      const after = this.#source.startsWith('\r\n', stop) ? stop + 2 : this.#source[stop] === '\n' ? stop + 1 : stop;
      // The last line of a text without a newline at its end goes with the newline before it.
      if (after === stop && line > 0) this.#splice(line - (this.#source[line - 2] === '\r' ? 2 : 1), stop, '');
      else this.#splice(line, after, '');
    } else if (next >= 0) this.#splice(start, next, '');
    else throw new NotPiecewise();
  }

  #insertAfter(end: number, lines: string, column: number): void {
    const at = this.#lineEnd(end);
    this.#splice(at, at, this.#eol + ' '.repeat(column) + lines);
  }

  #endOf(pair: Pair<unknown, unknown>): number {
    const value = pair.value as ParsedNode | null;
    const key = pair.key as ParsedNode;
    const colon = pair.srcToken?.sep?.find((token) => token.type === 'map-value-ind');
    return value === null ? (colon?.offset ?? key.range[1]) + 1 : this.#valueEnd(value, (colon?.offset ?? 0) + 1);
  }

  /** End of a value without the white space and the comments after it. */
  #valueEnd(node: ParsedNode | null, least: number): number {
    if (node === null) return least;
    let end = Math.max(node.range[1], least);
    if ((isMap(node) || isSeq(node)) && !isFlowNode(node)) {
      const last = node.items.at(-1);
      end = isPair(last) ? this.#endOf(last) : this.#valueEnd((last ?? null) as ParsedNode | null, least);
    }
    while (end > least && /[\r\n]/.test(this.#source[end - 1] ?? '')) end--;
    return end;
  }

  /** Where the line ends that a place stands on, before its line break. */
  #lineEnd(at: number): number {
    const newline = this.#source.indexOf('\n', at);
    if (newline < 0) return this.#source.length;
    return this.#source[newline - 1] === '\r' ? Math.max(at, newline - 1) : newline;
  }

  #columnOf(at: number): number {
    return (
      at -
      (this.#source.lastIndexOf('\n', at - 1) + 1) -
      (this.#source.startsWith('\uFEFF') && !this.#source.slice(0, at).includes('\n') ? 1 : 0)
    );
  }

  #splice(start: number, end: number, text: string): void {
    this.#splices.push({ start, end, text });
  }
}

function keyOf(pair: Pair<unknown, unknown>): string {
  const { key } = pair;
  if (!isScalar(key)) throw new NotPiecewise();
  return key.value === null ? '' : String(key.value);
}

function startOf(node: unknown, missing?: number): number {
  const range = (node as ParsedNode | undefined)?.range;
  if (range) return range[0];
  if (missing === undefined) throw new NotPiecewise();
  return missing;
}

function isFlowNode(node: YAMLMap | YAMLSeq): boolean {
  return node.flow === true;
}

/** Offset of the dash of an item; undefined for what is only white space or comments. */
function dashOf(item: { start: CST.SourceToken[] }): number | undefined {
  return item.start.find((token) => token.type === 'seq-item-ind')?.offset;
}

/** Anchor and tag that stand before a value. */
function propsIn(sep: CST.SourceToken[]): string {
  return sep.flatMap((token) => (token.type === 'anchor' || token.type === 'tag' ? [token.source] : [])).join(' ');
}

/** A word as it may stand without quotes: not one that YAML takes for something else. */
function plainWord(word: string): string {
  return /^(true|false|null|yes|no|on|off|nan|inf)$/i.test(word) ? JSON.stringify(word) : word;
}

/** How deep the document indents, and whether lists in objects are indented. */
function styleOf(source: string, root: unknown): { indent: number; indentSeq: boolean } {
  let indent: number | undefined;
  let indentSeq: boolean | undefined;
  const column = (at: number) => at - (source.lastIndexOf('\n', at - 1) + 1);
  const look = (node: unknown, depth: number): void => {
    if (depth > 40 || (indent !== undefined && indentSeq !== undefined)) return;
    if (isMap(node) && !isFlowNode(node)) {
      for (const { key, value } of node.items) {
        const at = (key as ParsedNode | null)?.range?.[0];
        const inside = (value as ParsedNode | null)?.range?.[0];
        if (at !== undefined && inside !== undefined && source.slice(at, inside).includes('\n')) {
          const step = column(inside) - column(at);
          if (isSeq(value) && !isFlowNode(value)) indentSeq ??= step > 0;
          if (step > 0 && step <= 10 && isMap(value)) indent ??= step;
        }
        look(value, depth + 1);
      }
    } else if (isSeq(node)) for (const item of node.items) look(item, depth + 1);
  };
  look(root, 0);
  return { indent: indent ?? 2, indentSeq: indentSeq ?? true };
}
