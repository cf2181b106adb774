import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout } from '../harness/server.ts';

function run(script: string, args: string[]) {
  const result = spawnSync(process.execPath, [join(checkout, 'node_modules', script), ...args], {
    cwd: checkout,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status: result.status, output: `${result.stdout}${result.stderr}`.split('\n').slice(0, 40).join('\n') };
}

it('the types of all workspaces agree', () => {
  expect(run('typescript/bin/tsc', ['-b'])).toEqual({ status: 0, output: '' });
});

it('the code is formatted and without findings', () => {
  const { status, output } = run('@biomejs/biome/bin/biome', ['check', '.', '--diagnostic-level=error']);
  expect(status, output).toBe(0);
});

it('the licence comes with the code', () => {
  expect(existsSync(join(checkout, 'LICENSE'))).toBe(true);
});
