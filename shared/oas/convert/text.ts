import { Document, type DocumentOptions, parseDocument, type SchemaOptions, type Tags } from 'yaml';
import type { JsonObject } from '../json.ts';
import { readJsonText } from '../jsonText.ts';
import type { DocumentFormat } from '../parse.ts';
import { parseAs } from '../parse.ts';
import { jsonOf, type Spelled, spelledJson, spelledYaml, yamlNodes } from './spelled.ts';

/** The formats that documents are written in anew. */
export type TextFormat = 'json' | 'yaml';

/** How YAML is read and written here: a number stays spelled as it was. */
export const yamlReading: SchemaOptions & DocumentOptions = { customTags: withSources };

/**
 * How YAML is written: two spaces, no line is folded, and every text that a reader of the older YAML 1.1 would take for
 * something else (`yes`, `2026-01-31`, `1_000`) stands in quotes.
 */
export const yamlWriting = { indent: 2, lineWidth: 0, indentSeq: false } as const;

function withSources(tags: Tags): Tags {
  return tags.map((tag) => {
    if (typeof tag === 'string' || tag.collection !== undefined || !/:(int|float)$/.test(tag.tag)) return tag;
    const stringify = tag.stringify;
    return {
      ...tag,
      stringify: (item, context, onComment, onChompKeep) =>
        item.source ?? stringify?.(item, context, onComment, onChompKeep) ?? String(item.value),
    };
  });
}

/** A tree written anew. */
export function documentText(tree: JsonObject, format: TextFormat): string {
  return textOf(spelledTree(tree), format);
}

function spelledTree(value: JsonObject): Spelled {
  const read = readJsonText(JSON.stringify(value));
  if (!read.ok) throw new Error(read.problems[0]?.message);
  return spelledJson(read.json.root, read.json.body);
}

function textOf(spelled: Spelled, format: TextFormat): string {
  if (format === 'json') return jsonOf(spelled);
  const document = new Document(null, { ...yamlReading, compat: 'yaml-1.1', aliasDuplicateObjects: false });
  document.contents = yamlNodes(spelled) as never;
  return document.toString(yamlWriting);
}

/**
 * A document's text in another format: keys in their order, numbers spelled as they were. Comments stay behind (see
 * `countComments`). A text that has the format already is given back as it is.
 * @throws {SyntaxError} when the text cannot be read
 */
export function convertedText(text: string, from: DocumentFormat, to: TextFormat): string {
  return from === to ? text : textOf(spelledText(text, from), to);
}

function spelledText(text: string, format: DocumentFormat): Spelled {
  if (format === 'yaml') {
    const document = parseDocument(text, { ...yamlReading, prettyErrors: false });
    const [error] = document.errors;
    if (error !== undefined) throw new SyntaxError(error.message);
    return spelledYaml(document);
  }
  if (format === 'json') {
    const read = readJsonText(text);
    if (!read.ok) throw new SyntaxError(read.problems[0]?.message);
    return spelledJson(read.json.root, read.json.body);
  }
  const parsed = parseAs(text, format);
  if (!parsed.ok) throw new SyntaxError(parsed.problems[0]?.message);
  return spelledTree(parsed.value as JsonObject);
}
