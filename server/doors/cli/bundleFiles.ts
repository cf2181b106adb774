import { BundleError, type BundleFile, bundleDocuments } from '@rondo/shared/oas/bundle/bundle.ts';
import type { Placement } from '@rondo/shared/oas/bundle/split.ts';
import { documentText } from '@rondo/shared/oas/convert/text.ts';
import { soundness } from '@rondo/shared/oas/read.ts';
import { type DocumentFile, readDocumentFile } from './documentFile.ts';
import { writtenAs } from './mergeFiles.ts';
import { CommandError } from './output.ts';
import type { CommandStreams } from './streams.ts';
import { writeOut } from './writeFiles.ts';

/**
 * `rondo bundle FILE…`: the main file with what it refers to from the others, to stdout or into a file. What stays open
 * or is not used is said on stderr.
 * @returns the exit code: 0 = done, 1 = a reference leads nowhere still
 * @throws {CommandError} when one cannot be read, or they do not make one document: exit 2
 */
export async function bundleFiles(
  files: readonly string[],
  options: { json: boolean; out?: string; force: boolean },
  streams: CommandStreams,
): Promise<number> {
  const documents: DocumentFile[] = [];
  for (const file of files) documents.push(await readDocumentFile(file));
  const { tree, unused, main } = bundled(documents);
  const open = soundness(tree).filter(({ severity }) => severity === 'error');
  const text =
    main?.format === 'json'
      ? writtenAs(tree, main.text, main.file)
      : documentText(tree, main?.format === 'yaml' ? 'yaml' : 'json');
  if (options.out !== undefined) await writeOut(options.out, text, options.force);
  if (options.json) {
    const result = { complete: open.length === 0, problems: open, unused };
    streams.print(JSON.stringify(options.out === undefined ? { ...result, text } : { ...result, file: options.out }));
  } else {
    if (options.out === undefined) streams.printText(text);
    for (const { message } of open) streams.error(message);
    if (unused.length > 0) streams.error(`Not used, and left out: ${unused.join(', ')}.`);
  }
  return open.length === 0 ? 0 : 1;
}

function bundled(documents: DocumentFile[]) {
  const files = documents.map(
    ({ file, tree }): BundleFile => ({
      file,
      tree,
      placement: file.match(/\.(inline|shared)\.[a-z0-9]+$/i)?.[1]?.toLowerCase() as Placement | undefined,
    }),
  );
  try {
    const { tree, unused, main } = bundleDocuments(files);
    return { tree, unused, main: documents.find(({ file }) => file === main) };
  } catch (error) {
    if (error instanceof BundleError) throw new CommandError(error.message, 2);
    throw error;
  }
}
