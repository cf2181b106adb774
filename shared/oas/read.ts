import JSON5 from 'json5';
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { parseDocument } from 'yaml';
import { isObject, type Json, type JsonObject } from './json.ts';
import { toPointer } from './pointer.ts';
import type { Problem } from './problems.ts';
import { referenceProblems } from './references.ts';

/** The largest document that is read, in UTF-16 units of its text. */
export const maxDocumentLength = 8 * 1024 * 1024;
/** Deeper nesting is refused: no flow needs it, and it exhausts the stack of whoever reads it. */
export const maxDocumentDepth = 256;

export type DocumentFormat = 'json' | 'yaml' | 'json5';
export type ReadResult =
  | { ok: true; tree: JsonObject; format: DocumentFormat; problems: Problem[] }
  | { ok: false; problems: Problem[] };

/**
 * Reads an OAS document: JSON, YAML or JSON5, told apart by the file's ending, else by what it looks like.
 * Never throws; what cannot be read is said in `problems`, with line and column. Dangling references and doubled ids
 * come as problems of a document that was read: a disaggregated file leaves references open on purpose, so whoever
 * stores or runs it decides.
 */
export function readDocument(text: string, fileName = ''): ReadResult {
  if (text.length > maxDocumentLength)
    return failed('OAS-TOO-LARGE', '', `The document is larger than ${maxDocumentLength / 1024 / 1024} MiB.`);
  const format = formatOf(text, fileName);
  const parsed = format === 'json' ? parseJson(text) : format === 'yaml' ? parseYaml(text) : parseJson5(text);
  if ('problems' in parsed) return { ok: false, problems: parsed.problems };
  const value = parsed.value;
  if (!isObject(value)) return failed('OAS-NOT-AN-OBJECT', '', 'An OAS document is an object; this is something else.');
  if (
    typeof value.component_type !== 'string' &&
    !isObject(value.$referenced_components) &&
    !('$component_ref' in value)
  )
    return failed(
      'OAS-NOT-A-COMPONENT',
      '',
      'This is not an Open Agent Spec document: it has neither “component_type” nor “$referenced_components”.',
    );
  const problems = referenceProblems(value);
  return problems.some((problem) => problem.code === 'OAS-CIRCULAR-REFERENCE')
    ? { ok: false, problems }
    : { ok: true, tree: value, format, problems };
}

function failed(code: string, pointer: string, message: string): ReadResult {
  return { ok: false, problems: [{ code, severity: 'error', pointer, message }] };
}

function formatOf(text: string, fileName: string): DocumentFormat {
  if (/\.ya?ml$/i.test(fileName)) return 'yaml';
  if (/\.json5$/i.test(fileName)) return 'json5';
  if (/\.json$/i.test(fileName)) return 'json';
  return /^\uFEFF?\s*[{[]/.test(text) ? 'json' : 'yaml';
}

type Parsed = { value: Json } | { problems: Problem[] };

/** Parses strict JSON with the place of the first fault; keys such as `__proto__` become own keys. */
export function parseJson(text: string): Parsed {
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  const body = bom ? text.slice(1) : text;
  if (depthOf(body) > maxDocumentDepth) return tooDeep();
  const errors: ParseError[] = [];
  const root = parseTree(body, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const first = errors[0];
  if (first || !root) {
    const where = placeOf(body, first?.offset ?? 0);
    const what = first ? wordsOf(printParseErrorCode(first.error)) : 'The file is empty.';
    return problem('OAS-NOT-JSON', '', `Line ${where.line}, column ${where.column}: ${what}`);
  }
  const duplicate = findDuplicateKey(root, []);
  if (duplicate)
    return problem('OAS-DUPLICATE-KEY', duplicate.pointer, `The key “${duplicate.key}” stands twice in one object.`);
  return { value: toValue(root) };
}

function parseYaml(text: string): Parsed {
  const document = parseDocument(text, { maxAliasCount: 100, prettyErrors: false } as never);
  const first = document.errors[0];
  if (first) {
    const where = placeOf(text, first.pos[0]);
    return problem('OAS-NOT-YAML', '', `Line ${where.line}, column ${where.column}: ${first.message}`);
  }
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) as Json };
  } catch (error) {
    return problem('OAS-NOT-YAML', '', error instanceof Error ? error.message : String(error));
  }
}

function parseJson5(text: string): Parsed {
  if (depthOf(text) > maxDocumentDepth) return tooDeep();
  try {
    return { value: JSON5.parse(text) as Json };
  } catch (error) {
    return problem('OAS-NOT-JSON', '', error instanceof Error ? error.message : String(error));
  }
}

function problem(code: string, pointer: string, message: string): { problems: Problem[] } {
  return { problems: [{ code, severity: 'error', pointer, message }] };
}

function tooDeep(): { problems: Problem[] } {
  return problem('OAS-TOO-DEEP', '', `The document nests deeper than ${maxDocumentDepth} levels.`);
}

/** Depth of brackets outside strings; counted before parsing, because a parser's own recursion is what it protects. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 92) i++;
      else if (c === 34) inString = false;
    } else if (c === 34) inString = true;
    else if (c === 123 || c === 91) deepest = Math.max(deepest, ++depth);
    else if (c === 125 || c === 93) depth--;
  }
  return deepest;
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function wordsOf(code: string): string {
  const words = code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return `This is not JSON (${words}).`;
}

function findDuplicateKey(node: Node, path: (string | number)[]): { key: string; pointer: string } | undefined {
  if (node.type === 'object') {
    const seen = new Set<string>();
    for (const property of node.children ?? []) {
      const key = String(property.children?.[0]?.value);
      if (seen.has(key)) return { key, pointer: toPointer([...path, key]) };
      seen.add(key);
      const value = property.children?.[1];
      const inside = value && findDuplicateKey(value, [...path, key]);
      if (inside) return inside;
    }
  } else if (node.type === 'array') {
    for (const [index, item] of (node.children ?? []).entries()) {
      const inside = findDuplicateKey(item, [...path, index]);
      if (inside) return inside;
    }
  }
  return undefined;
}

function toValue(node: Node): Json {
  if (node.type === 'array') return (node.children ?? []).map(toValue);
  if (node.type !== 'object') return node.value as Json;
  const object: JsonObject = {};
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key && value)
      Object.defineProperty(object, String(key.value), {
        value: toValue(value),
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return object;
}
