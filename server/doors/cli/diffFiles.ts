import { type DocumentDiff, diffDocuments } from '@rondo/shared/oas/compare/diff.ts';
import { diffInWords } from '@rondo/shared/oas/compare/diffWords.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { documentIn, readDocumentFile, readText } from './documentFile.ts';
import { CommandError } from './output.ts';
import type { CommandStreams } from './streams.ts';

/**
 * `rondo diff A B`: how two documents differ, in words or as one object.
 * @returns the exit code: 0 = the same, 1 = they differ (where steps stand counts only with `layout`)
 * @throws {CommandError} when one cannot be read: exit 2
 */
export async function diffFiles(
  before: string,
  after: string,
  options: { json: boolean; layout: boolean },
  streams: CommandStreams,
): Promise<number> {
  const [left, right] = [await readDocumentFile(before), await readDocumentFile(after)];
  const diff = diffDocuments(left.tree, right.tree);
  if (options.json) streams.print(JSON.stringify(diff));
  else for (const line of wordsFor(diff)) streams.print(line);
  return diff.same && !(options.layout && diff.moved.length > 0) ? 0 : 1;
}

/**
 * `rondo diff --git PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE`: as git calls a driver for differences.
 * What cannot be read as a document is said in one line. Git wants exit 0 whatever differs.
 */
export async function diffForGit(args: readonly string[], streams: CommandStreams): Promise<number> {
  const [path, before, , , after] = args;
  if (path === undefined) throw new CommandError('“rondo diff --git” is for git; see docs/oas-cli.md.', 2);
  // Of a path with a conflict git hands over the name alone.
  if (before === undefined || after === undefined) {
    streams.print(`${path}: not merged yet`);
    return 0;
  }
  streams.print(`rondo diff ${path}`);
  try {
    const [left, right] = [await sideOf(before, path), await sideOf(after, path)];
    if (left === undefined || right === undefined) {
      streams.print(left === undefined ? '+ a new document' : '- the document');
      return 0;
    }
    for (const line of wordsFor(diffDocuments(left, right))) streams.print(line);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    streams.print(error.message);
  }
  return 0;
}

/** One side of git's comparison; undefined for a file that is not there. */
async function sideOf(file: string, path: string): Promise<JsonObject | undefined> {
  if (file === '/dev/null' || file === 'nul') return undefined;
  return documentIn(await readText(file), path).tree;
}

function wordsFor(diff: DocumentDiff): string[] {
  const lines = diffInWords(diff);
  return lines.length === 0 ? ['The documents say the same.'] : lines;
}
