import { readFile } from 'node:fs/promises';
import { hasErrors, type Problem } from '@rondo/shared/oas/problems.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import type { CommandStreams } from './streams.ts';

/**
 * `rondo validate FILE…`: says of each file what is wrong with it. With `json` one object
 * `{files: [{file, valid, problems}]}`, else words, one line a problem.
 * @returns the exit code: 0 = all valid, 1 = one is not, 2 = one cannot be read
 */
export async function validateFiles(
  files: readonly string[],
  options: { json: boolean },
  streams: CommandStreams,
): Promise<number> {
  const results: { file: string; valid: boolean; problems: Problem[] }[] = [];
  for (const file of files) {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (cause) {
      streams.error(`${file} cannot be read: ${reasonOf(cause)}`);
      return 2;
    }
    const problems = problemsOf(text, file);
    results.push({ file, valid: !hasErrors(problems), problems });
  }
  if (options.json) streams.print(JSON.stringify({ files: results }));
  else for (const result of results) streams.print(inWords(result));
  return results.every(({ valid }) => valid) ? 0 : 1;
}

function problemsOf(text: string, file: string): Problem[] {
  const read = readDocument(text, file);
  return read.ok ? [...read.problems, ...validate(read.tree)] : read.problems;
}

function inWords({ file, valid, problems }: { file: string; valid: boolean; problems: Problem[] }): string {
  const lines = problems.map(
    ({ severity, code, pointer, message }) =>
      `  ${severity} ${code} at ${pointer === '' ? 'the document' : pointer}: ${message}`,
  );
  return [`${file}: ${valid ? 'valid' : 'not valid'}`, ...lines].join('\n');
}

/** Why a file cannot be read, without a stack. */
export function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'EISDIR') return 'it is a folder.';
  if (code === 'EACCES') return 'it may not be read.';
  return cause instanceof Error ? cause.message : String(cause);
}
