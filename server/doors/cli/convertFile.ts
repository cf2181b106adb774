import { countComments } from '@rondo/shared/oas/convert/comments.ts';
import { convertedText, type TextFormat } from '@rondo/shared/oas/convert/text.ts';
import { readDocumentFile } from './documentFile.ts';
import { writtenAs } from './mergeFiles.ts';
import { otherVersion } from './otherVersion.ts';
import type { CommandStreams } from './streams.ts';
import { writeOut } from './writeFiles.ts';

export interface ConvertOptions {
  json: boolean;
  /** default: as the file where only the version changes, else YAML for a file in JSON, JSON for any other */
  to?: TextFormat;
  /** version of the specification; `lowest` = the lowest that the content needs */
  version?: string;
  out?: string;
  force: boolean;
}

/**
 * `rondo convert FILE`: the document in the other format or for another version, to stdout or into a file. How many
 * comments stay behind, and what does not fit the version, is said on stderr.
 * @returns the exit code: 0 = done, 1 = done but for what the version does not have
 * @throws {CommandError} when the file cannot be read, there is no such version, or the other file is there already:
 *   exit 2
 */
export async function convertFile(file: string, options: ConvertOptions, streams: CommandStreams): Promise<number> {
  const { tree, text, format } = await readDocumentFile(file);
  const other = options.version === undefined ? undefined : otherVersion(tree, options.version);
  const source = other ? writtenAs(other.tree, text, file) : text;
  const to = options.to ?? (other ? format : format === 'json' ? 'yaml' : 'json');
  const converted = to === 'json5' ? source : convertedText(source, format, to);
  const commentsLost = format === to ? 0 : countComments(text, format);
  const misfits = other?.misfits ?? [];
  if (options.out !== undefined) await writeOut(options.out, converted, options.force);
  if (options.json) {
    const where = options.out === undefined ? { text: converted } : { file: options.out };
    const fit = other ? { version: other.version, misfits } : {};
    streams.print(JSON.stringify({ from: format, to, commentsLost, ...fit, ...where }));
  } else {
    if (options.out === undefined) streams.printText(converted);
    if (commentsLost > 0) streams.error(lostInWords(commentsLost));
    for (const { words } of misfits) streams.error(words);
  }
  return misfits.length > 0 ? 1 : 0;
}

/** How many comments stay behind. */
export function lostInWords(comments: number): string {
  return `${comments} ${comments === 1 ? 'comment is' : 'comments are'} not carried over.`;
}
