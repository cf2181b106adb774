import JSON5 from 'json5';
import { LineCounter, parseDocument } from 'yaml';
import type { Json } from './json.ts';
import { maxDepth, readJsonText } from './jsonText.ts';
import type { Problem } from './problems.ts';
import { errorAt } from './problems.ts';

export type DocumentFormat = 'json' | 'yaml' | 'json5';

export type ParseResult =
  | { ok: true; value: Json; format: DocumentFormat }
  | { ok: false; problems: Problem[]; format: DocumentFormat };

/** The format that a file name tells; undefined when it tells none. */
export function formatOf(fileName: string | undefined): DocumentFormat | undefined {
  const ending = fileName?.toLowerCase().match(/\.([a-z0-9]+)$/)?.[1];
  if (ending === 'json' || ending === 'json5') return ending;
  return ending === 'yaml' || ending === 'yml' ? 'yaml' : undefined;
}

/**
 * Reads a text in the named format, or in the one it looks like: a text that begins with a brace is JSON (or JSON5),
 * anything else YAML. Never throws.
 */
export function parseAs(text: string, format: DocumentFormat | undefined): ParseResult {
  if (format === 'yaml') return parseYaml(text);
  if (format === 'json5') return parseJson5(text);
  const json = readJsonText(text);
  if (json.ok) return { ok: true, value: json.json.value, format: 'json' };
  const failed: ParseResult = { ok: false, problems: json.problems, format: 'json' };
  // JSON that was understood but is not sound must not pass as one of the laxer formats.
  const isJson = json.problems.every((problem) => problem.code !== 'OAS-JSON');
  if (format === 'json' || isJson) return failed;
  if (!/^\uFEFF?\s*[{[]/.test(text) && !/^\uFEFF?\s*\/[/*]/.test(text)) return parseYaml(text);
  const json5 = parseJson5(text);
  if (json5.ok) return json5;
  const yaml = parseYaml(text);
  return yaml.ok ? yaml : failed;
}

function parseJson5(text: string): ParseResult {
  try {
    // A key that stands twice is lost by this parser before anyone can see it; JSON and YAML report it.
    return checked(JSON5.parse(text.replace(/^\uFEFF/, '')), 'json5');
  } catch (error) {
    const { lineNumber, columnNumber } = error as { lineNumber?: number; columnNumber?: number };
    const place =
      lineNumber === undefined ? '' : ` Line ${lineNumber}, column ${columnNumber}: it cannot be read here.`;
    return failure('OAS-JSON5', `This is not JSON5.${place}`, 'json5');
  }
}

function parseYaml(text: string): ParseResult {
  try {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { uniqueKeys: true, lineCounter, prettyErrors: false });
    const first = document.errors[0];
    if (first !== undefined) {
      const place = lineCounter.linePos(first.pos[0]);
      const code = first.code === 'DUPLICATE_KEY' ? 'OAS-DUPLICATE-KEY' : 'OAS-YAML';
      const reason = first.message.replace(/\.?$/, '.');
      return failure(code, `This is not YAML. Line ${place.line}, column ${place.col}: ${reason}`, 'yaml');
    }
    return checked(document.toJS({ maxAliasCount: 100 }), 'yaml');
  } catch (error) {
    // the parser recurses: a text nested too deeply ends its stack; too many aliases throw
    const reason = error instanceof RangeError ? 'it is nested too deeply' : (error as Error).message;
    return failure('OAS-YAML', `This is not YAML: ${reason}.`, 'yaml');
  }
}

function failure(code: string, message: string, format: DocumentFormat): ParseResult {
  return { ok: false, problems: [errorAt(code, '', message)], format };
}

/** YAML and JSON5 can say more than JSON: dates, NaN, keys that are no texts. Only what JSON can say comes through. */
function checked(value: unknown, format: DocumentFormat): ParseResult {
  let reason: string | undefined;
  const walk = (part: unknown, depth: number): Json => {
    if (depth > maxDepth) {
      reason ??= `lists and objects are nested deeper than ${maxDepth} levels`;
      return null;
    }
    if (part === null || typeof part === 'string' || typeof part === 'boolean') return part;
    if (typeof part === 'number') {
      if (!Number.isFinite(part)) reason ??= `the number ${part} has no place in JSON`;
      return part;
    }
    if (Array.isArray(part)) return part.map((item) => walk(item, depth + 1));
    if (typeof part === 'object' && !(part instanceof Date) && !(part instanceof Map) && !(part instanceof Set)) {
      return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, walk(item, depth + 1)]));
    }
    if (part === undefined) return null;
    reason ??= 'it holds a value that JSON does not have';
    return null;
  };
  const json = walk(value, 0);
  return reason === undefined
    ? { ok: true, value: json, format }
    : failure('OAS-VALUE', `This document cannot be used: ${reason}.`, format);
}
