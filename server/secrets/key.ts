import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The key that secrets are encrypted with: `RONDO_SECRET_KEY` (any text of 16 characters or more; 64 hex digits are
 * taken as the key itself), else the file `secret.key` in the data folder, made on first start with mode 0600.
 *
 * @returns 32 bytes
 * @throws {Error} when the given key is too short or the file is damaged
 */
export async function loadSecretKey(given: string | undefined, dataFolder: string): Promise<Buffer> {
  if (given !== undefined && given !== '') {
    if (/^[0-9a-f]{64}$/i.test(given)) return Buffer.from(given, 'hex');
    if (given.length < 16) throw new Error('RONDO_SECRET_KEY is too short: give at least 16 characters.');
    return createHash('sha256').update(given).digest();
  }
  const file = join(dataFolder, 'secret.key');
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  await chmod(file, 0o600);
  const text = (await readFile(file, 'utf8')).trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${file} is damaged: it must hold 64 hex digits.`);
  return Buffer.from(text, 'hex');
}
