import { basename, join } from 'node:path';
import { type Placement, SplitError, splitDocument } from '@rondo/shared/oas/bundle/split.ts';
import { countComments } from '@rondo/shared/oas/convert/comments.ts';
import { documentText, type TextFormat } from '@rondo/shared/oas/convert/text.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { lostInWords } from './convertFile.ts';
import { type DocumentFile, readDocumentFile } from './documentFile.ts';
import { writtenAs } from './mergeFiles.ts';
import { CommandError } from './output.ts';
import type { CommandStreams } from './streams.ts';
import { writeInto } from './writeFiles.ts';

/**
 * `rondo split FILE DIR`: a main file of the same name, and a file for each component.
 * @param options.components ids; empty = every tool, model and agent
 * @returns the exit code: 0 = done
 * @throws {CommandError} when the file cannot be read, a component is not there, or a file is: exit 2
 */
export async function splitFile(
  file: string,
  folder: string,
  options: { json: boolean; force: boolean; components: readonly string[] },
  streams: CommandStreams,
): Promise<number> {
  const document = await readDocumentFile(file);
  const format: TextFormat = document.format === 'yaml' ? 'yaml' : 'json';
  const { main, files } = split(document.tree, options.components);
  const mainName = basename(file).replace(/\.json5$/i, '.json');
  const taken = new Set([mainName.toLowerCase()]);
  const named = files.map(({ id, name, tree, placement }) => ({
    id,
    name: fileName(name, placement, format, taken),
    text: documentText(tree, format),
  }));
  const written = [{ name: mainName, text: mainText(main, document, format, streams) }, ...named];
  await writeInto(folder, written, options.force);
  if (options.json) {
    const components = named.map(({ id, name }) => ({ id, file: join(folder, name) }));
    streams.print(JSON.stringify({ main: join(folder, mainName), components }));
  } else for (const { name } of written) streams.print(join(folder, name));
  return 0;
}

function split(tree: JsonObject, components: readonly string[]) {
  try {
    return splitDocument(tree, components.length === 0 ? undefined : components);
  } catch (error) {
    if (error instanceof SplitError) throw new CommandError(error.message, 2);
    throw error;
  }
}

/** The main file keeps the spelling of its source where that is JSON. */
function mainText(main: JsonObject, source: DocumentFile, format: TextFormat, streams: CommandStreams): string {
  if (source.format === 'json') return writtenAs(main, source.text, source.file);
  const comments = countComments(source.text, source.format);
  if (comments > 0) streams.error(lostInWords(comments));
  return documentText(main, format);
}

/** A file name from a component's name; what `placement` says stands before the ending, where bundle reads it. */
function fileName(name: string, placement: Placement | undefined, ending: string, taken: Set<string>): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)?$/.test(plain);
  const base = reserved ? `component${plain === '' ? '' : `-${plain}`}` : plain;
  const rest = `${placement === undefined ? '' : `.${placement}`}.${ending}`;
  let full = `${base}${rest}`;
  for (let n = 2; taken.has(full); n++) full = `${base}-${n}${rest}`;
  taken.add(full);
  return full;
}
