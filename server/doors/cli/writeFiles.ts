import { lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError } from './output.ts';

/**
 * Writes files into a folder, all or none: when one is there already nothing is written, unless `force`. A link is
 * replaced, never followed: nothing outside of the folder is written.
 * @param files plain names, and texts
 * @throws {CommandError} when a file is there: exit 2
 */
export async function writeInto(
  folder: string,
  files: readonly { name: string; text: string }[],
  force: boolean,
): Promise<void> {
  const there: string[] = [];
  for (const { name } of files) {
    if (name === '' || name === '.' || name === '..' || /[/\\]/.test(name)) {
      throw new CommandError(`“${name}” is no name of a file.`, 2);
    }
    const info = await lstat(join(folder, name)).catch(absent);
    if (info?.isDirectory()) throw new CommandError(`${join(folder, name)} is a folder.`, 2);
    if (info !== undefined) there.push(name);
  }
  if (there.length > 0 && !force) {
    throw new CommandError(
      `${there.join(', ')} ${there.length === 1 ? 'is' : 'are'} there already (--force overwrites).`,
      2,
    );
  }
  await mkdir(folder, { recursive: true });
  for (const { name, text } of files) {
    await rm(join(folder, name), { force: true });
    await writeFile(join(folder, name), text, { flag: 'wx' });
  }
}

/** Writes one file; see {@link writeInto}. @throws {CommandError} when it is there, unless `force`: exit 2 */
export async function writeOut(file: string, text: string, force: boolean): Promise<void> {
  const info = await lstat(file).catch(absent);
  if (info?.isDirectory()) throw new CommandError(`${file} is a folder.`, 2);
  if (info !== undefined && !force) throw new CommandError(`${file} is there already (--force overwrites).`, 2);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
