import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn } from '../harness/client.ts';
import { checkout, startServer } from '../harness/server.ts';

let folder: string;
// Data folders of their own: as root, PostgreSQL runs as another user and passes through no private folder.
let first: string;
let second: string;
const fresh = () => mkdtemp(join(tmpdir(), 'rondo-backup-'));
beforeAll(async () => {
  [folder, first, second] = [await fresh(), await fresh(), await fresh()];
});
afterAll(async () => {
  for (const one of [folder, first, second]) await rm(one, { recursive: true, force: true });
});

function rondo(data: string, args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join(checkout, 'server', 'bin', 'rondo.mjs'), ...args], {
    env: { ...process.env, RONDO_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = { code: null as number | null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    ended.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    ended.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...ended, code }));
  });
}

it('an installation is saved while its server works, and comes back elsewhere with its secrets', async () => {
  const file = join(folder, 'all.rondo');
  const server = await startServer({ data: first });
  const owner = await signIn(server.url);
  await owner.call('POST', 'secret.set', { name: 'token', value: 'a very secret value' });
  const { flowId } = await owner.call<{ flowId: string }>('POST', 'flow.create', { name: 'Saved flow' });
  const made = await rondo(first, ['backup', file, '--with-key', '--json']);
  expect(made.stderr).toContain('THE SECRET KEY IS IN THIS FILE');
  expect(made.code).toBe(0);
  expect(JSON.parse(made.stdout)).toMatchObject({ file, withKey: true });
  expect((await stat(file)).mode & 0o077).toBe(0);
  expect((await rondo(first, ['backup', file])).code).toBe(2);
  const refused = await rondo(first, ['restore', file, '--replace', '--yes']);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('at work')]);
  await server.stop();

  const restored = await rondo(second, ['restore', file]);
  expect(restored.stdout).toMatch(/rows .* are back[\s\S]*The audit is whole/);
  expect(restored.code).toBe(0);
  const again = await rondo(second, ['restore', file]);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('not empty')]);
  expect((await rondo(second, ['restore', file, '--replace'])).code).toBe(2);
  expect((await rondo(second, ['restore', join(folder, 'none.rondo')])).code).toBe(2);

  const other = await startServer({ data: second });
  try {
    const back = await signIn(other.url);
    expect(await back.call('GET', 'flow.get', { flowId })).toMatchObject({ name: 'Saved flow' });
    const { secrets } = await back.call<{ secrets: { name: string }[] }>('GET', 'secret.list');
    expect(secrets.map((secret) => secret.name)).toContain('token');
  } finally {
    await other.stop();
  }
});
