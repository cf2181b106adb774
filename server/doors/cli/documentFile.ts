import { readFile } from 'node:fs/promises';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { DocumentFormat } from '@rondo/shared/oas/parse.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { reasonOf } from './fileReasons.ts';
import { CommandError } from './output.ts';

/** A document that a command works on. */
export interface DocumentFile {
  file: string;
  tree: JsonObject;
  /** as it came */
  text: string;
  format: DocumentFormat;
}

/** The text of a file. @throws {CommandError} when it cannot be read: exit 2 */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new CommandError(`${file} cannot be read: ${reasonOf(cause)}`, 2);
  }
}

/**
 * Reads a document that need not stand alone: what it refers to may come from another file.
 * @param name tells the format where the file's own name does not (the copies that git makes)
 * @throws {CommandError} when it cannot be read or is not sound: exit 2
 */
export async function readDocumentFile(file: string, name: string = file): Promise<DocumentFile> {
  return documentIn(await readText(file), file, name);
}

/** The document that a text holds. @throws {CommandError} as {@link readDocumentFile} */
export function documentIn(text: string, file: string, name: string = file): DocumentFile {
  const read = readDocument(text, name);
  const problem = read.problems.find(({ severity, code }) => severity === 'error' && code !== 'OAS-DANGLING');
  if (problem !== undefined || read.tree === undefined || read.format === undefined) {
    throw new CommandError(`${file} cannot be used: ${problem?.message ?? 'it is not a document.'}`, 2);
  }
  return { file, tree: read.tree, text, format: read.format };
}
