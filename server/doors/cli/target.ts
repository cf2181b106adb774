import { stat } from 'node:fs/promises';
import { extname } from 'node:path';

/** Is this a file? What ends like a document is meant as one, also where it is not there. */
export async function isFile(target: string): Promise<boolean> {
  if (['.json', '.yaml', '.yml', '.json5'].includes(extname(target).toLowerCase())) return true;
  const info = await stat(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  return info?.isFile() ?? false;
}
