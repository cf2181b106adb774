import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@rondo/server/testPort.ts';
import { ended, keepChild } from './children.ts';

/** Is there a redis-server on this machine? */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A real Redis on a port that stays. It keeps nothing on the disk, so that its end wipes its data. */
export interface RunningRedis {
  url: string;
  /** ends it with SIGKILL and starts another one, empty, in its place */
  wipe(): Promise<void>;
  stop(): Promise<void>;
}

/** @throws when it does not start */
export async function startRedis(): Promise<RunningRedis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'rondo-redis-'));
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const launch = async (): Promise<ChildProcess> => {
    const child = keepChild(spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] }));
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error('redis-server did not start')));
      child.stdout?.setEncoding('utf8');
      child.stdout?.on('data', (text: string) => text.includes('Ready to accept connections') && resolve());
    });
    return child;
  };
  let child = await launch();
  const end = async () => {
    child.kill('SIGKILL');
    await ended(child);
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    async wipe() {
      await end();
      child = await launch();
    },
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
