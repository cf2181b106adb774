import { writeFile } from 'node:fs/promises';
import { mergeDocuments } from '@rondo/shared/oas/compare/merge.ts';
import { mergeInWords } from '@rondo/shared/oas/compare/mergeWords.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { WriteError, writeDocument } from '@rondo/shared/oas/write.ts';
import { documentIn, readText } from './documentFile.ts';
import { CommandError } from './output.ts';
import type { CommandStreams } from './streams.ts';

export interface MergeOptions {
  json: boolean;
  /** into the file of ours, as git expects of a driver; else the document goes to stdout */
  write: boolean;
  /** what the file is called, where the three are copies with names of their own */
  name?: string;
}

/**
 * `rondo merge BASE OURS THEIRS`: the document with both changes, in the spelling of ours. Conflicts go to stderr.
 * @returns the exit code: 0 = merged, 1 = merged but for conflicts, where ours stands
 * @throws {CommandError} when one cannot be read, or ours cannot be written: exit 2, and nothing is written
 */
export async function mergeFiles(
  files: { base: string; ours: string; theirs: string },
  options: MergeOptions,
  streams: CommandStreams,
): Promise<number> {
  const name = options.name;
  const baseText = await readText(files.base);
  // Of a file that both sides added git hands over an empty base.
  const base: JsonObject = baseText.trim() === '' ? {} : documentIn(baseText, files.base, name).tree;
  const ours = documentIn(await readText(files.ours), files.ours, name);
  const theirs = documentIn(await readText(files.theirs), files.theirs, name);
  const merge = mergeDocuments(base, ours.tree, theirs.tree);
  const text = writtenAs(merge.tree, ours.text, name ?? files.ours);
  if (options.write) await writeFile(files.ours, text);
  if (options.json) {
    const { clean, conflicts, movedTwice } = merge;
    streams.print(JSON.stringify({ clean, conflicts, movedTwice, ...(options.write ? {} : { text }) }));
  } else {
    if (!options.write) streams.printText(text);
    for (const line of mergeInWords(merge)) streams.error(line);
  }
  return merge.clean ? 0 : 1;
}

/** The text of a document with as little of its source changed as can be. @throws {CommandError} exit 2 */
export function writtenAs(tree: JsonObject, source: string, file: string): string {
  try {
    return writeDocument(tree, source);
  } catch (error) {
    if (error instanceof WriteError) throw new CommandError(`${file}: ${error.message}`, 2);
    throw error;
  }
}
