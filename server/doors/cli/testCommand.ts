import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// For tests only: the real command, and a real repository of git.

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** How a shell calls the command: for git's configuration. */
export const rondoInShell = `'${process.execPath}' '${join(root, 'server/bin/rondo.mjs')}'`;

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the real command to its end. */
export function rondo(args: readonly string[], cwd: string = root): Ended {
  return run(process.execPath, [join(root, 'server/bin/rondo.mjs'), ...args], cwd);
}

/** A flow that comes with the product. */
export function sampleFlow(slug: string): string {
  return join(root, 'flows', slug, 'flow.json');
}

/** A folder of a test's own; `dispose` removes it. */
export function testFolder(): { path: string; dispose(): void } {
  const path = mkdtempSync(join(tmpdir(), 'rondo-documents-'));
  return { path, dispose: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs git, apart from the settings of whoever runs the test. @throws {Error} when it fails, unless that may be */
export function git(folder: string, args: readonly string[], mayFail = false): Ended {
  const ended = run('git', ['-c', 'core.pager=cat', ...args], folder, {
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.org',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.org',
  });
  if (ended.code !== 0 && !mayFail) throw new Error(`git ${args.join(' ')}: ${ended.stdout}${ended.stderr}`);
  return ended;
}

function run(command: string, args: readonly string[], cwd: string, env: Record<string, string> = {}): Ended {
  const ended = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env }, input: '' });
  if (ended.error) throw ended.error;
  return { code: ended.status, stdout: ended.stdout, stderr: ended.stderr };
}
