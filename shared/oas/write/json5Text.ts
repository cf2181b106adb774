import type { Node } from 'jsonc-parser';

/** A JSON5 text with the place of every value in it; the text is known to be JSON5. */
export interface Json5Text {
  body: string;
  root: Node;
}

/**
 * The places of the values of a text that the JSON5 parser accepts.
 * @returns undefined where a key stands twice: which of the two was meant cannot be told
 */
export function readJson5Text(text: string): Json5Text | undefined {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const reader = new Reader(body);
  const root = reader.value();
  return root === undefined ? undefined : { body, root };
}

/** Where a comma stands between two places of a JSON5 text, outside of comments; -1 where none does. */
export function commaBetween(body: string, from: number, to: number): number {
  for (let at = from; at < to; ) {
    const next = skipComment(body, at);
    if (next > at) at = next;
    else if (body[at] === ',') return at;
    else at++;
  }
  return -1;
}

function skipComment(body: string, at: number): number {
  if (body.startsWith('//', at)) {
    const end = body.slice(at).search(/[\n\r\u2028\u2029]/);
    return end < 0 ? body.length : at + end;
  }
  if (!body.startsWith('/*', at)) return at;
  const end = body.indexOf('*/', at + 2);
  return end < 0 ? body.length : end + 2;
}

const endOfWord = /[\s,:{}[\]/'"]/;

class Reader {
  readonly #body: string;
  #at = 0;

  constructor(body: string) {
    this.#body = body;
  }

  value(): Node | undefined {
    this.#skip();
    const offset = this.#at;
    switch (this.#body[offset]) {
      case '{':
        return this.#object(offset);
      case '[':
        return this.#list(offset);
      default: {
        const { value, type } = this.#scalar();
        return { type, offset, length: this.#at - offset, value };
      }
    }
  }

  #skip(): void {
    for (;;) {
      const before = this.#at;
      while (this.#at < this.#body.length && /\s|\uFEFF/.test(this.#body[this.#at] as string)) this.#at++;
      this.#at = skipComment(this.#body, this.#at);
      if (this.#at === before) return;
    }
  }

  #object(offset: number): Node | undefined {
    const children: Node[] = [];
    const seen = new Set<string>();
    this.#at++;
    for (this.#skip(); this.#body[this.#at] !== '}'; this.#skip()) {
      const start = this.#at;
      const key = this.#key();
      if (seen.has(String(key.value))) return undefined;
      seen.add(String(key.value));
      this.#skip();
      this.#at++; // the colon
      const value = this.value();
      if (value === undefined) return undefined;
      children.push({ type: 'property', offset: start, length: this.#at - start, children: [key, value] });
      this.#comma();
    }
    this.#at++;
    return { type: 'object', offset, length: this.#at - offset, children };
  }

  #list(offset: number): Node | undefined {
    const children: Node[] = [];
    this.#at++;
    for (this.#skip(); this.#body[this.#at] !== ']'; this.#skip()) {
      const value = this.value();
      if (value === undefined) return undefined;
      children.push(value);
      this.#comma();
    }
    this.#at++;
    return { type: 'array', offset, length: this.#at - offset, children };
  }

  #comma(): void {
    this.#skip();
    if (this.#body[this.#at] === ',') this.#at++;
  }

  #key(): Node {
    const offset = this.#at;
    const quoted = /['"]/.test(this.#body[offset] as string);
    const text = quoted ? this.#quoted() : this.#word();
    const value = quoted ? text : unescaped(text);
    return { type: 'string', offset, length: this.#at - offset, value };
  }

  #scalar(): { value: unknown; type: Node['type'] } {
    if (/['"]/.test(this.#body[this.#at] as string)) return { value: this.#quoted(), type: 'string' };
    const word = this.#word();
    if (word === 'null') return { value: null, type: 'null' };
    if (word === 'true' || word === 'false') return { value: word === 'true', type: 'boolean' };
    const sign = word.startsWith('-') ? -1 : 1;
    return { value: sign * Number(word.replace(/^[+-]/, '')), type: 'number' };
  }

  #word(): string {
    const start = this.#at;
    while (this.#at < this.#body.length && !endOfWord.test(this.#body[this.#at] as string)) this.#at++;
    return this.#body.slice(start, this.#at);
  }

  #quoted(): string {
    const quote = this.#body[this.#at] as string;
    const start = ++this.#at;
    while (this.#body[this.#at] !== quote) this.#at += this.#body[this.#at] === '\\' ? 2 : 1;
    return unescaped(this.#body.slice(start, this.#at++));
  }
}

const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '0': '\0' };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\s\S]))/g, (_all, unicode, hex, other) => {
    if (unicode ?? hex) return String.fromCharCode(Number.parseInt(unicode ?? hex, 16));
    if (/^[\n\r\u2028\u2029]/.test(other)) return '';
    return escapes[other] ?? other;
  });
}
