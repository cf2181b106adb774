import type { Node } from 'jsonc-parser';
import { type Document, isAlias, isMap, isScalar, isSeq, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';

/** A value with the spelling of its numbers and, where it came from JSON, of its texts. */
export type Spelled =
  | { kind: 'object'; members: SpelledMember[] }
  | { kind: 'list'; items: Spelled[] }
  | { kind: 'value'; value: string | number | boolean | null; json?: string };

export interface SpelledMember {
  key: string;
  /** the key as JSON spells it */
  json?: string;
  value: Spelled;
}

/** The value at a node of a JSON text. */
export function spelledJson(node: Node, body: string): Spelled {
  const source = (one: Node): string => body.slice(one.offset, one.offset + one.length);
  if (node.type === 'array')
    return { kind: 'list', items: (node.children ?? []).map((item) => spelledJson(item, body)) };
  if (node.type !== 'object') return { kind: 'value', value: node.value, json: source(node) };
  const members = (node.children ?? []).flatMap(({ children }): SpelledMember[] => {
    const [key, value] = children ?? [];
    if (key === undefined || value === undefined) return [];
    return [{ key: String(key.value), json: source(key), value: spelledJson(value, body) }];
  });
  return { kind: 'object', members };
}

const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** The value of a YAML document: aliases are what they stand for, numbers are spelled as they were where JSON can. */
export function spelledYaml(document: Document, node: unknown = document.contents): Spelled {
  if (isAlias(node)) return spelledYaml(document, node.resolve(document));
  if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => spelledYaml(document, item)) };
  if (isMap(node)) {
    const members = node.items.map((pair) => {
      return { key: keyText(pair), value: spelledYaml(document, pair.value) };
    });
    return { kind: 'object', members };
  }
  const value = isScalar(node) ? node.value : null;
  if (typeof value === 'number' && isScalar(node)) {
    const same = node.source !== undefined && jsonNumber.test(node.source) && Number(node.source) === value;
    return { kind: 'value', value, ...(same ? { json: node.source } : {}) };
  }
  const plain = typeof value === 'string' || typeof value === 'boolean' ? value : null;
  return { kind: 'value', value: plain };
}

/** The key of a pair as a text. */
export function keyText({ key }: { key: unknown }): string {
  return String(isScalar(key) ? key.value : key);
}

/** JSON with two spaces, and a newline at the end. */
export function jsonOf(spelled: Spelled): string {
  return `${jsonAt(spelled, '')}\n`;
}

function jsonAt(spelled: Spelled, indent: string): string {
  const inner = `${indent}  `;
  switch (spelled.kind) {
    case 'value':
      return spelled.json ?? JSON.stringify(spelled.value);
    case 'list': {
      const items = spelled.items.map((item) => `\n${inner}${jsonAt(item, inner)}`);
      return items.length === 0 ? '[]' : `[${items.join(',')}\n${indent}]`;
    }
    case 'object': {
      const members = spelled.members.map(
        ({ key, json, value }) => `\n${inner}${json ?? JSON.stringify(key)}: ${jsonAt(value, inner)}`,
      );
      return members.length === 0 ? '{}' : `{${members.join(',')}\n${indent}}`;
    }
  }
}

/** Nodes of a YAML document for a value. */
export function yamlNodes(spelled: Spelled): Scalar | YAMLSeq | YAMLMap {
  if (spelled.kind === 'value') {
    const scalar = new Scalar(spelled.value);
    if (typeof spelled.value === 'number' && spelled.json !== undefined) scalar.source = spelled.json;
    return scalar;
  }
  if (spelled.kind === 'list') {
    const list = new YAMLSeq();
    list.items = spelled.items.map(yamlNodes);
    return list;
  }
  const map = new YAMLMap();
  for (const { key, value } of spelled.members) map.items.push(new Pair(new Scalar(key), yamlNodes(value)));
  return map;
}
