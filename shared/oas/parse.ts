import JSON5 from 'json5';
import { LineCounter, parseDocument } from 'yaml';
import type { TextOf } from '../words/englishTexts.ts';
import { type Said, type SaidValues, said } from '../words/said.ts';
import type { Json } from './json.ts';
import { maxDepth, readJsonValue } from './jsonText.ts';
import type { ErrorCode } from './problemCodes.ts';
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

/** What a text that is no JSON begins like: a brace, a bracket or a comment of JSON5, or anything else: YAML. */
export function formatByLook(text: string): 'json5' | 'yaml' {
  return /^\uFEFF?\s*(?:[{[]|\/[/*])/.test(text) ? 'json5' : 'yaml';
}

/**
 * Reads a text in the named format, or in the one it looks like: a text that begins with a brace is JSON (or JSON5),
 * anything else YAML. Never throws.
 */
export function parseAs(text: string, format: DocumentFormat | undefined): ParseResult {
  if (format === 'yaml') return parseYaml(text);
  if (format === 'json5') return parseJson5(text);
  const json = readJsonValue(text);
  if (json.ok) return { ok: true, value: json.value, format: 'json' };
  const failed: ParseResult = { ok: false, problems: json.problems, format: 'json' };
  // JSON that was understood but is not sound must not pass as one of the laxer formats.
  const isJson = json.problems.every((problem) => problem.code !== 'OAS-JSON');
  if (format === 'json' || isJson) return failed;
  if (formatByLook(text) === 'yaml') return parseYaml(text);
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
    if (lineNumber === undefined) return failure('OAS-JSON5', {}, 'json5');
    return failure('OAS-JSON5.place', { line: lineNumber, column: columnNumber ?? 1 }, 'json5');
  }
}

function parseYaml(text: string): ParseResult {
  try {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { uniqueKeys: true, stringKeys: true, lineCounter, prettyErrors: false });
    const first = document.errors[0];
    if (first !== undefined) {
      const place = lineCounter.linePos(first.pos[0]);
      const text = first.code === 'DUPLICATE_KEY' ? 'OAS-DUPLICATE-KEY.yaml' : 'OAS-YAML.place';
      const reason = first.message.replace(/\.?$/, '.');
      return failure(text, { line: place.line, column: place.col, reason }, 'yaml');
    }
    return checked(document.toJS({ maxAliasCount: 100 }), 'yaml');
  } catch (error) {
    // the parser recurses: a text nested too deeply ends its stack; too many aliases throw
    const reason = error instanceof RangeError ? said('json.deep') : (error as Error).message;
    return failure('OAS-YAML', { reason }, 'yaml');
  }
}

function failure(text: TextOf<ErrorCode>, values: SaidValues, format: DocumentFormat): ParseResult {
  return { ok: false, problems: [errorAt(text, '', values)], format };
}

/** YAML and JSON5 can say more than JSON: dates, NaN, keys that are no texts. Only what JSON can say comes through. */
function checked(value: unknown, format: DocumentFormat): ParseResult {
  let reason: Said | undefined;
  const walk = (part: unknown, depth: number): Json => {
    if (depth > maxDepth) {
      reason ??= said('value.deep', { levels: maxDepth });
      return null;
    }
    if (part === null || typeof part === 'string' || typeof part === 'boolean') return part;
    if (typeof part === 'number') {
      if (!Number.isFinite(part)) reason ??= said('value.number', { number: String(part) });
      return part;
    }
    if (Array.isArray(part)) return part.map((item) => walk(item, depth + 1));
    // Dates, sets and bytes are objects, too.
    if (typeof part === 'object' && Object.getPrototypeOf(part) === Object.prototype) {
      return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, walk(item, depth + 1)]));
    }
    if (part === undefined) return null;
    reason ??= said('value.other');
    return null;
  };
  const json = walk(value, 0);
  return reason === undefined ? { ok: true, value: json, format } : failure('OAS-VALUE', { reason }, format);
}
