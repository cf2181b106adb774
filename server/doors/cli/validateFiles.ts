import { readFile } from 'node:fs/promises';
import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatOf } from '@rondo/shared/oas/parse.ts';
import { hasErrors, type Problem } from '@rondo/shared/oas/problems.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { placesIn, type TextRegion } from '@rondo/shared/oas/report/places.ts';
import { sarifLog } from '@rondo/shared/oas/report/sarif.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { reasonOf } from './fileReasons.ts';
import type { CommandStreams } from './streams.ts';

export const reportFormats = ['text', 'json', 'sarif'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** What was found in one file. */
interface Validated {
  file: string;
  text: string;
  valid: boolean;
  problems: Problem[];
}

/**
 * `rondo validate FILE…`: says of each file what is wrong with it. As text one line a problem; as JSON one object
 * `{files: [{file, valid, problems}]}`; as SARIF 2.1.0 with line and column.
 * @param version of this program, for SARIF
 * @returns the exit code: 0 = all valid, 1 = one is not, 2 = one cannot be read
 */
export async function validateFiles(
  files: readonly string[],
  options: { format: ReportFormat; version: string },
  streams: CommandStreams,
): Promise<number> {
  const results: Validated[] = [];
  for (const file of files) {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (cause) {
      streams.error(`${file} cannot be read: ${reasonOf(cause)}`);
      return 2;
    }
    const problems = problemsOf(text, file);
    results.push({ file, text, valid: !hasErrors(problems), problems });
  }
  if (options.format === 'json') {
    streams.print(JSON.stringify({ files: results.map(({ file, valid, problems }) => ({ file, valid, problems })) }));
  } else if (options.format === 'sarif') {
    streams.print(JSON.stringify(sarifLog(results.map(reportOf), options.version), null, 2));
  } else for (const result of results) streams.print(inWords(result));
  return results.every(({ valid }) => valid) ? 0 : 1;
}

function problemsOf(text: string, file: string): Problem[] {
  const read = readDocument(text, file);
  return read.ok ? [...read.problems, ...validate(read.tree)] : read.problems;
}

function inWords({ file, valid, problems }: Validated): string {
  const lines = problems.map(
    ({ severity, code, pointer, message }) =>
      `  ${severity} ${code} at ${pointer === '' ? 'the document' : pointer}: ${message}`,
  );
  return [`${file}: ${valid ? 'valid' : 'not valid'}`, ...lines].join('\n');
}

function reportOf({ file, text, problems }: Validated) {
  const format = formatOf(file) ?? readDocument(text).format ?? 'json';
  const find = placesIn(text, format);
  const place = ({ pointer, message }: Problem): TextRegion | undefined => find(pointer) ?? placeInMessage(message);
  return { uri: uriOf(file), problems, place };
}

/** A text that cannot be read has no places; what is wrong with it says where, in words. */
function placeInMessage(message: string): TextRegion | undefined {
  const found = message.match(/\bLine (\d+)(?:, column (\d+))?:/);
  if (found === null) return undefined;
  const [line, column] = [Number(found[1]), Number(found[2] ?? 1)];
  return { startLine: line, startColumn: column, endLine: line, endColumn: column + 1 };
}

function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.split(sep).map(encodeURIComponent).join('/');
}
