import { writeFile } from 'node:fs/promises';
import { formattedText } from '@rondo/shared/oas/convert/format.ts';
import { readDocumentFile } from './documentFile.ts';
import { CommandError } from './output.ts';
import type { CommandStreams } from './streams.ts';

/**
 * `rondo format FILE…`: one file's canonical layout to stdout; with `write` into the files; with `check` nothing is
 * written, and those that are laid out otherwise are named.
 * @returns the exit code: 0 = done (or all are laid out so), 1 = with `check`, one is not
 * @throws {CommandError} when a file cannot be read, or is JSON5: exit 2
 */
export async function formatFiles(
  files: readonly string[],
  options: { json: boolean; check: boolean; write: boolean },
  streams: CommandStreams,
): Promise<number> {
  if (files.length > 1 && !options.check && !options.write && !options.json) {
    throw new CommandError('Several files need --check or --write.', 2);
  }
  const results: { file: string; text: string; changed: boolean }[] = [];
  for (const file of files) {
    const { text, format } = await readDocumentFile(file);
    if (format === 'json5') throw new CommandError(`${file} is JSON5, which has no layout here: convert it first.`, 2);
    const formatted = formattedText(text, format);
    results.push({ file, text: formatted, changed: formatted !== text });
  }
  // Nothing is written before all could be read.
  const changed = results.filter((result) => result.changed);
  if (options.write) for (const { file, text } of changed) await writeFile(file, text);
  if (options.json) {
    const texts = !options.write && !options.check;
    streams.print(
      JSON.stringify({ files: results.map(({ text, ...result }) => (texts ? { ...result, text } : result)) }),
    );
  } else if (options.check || options.write) for (const { file } of changed) streams.print(file);
  else streams.printText(results[0]?.text ?? '');
  return options.check && !options.write && changed.length > 0 ? 1 : 0;
}
