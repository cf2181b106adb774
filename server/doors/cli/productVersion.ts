import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '../../config.ts';

/** The version of this program. */
export async function productVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(readConfig({}).root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
