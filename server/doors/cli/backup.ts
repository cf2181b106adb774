import { access, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { verifyAudit } from '../../audit/verify.ts';
import { backup, keyIdOf } from '../../backup/backup.ts';
import { checkBackup, restore } from '../../backup/restore.ts';
import { type Config, readConfig } from '../../config.ts';
import { loadSecretKey } from '../../secrets/key.ts';
import { startEmbedded } from '../../store/embedded.ts';
import { openStore } from '../../store/store.ts';
import { withRooms } from './direct.ts';
import { CommandError, type Output, say, show } from './output.ts';
import { processStreams } from './streams.ts';

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function total(rows: { [table: string]: number }): number {
  return Object.values(rows).reduce((sum, count) => sum + count, 0);
}

/** `rondo backup FILE`: all of the installation at one moment, also while it works. */
export async function backupTo(
  given: string,
  options: { withKey?: boolean; files: boolean; force?: boolean },
  output: Output,
): Promise<number> {
  const file = resolve(given);
  if (!options.force && (await exists(file)))
    throw new CommandError(`${file} is there already. Name another file, or say --force.`, 2);
  return withRooms(output, false, async ({ services }, _caller, config) => {
    const key = await loadSecretKey(config.secretKey, config.data);
    const result = await backup({
      databaseUrl: services.store.databaseUrl,
      blobs: services.blobs,
      file,
      version: services.version,
      key,
      withKey: options.withKey === true,
      withObjects: options.files,
      onProgress: output.json ? () => undefined : say,
    });
    if (options.withKey) say('THE SECRET KEY IS IN THIS FILE: whoever has the file can read every secret.');
    else
      say(
        'The secret key is NOT in this file. Keep it apart (RONDO_SECRET_KEY or secret.key): without it the secrets cannot be read after a restore.',
      );
    show(
      output,
      { file, ...result, withKey: options.withKey === true },
      `${total(result.rows)} rows and ${result.objects} objects are in ${file}.`,
    );
    return 0;
  });
}

/** `rondo restore FILE`: into an empty database, or over what one holds. */
export async function restoreFrom(
  given: string,
  options: { replace?: boolean; yes?: boolean },
  output: Output,
): Promise<number> {
  const file = resolve(given);
  if (!(await exists(file))) throw new CommandError(`There is no file ${file}.`, 2);
  const config = readConfig();
  const progress = output.json ? () => undefined : say;
  if (options.replace && !options.yes) await confirmReplace();
  const embedded =
    config.databaseUrl === undefined ? await startEmbedded({ dataFolder: config.data, own: false }) : undefined;
  const databaseUrl = config.databaseUrl ?? embedded?.databaseUrl ?? '';
  try {
    const { key } = await checkBackup(file);
    const result = await restore({
      databaseUrl,
      file,
      replace: options.replace === true,
      onProgress: progress,
      ...(config.s3 && { s3: config.s3 }),
    });
    const keyWords = await seeToKey(config, key, result.manifest.keyId);
    const store = openStore({ databaseUrl });
    try {
      const audit = await verifyAudit(store.prisma);
      for (const words of keyWords) say(words);
      const counts = `${total(result.rows)} rows and ${result.objects} objects of ${result.manifest.at} are back.`;
      const chain = audit.ok
        ? `The audit is whole: ${audit.checked} rows.`
        : `The audit is broken: ${audit.firstBroken?.reason ?? ''}`;
      show(
        output,
        { rows: result.rows, objects: result.objects, at: result.manifest.at, audit },
        `${counts}\n${chain}`,
      );
      return audit.ok ? 0 : 1;
    } finally {
      await store.close();
    }
  } finally {
    await embedded?.stop();
  }
}

async function confirmReplace(): Promise<void> {
  const streams = processStreams();
  try {
    const answer = streams.interactive
      ? await streams.ask('All that the database holds now is overwritten. Type “replace” to go on: ')
      : null;
    if (answer?.trim() !== 'replace') throw new CommandError('Nothing was changed. Confirm with --yes.', 2);
  } finally {
    streams.close();
  }
}

/** Puts the key of the backup where this installation looks for it, and says what is amiss. */
async function seeToKey(config: Config, key: string | undefined, keyId: string): Promise<string[]> {
  if (key !== undefined && config.secretKey === undefined) {
    const place = join(config.data, 'secret.key');
    if (!(await exists(place))) {
      await writeFile(place, `${key}\n`, { mode: 0o600, flag: 'wx' });
      return [`The secret key of the backup is now in ${place}.`];
    }
  }
  const own = await loadSecretKey(config.secretKey, config.data);
  if (keyIdOf(own) === keyId) return [];
  return [
    'THE SECRET KEY IS ANOTHER ONE than that of the backup: its secrets cannot be read. Set RONDO_SECRET_KEY, or put the old secret.key back.',
  ];
}
